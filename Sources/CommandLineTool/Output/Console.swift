internal import FileSystem
internal import Glibc
internal import JSONText
internal import Synchronization
internal import SystemPackage
internal import StoreJSON

/// Standard output and standard error: the only place that writes to them and selects the format.
///
/// Results go to standard output, in full buffers; everything else goes to standard error.
final class Console: Sendable {
  /// The two streams, and whether they and standard input are terminals.
  struct Streams: Sendable {
    var output: FileDescriptor
    var error: FileDescriptor
    var inputIsTerminal = false
    var outputIsTerminal = false
    var errorIsTerminal = false
    /// The widths of the terminals; nil if unknown.
    var outputWidth: Int?
    var errorWidth: Int?

    /// The streams of this process.
    static var standard: Streams {
      var streams = Streams(
        output: .standardOutput, error: .standardError, inputIsTerminal: isatty(STDIN_FILENO) == 1,
        outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1)
      if streams.outputIsTerminal { streams.outputWidth = streams.output.terminalSize.columns }
      if streams.errorIsTerminal { streams.errorWidth = streams.error.terminalSize.columns }
      return streams
    }
  }

  private struct Output {
    let descriptor: FileDescriptor
    var buffer: [UInt8] = []
    var pager: Pager?
  }

  /// The error when the reader of our output has closed it, so that no output can be shown.
  struct OutputClosed: Error {}

  let streams: Streams
  let appearance: Appearance
  let outputStyle: Style
  let errorStyle: Style
  /// Shows the progress of long work; nil if nobody would see it.
  let progress: ProgressLine?
  private let output: Mutex<Output>
  /// The printed results, kept until the process ends: deallocating thousands of texts takes longer than printing them.
  private let printed = Mutex<[any Presentable]>([])
  private static let bufferSize = 64 * 1024

  init(_ streams: Streams, _ appearance: Appearance) {
    self.streams = streams
    self.appearance = appearance
    outputStyle = Style(streams.outputIsTerminal, appearance.color, streams.outputWidth)
    errorStyle = Style(streams.errorIsTerminal, appearance.color, streams.errorWidth)
    progress = ProgressLine(streams, appearance)
    output = Mutex(Output(descriptor: streams.output))
  }

  // MARK: Results

  /// Prints one result: its text, or one line of JSON.
  func emit(_ result: some Presentable) throws {
    printed.withLock { $0.append(result) }
    switch appearance.format {
    case .text: try write { result.write(outputStyle, to: &$0) }
    case .json:
      try write { text in
        result.json.writeLine(to: &text)
        text.append(0x0a)
      }
    }
  }

  /// Prints one result; through the pager if a person reads it and it is longer than the screen.
  func emit(paged result: some Presentable) throws {
    if isForPeople, let rows = streams.output.terminalSize.rows {
      var text: [UInt8] = []
      result.write(outputStyle, to: &text)
      if rowCount(text, upTo: rows) >= rows { try startPager(nil) }
    }
    try emit(result)
  }

  /// The rows that a text takes on the terminal, or a greater number than `limit`.
  private func rowCount(_ text: [UInt8], upTo limit: Int) -> Int {
    let lines = text.split(separator: 0x0a, maxSplits: limit + 1, omittingEmptySubsequences: false).dropLast()
    guard let width = outputStyle.width, lines.count <= limit else { return lines.count }
    return lines.reduce(0) { sum, line in
      let columns = String(decoding: line, as: UTF8.self).terminalWidth
      return sum + max(1, (columns + width - 1) / width)
    }
  }

  /// Prints one result of a stream at once: its text, or a JSON object on a line.
  func emit(streamed result: some Presentable) throws {
    let line = line(result)
    try write { $0 += line }
    try flush()
  }

  /// The output of `emit(streamed:)`.
  func line(_ result: some Presentable) -> [UInt8] {
    switch appearance.format {
    case .text: Array(result.text(outputStyle).utf8)
    case .json: Array((result.json.serialized + "\n").utf8)
    }
  }

