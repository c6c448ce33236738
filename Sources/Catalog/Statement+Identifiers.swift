internal import Identifiers
internal import SQLite

extension SQLValue {
  /// The bytes of a name.
  static func name(_ name: some HexadecimalIdentifier) -> SQLValue { .bytes(name.bytes) }
  /// The bytes of a name, or NULL if nil.
  static func optional(_ name: (some HexadecimalIdentifier)?) -> SQLValue { name.map { .name($0) } ?? .null }
}

extension Statement {
  /// The git object that a column names.
  ///
  /// - Throws: `damaged` if the column is not an id.
  func objectID(_ column: Int32) throws(DatabaseError) -> ObjectID {
    try name(ObjectID(bytes: bytes(column)))
  }

  /// The git object that a column names; nil if it is NULL.
  ///
  /// - Throws: `damaged` if the column is not an id.
  func optionalObjectID(_ column: Int32) throws(DatabaseError) -> ObjectID? {
    isNull(column) ? nil : try objectID(column)
  }

  /// The module that a column names; nil if it is NULL.
  ///
  /// - Throws: `damaged` if the column is not a digest.
  func optionalDigest(_ column: Int32) throws(DatabaseError) -> ModuleDigest? {
    isNull(column) ? nil : try name(ModuleDigest(bytes: bytes(column)))
  }

  private func name<Name>(_ name: Name?) throws(DatabaseError) -> Name {
    guard let name else { throw DatabaseError(code: .damaged, message: "an identifier of the wrong length") }
    return name
  }
}
