import FileSystem
import Support
import SystemPackage
import Testing

@testable import Tar

/// An entry with its contents.
private struct Member: Equatable {
  var entry: TarEntry
  var bytes: [UInt8] = []

  init(_ name: String, _ text: String) {
    bytes = Array(text.utf8)
    entry = TarEntry(name: Array(name.utf8), size: bytes.count)
  }

  init(_ entry: TarEntry, _ bytes: [UInt8] = []) { (self.entry, self.bytes) = (entry, bytes) }

  /// The name, and what the entry is.
  var line: String { "\(String(decoding: entry.name, as: UTF8.self)) \(entry.kind) \(bytes.count)" }
}

/// Collects what is written.
private final class Output { var bytes: [UInt8] = [] }

/// Makes an archive with the writer.
private func archive(_ members: [Member], level: Int? = nil) throws -> [UInt8] {
  let output = Output()
  var writer = try TarWriter(level: level) { (span) in
    span.withUnsafeBytes { output.bytes.append(contentsOf: $0) }
  }
  for (index, member) in members.enumerated() {
    try writer.setLevel(index % 2 == 0 ? 6 : 0)
    try writer.begin(member.entry)
    try writer.append(member.bytes.span.bytes)
  }
  try writer.finish()
  return output.bytes
}

/// Reads an archive with the reader, `piece` bytes at a time.
private func members(of archive: [UInt8], piece: Int = 1000) throws -> [Member] {
  var position = 0
  var reader = TarReader { (buffer, length) in
    let count = min(length, archive.count - position)
    buffer.replaceSubrange(0..<count, with: archive[position..<position + count])
    position += count
    return count
  }
  var members: [Member] = []
  while let entry = try reader.next() {
    var member = Member(entry)
    var buffer = [UInt8](repeating: 0, count: piece)
    while case let count = try reader.read(into: &buffer), count > 0 { member.bytes += buffer[..<count] }
    members.append(member)
  }
  return members
}

private func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "none"
  } catch {
    return "\(error)"
  }
}

@Suite struct TarTests {
  /// Names that fit, that are cut at a slash, and that need records.
  private static let samples = [
    Member(TarEntry(name: Array("./".utf8), kind: .folder)),
    Member("./HEAD", "ref: refs/heads/main\n"),
    Member("empty", ""),
    Member(String(repeating: "long/", count: 30) + "name", "cut"),
    Member(String(repeating: "x", count: 200), "too long to be cut"),
    Member("\u{fc}n\u{ef}\u{e7}\u{f8}d\u{e9}", "no ASCII"),
    Member(String(repeating: "f/", count: 40) + String(repeating: "g", count: 98), "98 behind the slash"),
    Member(TarEntry(name: Array("link".utf8), kind: .symbolicLink(Array("HEAD".utf8)))),
    Member(TarEntry(name: Array("long-link".utf8), kind: .symbolicLink(Array(repeating: 0x61, count: 300)))),
    Member("big", String(repeating: "0123456789abcdef", count: 20_000)),
  ]

  @Test(arguments: [nil, 0, 1, 9]) func roundTrip(level: Int?) throws {
    let bytes = try archive(Self.samples, level: level)
    let found = try members(of: bytes)
    #expect(found.map(\.bytes) == Self.samples.map(\.bytes))
    #expect(found.map(\.entry.kind) == Self.samples.map(\.entry.kind))
    #expect(found.map(\.entry.name) == Self.samples.map(\.entry.name))
    #expect(try archive(Self.samples, level: level) == bytes)
    #expect(bytes.starts(with: [0x1f, 0x8b]) == (level != nil))
    // No time in gzip's header.
    if level != nil { #expect(bytes[4..<8].allSatisfy { $0 == 0 }) }
  }

  @Test(arguments: [nil, 0, 6]) func unpacksWithGNUTar(level: Int?) throws {
    let folder = try TemporaryFolder()
    let result = try run(
      ["tar", level == nil ? "xf" : "xzf", "-", "-C", folder.path],
      input: try archive(Self.samples, level: level))
    #expect(result.errors == "")
    for member in Self.samples where member.entry.kind == .file {
      let name = String(decoding: member.entry.name, as: UTF8.self)
      #expect(try contents(of: FilePath(folder.path).appending(name)) == member.bytes, "\(name.prefix(20))")
    }
    #expect(try run(["readlink", folder.path + "/link"]).text == "HEAD")
    #expect(try run(["readlink", folder.path + "/long-link"]).text.count == 300)
  }

  @Test(arguments: ["gnu", "posix", "ustar", "v7"]) func readsWhatGNUTarPacks(format: String) throws {
    let folder = try TemporaryFolder()
    let name = format == "v7" ? "n" : String(repeating: "d/", count: 60) + "n"
    let script = """
      cd \(folder.path) && mkdir -p tree/empty "tree/$(dirname \(name))" && cd tree && echo text > \(name)
      echo text > short && ln -s short link && ln short zlink && chmod 755 \(name)
      if [ \(format) = gnu ] || [ \(format) = posix ]; then
        echo ü > ü && echo long > \(String(repeating: "y", count: 150)) && mkfifo pipe
        truncate -s 1M hole && echo x >> hole
      fi
      find . | LC_ALL=C sort | tar --format=\(format) -S --no-recursion -cf ../archive.tar -T -
      """
    // A sparse file is not known to the older formats.
    let isOld = format == "ustar" || format == "v7"
    _ = try run(["sh", "-c", isOld ? script.replacing(" -S", with: "") : script])
    let bytes = try #require(try contents(of: FilePath(folder.path).appending("archive.tar")))
    let found = try members(of: bytes)
    let listed = try run(["tar", "tf", folder.path + "/archive.tar"]).text.split(separator: "\n").map {
      String($0).replacing("\\303\\274", with: "ü")
    }
    #expect(
      found.map { String(decoding: $0.entry.name, as: UTF8.self) }.filter { !$0.contains("hole") }
        == listed.filter { !$0.contains("hole") })
    let file = try #require(found.first { $0.entry.name.suffix(2) == Array("/n".utf8) })
    #expect((file.entry.kind, String(decoding: file.bytes, as: UTF8.self)) == (.file, "text\n"))
    #expect(file.entry.mode == 0o755)
    #expect(found.contains { $0.entry.kind == .symbolicLink(Array("short".utf8)) })
    #expect(found.contains { $0.entry.kind == .hardLink(Array("./short".utf8)) })
    #expect(found.contains { $0.entry.kind == .folder && $0.entry.name == Array("./empty/".utf8) })
    if !isOld {
      #expect(found.contains { $0.entry.kind == .pipe })
      #expect(found.contains { $0.entry.kind == .other(UInt8(ascii: "S")) })
    }
  }

