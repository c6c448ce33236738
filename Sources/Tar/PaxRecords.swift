/// The pax records before an entry (POSIX.1, `pax`, "pax Header Block"): `LENGTH KEY=VALUE` and a line end.
struct PaxRecords {
  var name: [UInt8]?
  var target: [UInt8]?
  var size: Int?
  /// Whether the records describe a sparse file, in GNU tar's format.
  var isSparse = false
  private var isBinary = false

  /// Creates an empty set of records.
  init() {}

  /// Creates the records for the values that do not fit into the header of an entry.
  init(needed entry: TarEntry) {
    let isASCII = entry.name.allSatisfy { $0 < 0x80 }
    let length = entry.name.count + (entry.kind == .folder && entry.name.last != 0x2f ? 1 : 0)
    if !isASCII || length > TarHeader.name.count && TarWriter.split(entry.name) == nil { name = entry.name }
    if case .symbolicLink(let link) = entry.kind,
      link.count > TarHeader.target.count || link.contains(where: { $0 >= 0x80 })
    {
      target = link
    }
    if entry.size > TarWriter.sizeLimit { size = entry.size }
    isBinary = [name, target].contains { $0.map { String(validating: $0, as: UTF8.self) == nil } ?? false }
  }

  var isEmpty: Bool { name == nil && target == nil && size == nil }

  /// The records as bytes.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    // Without this, names are UTF-8.
    if isBinary { Self.append("hdrcharset", Array("BINARY".utf8), to: &bytes) }
    if let name { Self.append("path", name, to: &bytes) }
    if let target { Self.append("linkpath", target, to: &bytes) }
    if let size { Self.append("size", Array("\(size)".utf8), to: &bytes) }
    return bytes
  }

  private static func append(_ key: String, _ value: [UInt8], to bytes: inout [UInt8]) {
    let rest = key.utf8.count + value.count + 3
    // The length includes its own digits.
    var length = rest + 1
    while length != rest + "\(length)".utf8.count { length = rest + "\(length)".utf8.count }
    bytes += Array("\(length) \(key)=".utf8) + value + [0x0a]
  }

  /// Adds the given records; returns false if they are not valid.
  mutating func add(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: 0x20),
        let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
        length > space - rest.startIndex + 1, length <= rest.count
      else { return false }
      let record = rest[(space + 1)..<(rest.startIndex + length)]
      guard record.last == 0x0a, let equals = record.firstIndex(of: 0x3d) else { return false }
      let value = Array(record[(equals + 1)...].dropLast())
      guard set(String(decoding: record[..<equals], as: UTF8.self), value) else { return false }
      rest = rest[(rest.startIndex + length)...]
    }
    return true
  }

  private mutating func set(_ key: String, _ value: [UInt8]) -> Bool {
    switch key {
    case "path": name = value
    case "linkpath": target = value
    case "size":
      guard let number = Int(String(decoding: value, as: UTF8.self)), number >= 0 else { return false }
      size = number
    default: if key.hasPrefix("GNU.sparse.") { isSparse = true }
    }
    return !value.contains(0)
  }
}
