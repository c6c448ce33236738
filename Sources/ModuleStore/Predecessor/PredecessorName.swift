/// Names that git accepts, in place of those of the older wasmstore, which accepts any bytes.
enum PredecessorName {
  /// A segment of a path: unchanged, or with a percent sign and two digits for each byte that git does not accept.
  static func step(_ name: [UInt8]) -> [UInt8] {
    let isReserved =
      name == [0x2e] || name == [0x2e, 0x2e]
      || ModulePath.isReserved(String(decoding: name, as: UTF8.self))
    // All reserved names have a dot or a tilde.
    return name.flatMap { byte in
      byte == 0 || byte == 0x2f || isReserved && (byte == 0x2e || byte == 0x7e) ? escaped(byte) : [byte]
    }
  }

  /// The name of a branch: unchanged, or with an escape for each dot, and `branch-` before it.
  static func branch(_ name: [UInt8]) throws(StoreError) -> BranchName {
    let text = String(validating: name, as: UTF8.self)
    if let text, let branch = valid(text) { return branch }
    let plain = String(decoding: name.flatMap { isPlain($0) ? [$0] : escaped($0) }, as: UTF8.self)
    if let branch = valid(plain) { return branch }
    return try BranchName("branch-" + plain)
  }

  private static func valid(_ text: String) -> BranchName? {
    do throws(StoreError) { return try BranchName(text) } catch { return nil }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2f, 0x5f: true
    default: false
    }
  }

  private static func escaped(_ byte: UInt8) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: true)
    return Array(("%" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8)
  }
}
