internal import Crypto
internal import FileSystem
internal import Git
internal import Identifiers
internal import JSONText
internal import SystemPackage

/// The append-only record of every move of a reference (Documentation/formats.md, "Operation record").
///
/// A line is the first 16 hexadecimal digits of the SHA-256 of its JSON text, a space, the JSON text, and a
/// line end. It is written before the references move; a `void` line takes back one whose move failed, and a `done`
/// line says that all references have moved.
struct OperationRecord {
  let path: FilePath
  /// The text of the record where there is no file: in a mirror by plain git.
  let mirrored: () throws(StoreError) -> [UInt8]

  private static let checksumDigits = 16

  /// The operations that took place, oldest first; torn and foreign lines are passed over.
  func operations() throws(StoreError) -> [Operation] {
    var operations: [Operation] = []
    var void: Set<String> = []
    var horizon = 0
    for line in try read().split(separator: 0x0a) {
      guard let json = OperationRecord.verified(line), let value = JSONValue(parsing: json) else { continue }
      if let id = value["void"]?.text {
        void.insert(id)
      } else if value["horizon"] != nil {
        horizon = operations.count
      } else if let operation = Operation(value) {
        operations.append(operation)
      }
    }
    for index in 0..<horizon { operations[index].isBeyondHorizon = true }
    return void.isEmpty ? operations : operations.filter { !void.contains($0.id) }
  }

  /// The number of lines with a wrong checksum, except an incomplete last one that a writer is writing or died while
  /// writing.
  func damagedLineCount() throws(StoreError) -> Int {
    let lines = try read().split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
    return lines.count { !$0.isEmpty && OperationRecord.verified($0) == nil }
  }

  /// The operation in the newest line, of which nothing says that it ended; reads no more of the record than its end.
  func unfinished() throws(StoreError) -> Operation? {
    var length = OperationRecord.tailLength
    while true {
      let tail = try read(last: length)
      guard let end = tail.lastIndex(where: { $0 != 0x0a }) else { return nil }
      let start = tail[..<end].lastIndex(of: 0x0a).map { $0 + 1 }
      // A command of thousands of paths makes a line that begins further up.
      guard start != nil || tail.count < length else {
        length *= 2
        continue
      }
      return OperationRecord.verified(tail[(start ?? 0)...end]).flatMap { JSONValue(parsing: $0) }
        .flatMap { Operation($0) }
    }
  }

  /// Bytes from the end that hold the newest line, unless its command is of an unusual length.
  private static let tailLength = 64 << 10

  /// Returns the complete lines.
  ///
  /// - Throws: `StoreError` if they cannot be read.
  func text() throws(StoreError) -> [UInt8] { try OperationRecord.completeLines(read()[...]) }

  /// Returns the complete lines after a line; nil if the record does not have the line.
  ///
  /// - Throws: `StoreError` if they cannot be read.
  func text(after line: ArraySlice<UInt8>) throws(StoreError) -> [UInt8]? {
    var length = OperationRecord.tailLength
    while true {
      let tail = try read(last: length)
      if let found = tail.split(separator: 0x0a).last(where: { $0 == line }) {
        return OperationRecord.completeLines(tail[found.endIndex...].dropFirst())
      }
      guard tail.count >= length else { return nil }
      length *= 2
    }
  }

  private static func completeLines(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.lastIndex(of: 0x0a).map { Array(text[...$0]) } ?? []
  }

  /// Creates the file with the lines of another record.
  ///
  /// - Throws: `StoreError` if it cannot be written.
  func write(_ lines: [UInt8], draftsIn folder: FilePath) throws(StoreError) {
    try writing { () throws(FileError) in
      var file = try TemporaryFile(in: folder, prefix: "operations-", permissions: 0o666)
      try file.append(lines.span.bytes)
      try file.synchronize()
      try file.publish(at: path)
    }
  }

  /// Appends an operation. `synchronize` makes the line durable, and what else it likes at the same time.
  ///
  /// - Returns: The number of bytes of a torn line that were dropped first.
  func append(
    _ operation: Operation, synchronize: (WrittenFile) throws(GitError) -> Void
  ) throws(StoreError) -> Int {
    try append(operation.recorded, synchronize)
  }

  /// Takes back an operation that was recorded and did not take place.
  func appendVoid(_ id: String) throws(StoreError) {
    _ = try append(.object([("void", .text(id))])) { (line) throws(GitError) in try makeDurable([line]) }
  }

