internal import CSQLite

/// A value that is bound to a statement.
public enum SQLValue: Hashable, Sendable {
  case integer(Int64)
  case bytes([UInt8])
  case text(String)
  case null

  /// A number.
  public static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  /// Bytes, or NULL if nil.
  public static func optional(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .bytes($0) } ?? .null }
}

/// A prepared statement and its current row. Columns are counted from 0.
public final class Statement {
  private let raw: OpaquePointer
  /// Bound bytes must stay alive until the next step, because SQLite is told not to copy them.
  private var bound: [UnsafeMutableRawBufferPointer] = []

  init(_ raw: OpaquePointer) { self.raw = raw }

  func finalize() {
    releaseBound()
    sqlite3_finalize(raw)
  }

  func reset() {
    sqlite3_reset(raw)
    releaseBound()
  }

  func step() -> Int32 { sqlite3_step(raw) }

  func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .integer(let number): return sqlite3_bind_int64(raw, index, number)
    case .null: return sqlite3_bind_null(raw, index)
    case .bytes(let bytes):
      let copy = keep(bytes)
      return sqlite3_bind_blob64(raw, index, copy.baseAddress, UInt64(bytes.count), nil)
    case .text(let text):
      let bytes = Array(text.utf8)
      let copy = keep(bytes)
      return sqlite3_bind_text(
        raw, index, copy.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil)
    }
  }

  /// A column as a number; 0 if it is NULL.
  public func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(raw, column)) }

  /// Returns whether a column is NULL.
  public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

  /// The bytes of a column; empty if it is NULL.
  public func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(raw, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, column))))
  }

  /// A column as text; nil if it is NULL.
  public func text(_ column: Int32) -> String? {
    sqlite3_column_text(raw, column).map { String(cString: $0) }
  }

  private func keep(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
    // At least one byte: SQLite reads a nil address as NULL, and not as an empty value.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    copy.copyBytes(from: bytes)
    bound.append(copy)
    return copy
  }

  private func releaseBound() {
    for copy in bound { copy.deallocate() }
    bound.removeAll(keepingCapacity: true)
  }
}