  /// Prints one result with a special text form.
  func emit(_ result: some Presentable, text: (Style) -> String) throws {
    switch appearance.format {
    case .text: try write(text(outputStyle))
    case .json: try emit(result)
    }
  }

  /// Whether a person reads the results: text on a terminal.
  var isForPeople: Bool { streams.outputIsTerminal && appearance.format == .text }

  /// Whether an error may look for similar paths, which reads all paths of the branch: a script may ask for thousands of
  /// paths that do not exist.
  var suggestsPaths: Bool { streams.errorIsTerminal || appearance.format == .json }

  /// Writes text to standard output unchanged, in either format.
  func write(_ text: String) throws {
    try write { $0.append(contentsOf: text.utf8) }
  }

  /// Writes bytes to standard output unchanged, in either format.
  func write(bytes: [UInt8]) throws { try write { $0 += bytes } }

  /// Writes what a function appends to the buffer.
  func write(_ append: (inout [UInt8]) -> Void) throws {
    try output.withLock { output in
      if output.buffer.capacity == 0 { output.buffer.reserveCapacity(Self.bufferSize) }
      append(&output.buffer)
      try flushWhenFull(&output)
    }
  }

  private func flushWhenFull(_ output: inout Output) throws {
    if output.buffer.count >= Self.bufferSize { try flush(&output) }
  }

  /// Writes the buffer to the system, so that another writer may follow.
  func flush() throws {
    try output.withLock { output in try flush(&output) }
  }

  private func flush(_ output: inout Output) throws {
    progress?.clear()
    guard !output.buffer.isEmpty else { return }
    defer { output.buffer.removeAll(keepingCapacity: true) }
    do throws(Errno) {
      if output.pager == nil {
        try output.descriptor.write(whole: output.buffer)
      } else {
        try output.pager?.write(output.buffer)
      }
    } catch .brokenPipe {
      try endPager(&output, orElse: OutputClosed())
    } catch {
      throw Failure(.failed, "cannot write to standard output: \(error)")
    }
  }

  // MARK: Pager

  /// Sends the rest of standard output through a pager, if a person would see it.
  func startPager(_ command: String?) throws {
    guard isForPeople, appearance.mayPage else { return }
    let command = try command ?? appearance.pager?.text ?? "less"
    guard command != "cat", !command.allSatisfy(\.isWhitespace)
    else { return }
    output.withLock { $0.pager = Pager(command) }
  }

  /// Waits for the pager to end. If it could not be started, its input is written to standard output instead.
  ///
  /// - Throws: `error` if there is no such input.
  private func endPager(_ output: inout Output, orElse error: (any Error)? = nil) throws {
    let unread = output.pager?.end()
    output.pager = nil
    if let unread {
      output.buffer = unread
      try flush(&output)
    } else if let error {
      throw error
    }
  }

  /// Writes the rest of the buffer and waits for the pager to end.
  func finish() throws {
    try output.withLock { output in
      try flush(&output)
      try endPager(&output)
    }
  }

  /// Ends the process.
  static func end(_ status: Int32) -> Never { exit(status) }
}

extension ProgressLine {
  /// The progress of a run: lines of JSON, one line that is overwritten, or nil.
  convenience init?(_ streams: Console.Streams, _ appearance: Appearance) {
    let form: Form
    switch (appearance.format, appearance.progress) {
    case (_, .never), (.json, .automatic): return nil
    case (.text, .automatic) where !streams.errorIsTerminal: return nil
    case (.text, _): form = .line
    case (.json, .always): form = .json
    }
    self.init(form) { text in try? streams.error.write(whole: Array(text.utf8)) }
  }
}

extension Style {
  init(_ isTerminal: Bool, _ color: ColorChoice, _ width: Int?) {
    let hasColor = color == .always || (color == .auto && isTerminal)
    self.init(isTerminal: isTerminal, hasColor: hasColor, width: width)
  }
}