  /// Ends the range that can be undone: operations before this line are only listed.
  ///
  /// `time`: When its objects were given up.
  func appendHorizon(at time: Timestamp) throws(StoreError) {
    _ = try append(.object([("horizon", .number(time.seconds))])) { (line) throws(GitError) in
      try makeDurable([line])
    }
  }

  /// Notes that all references of an operation have moved.
  ///
  /// The line is not made durable: where it is lost, the references tell, unless plain git has moved them back.
  func appendDone(_ id: String) throws(StoreError) {
    _ = try append(.object([("done", .text(id))])) { _ in }
  }

  private func append(
    _ value: JSONValue, _ synchronize: (WrittenFile) throws(GitError) -> Void
  ) throws(StoreError) -> Int {
    let text = value.serialized
    let bytes = Array((OperationRecord.checksum(Array(text.utf8)) + " " + text + "\n").utf8)
    let file = try writing { () throws(FileError) in try OpenFile(makingAndAppendingTo: path) }
    let torn = try writing { () throws(FileError) in
      let torn = try OperationRecord.removeTornLine(file)
      try file.append(bytes.span.bytes)
      return torn
    }
    try translated { () throws(GitError) in try synchronize(WrittenFile(file.descriptor, at: path)) }
    return torn
  }

  /// Runs what throws errors of files, and says of each that the record cannot be written.
  private func writing<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
  ) throws(StoreError) -> Result {
    do throws(FileError) { return try body() } catch {
      throw StoreError("cannot write \(path)", error.reason)
    }
  }

  /// Cuts off what a process that died while writing left behind the last line end.
  private static func removeTornLine(_ file: borrowing OpenFile) throws(FileError) -> Int {
    let size = try file.size()
    var kept = size
    while kept > 0, try file.bytes(at: kept - 1, upTo: 1) != [0x0a] { kept -= 1 }
    if kept < size { try file.resize(to: kept) }
    return size - kept
  }

  private func read(last limit: Int = .max) throws(StoreError) -> [UInt8] {
    let found: [UInt8]?
    do throws(FileError) { found = try contents(of: path, last: limit) } catch {
      throw StoreError("cannot read \(path)", error.reason)
    }
    if let found { return found }
    return try mirrored()
  }

  private static func verified(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard line.count > checksumDigits + 1 else { return nil }
    let json = line.dropFirst(checksumDigits + 1)
    let sum = String(decoding: line.prefix(checksumDigits), as: UTF8.self)
    return checksum(Array(json)) == sum ? json : nil
  }

  private static func checksum(_ bytes: [UInt8]) -> String {
    String(hexadecimal(Array(SHA256.hash(data: bytes))).prefix(checksumDigits))
  }
}

extension Operation {
  /// Reads what the record keeps; nil for anything else.
  init?(_ value: JSONValue) {
    guard let id = value["id"]?.text, let seconds = value["date"]?.number,
      let command = value["command"]?.text,
      let author = value["author"]?.text, case .object(let members) = value["refs"]
    else { return nil }
    self.id = id
    time = Timestamp(seconds: seconds)
    self.command = command
    self.author = author
    mail = value["mail"]?.text
    undoes = value["undoes"]?.text
    if case .object(let changes) = value["settings"] {
      settings = changes.map {
        SettingChange(key: $0.0, before: $0.1["before"]?.text, after: $0.1["after"]?.text)
      }
    }
    moves = members.map { Move(name: $0.0, before: $0.1["before"]?.text, after: $0.1["after"]?.text) }
  }

  /// What the record keeps.
  var recorded: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .text(id)), ("date", .number(time.seconds)), ("command", .text(command)),
      ("author", .text(author)),
    ]
    if let mail { members.append(("mail", .text(mail))) }
    if let undoes { members.append(("undoes", .text(undoes))) }
    let refs = moves.map { move in
      (
        move.name,
        JSONValue.object([
          ("before", .optional(move.before)),
          ("after", .optional(move.after)),
        ])
      )
    }
    members.append(("refs", .object(refs)))
    let changes = settings.map { change in
      let sides = [("before", JSONValue.optional(change.before)), ("after", .optional(change.after))]
      return (change.key, JSONValue.object(sides))
    }
    if !changes.isEmpty { members.append(("settings", .object(changes))) }
    return .object(members)
  }
}