  @Test func readsSeveralStreamsOfGzip() throws {
    let bytes = try archive(Self.samples)
    let half = bytes.count / 2
    let parts = try [bytes[..<half], bytes[half...]].map { try run(["gzip", "-c"], input: Array($0)).output }
    let found = try members(of: parts[0] + parts[1] + [UInt8](repeating: 0, count: 300))
    #expect(found.map(\.line) == Self.samples.map(\.line))
    #expect(message { _ = try members(of: parts[0]) } == "damaged(\"the archive is truncated\")")
    #expect(message { _ = try members(of: parts[0] + parts[1] + [1]) }.contains("damaged"))
  }

  @Test func sizesOfManyGigabytes() throws {
    let size = 9 << 30
    let records = PaxRecords(needed: TarEntry(name: Array("huge".utf8), size: size))
    #expect(String(decoding: records.encoded, as: UTF8.self) == "19 size=9663676416\n")
    let output = Output()
    var writer = try TarWriter(level: nil) { (span) in span.withUnsafeBytes { output.bytes += Array($0) } }
    try writer.begin(TarEntry(name: Array("huge".utf8), size: size))
    #expect(message { try writer.finish() }.contains("fewer bytes"))
    let listed = try RunningProcess(["tar", "tvf", "-"], input: output.bytes).wait()
    #expect(listed.text.contains("9663676416"))
    var reader = TarReader { (buffer, length) in
      let count = min(length, output.bytes.count)
      buffer.replaceSubrange(0..<count, with: output.bytes.prefix(count))
      output.bytes.removeFirst(count)
      return count
    }
    #expect(try reader.next()?.size == size)
  }

  @Test func lengthOfARecordCountsItself() {
    for count in 1...1200 {
      let name = [UInt8](repeating: 0x80, count: count)
      let bytes = PaxRecords(needed: TarEntry(name: name)).encoded
      var read = PaxRecords()
      let isValid = read.add(bytes)
      #expect(isValid && read.name == name)
    }
  }

  @Test(arguments: [
    ("a/b", "below(a b)"), ("./", "below()"), (".", "below()"), ("./a//b/.", "below(a b)"),
    ("/a", "absolute"),
    ("a/../b", "above"), ("..", "above"), ("a..b", "below(a..b)"),
  ]) func places(name: String, place: String) {
    let text =
      switch TarEntry(name: Array(name.utf8)).place {
      case .below(let steps):
        "below(\(steps.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")))"
      case .absolute: "absolute"
      case .above: "above"
      }
    #expect(text == place)
  }

  /// Whatever is cut off or changed, there is an error or an archive, and never more than is there.
  @Test func damagedArchives() throws {
    let plain = try archive(Self.samples)
    for length in stride(from: 0, through: plain.count - 1024, by: 512) + [1, 100, 513] {
      #expect(message { _ = try members(of: Array(plain[..<length])) }.contains("truncated"), "\(length)")
    }
    #expect(message { _ = try members(of: plain + [1]) }.contains("after the end"))
    let packed = try archive(Self.samples, level: 1)
    for length in [0, 1, 2, 17, packed.count / 2, packed.count - 8, packed.count - 1] {
      #expect(message { _ = try members(of: Array(packed[..<length])) }.contains("damaged"), "\(length)")
    }
    var generator = Generator(seed: 7)
    for _ in 0..<3_000 {
      var bytes = Array(plain[..<6_000]) + plain.suffix(1024)
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      // What of headers is changed is noticed, but for their checksums.
      let header = Int.random(in: 0..<8, using: &generator) * 512
      bytes.replaceSubrange(
        header + 148..<header + 156,
        with: Array(String(TarHeader.sum(of: Array(bytes[header..<header + 512])), radix: 8).utf8.prefix(7))
          + [0])
      _ = message { _ = try members(of: bytes) }
    }
  }
}
