package import ByteText

/// The database of an object.
package protocol HeadStorage: AnyObject {
  /// Runs a statement.
  ///
  /// - Parameters:
  ///   - statement: The statement. It is a literal, so that the database can recognise it by its address.
  ///   - values: The values of its parameters, as a JSON array.
  /// - Returns: The values of all rows, one after the other, as a JSON array; no bytes if there are no rows. They are
  ///   valid until the next call.
  func execute(_ statement: StaticString, _ values: Bytes) -> Bytes
}

/// A statement for the database.
final class Statement<Storage: HeadStorage> {
  private let storage: Storage
  private var text: StaticString = ""
  private let values = TextWriter()

  init(_ storage: Storage) { self.storage = storage }

  /// Starts a statement. Calls that add its values follow, and then `run`.
  func begin(_ statement: StaticString) -> Statement {
    text = statement
    values.clear()
    return self
  }

  private func separate() { values.append(values.bytes.isEmpty ? 0x5b : 0x2c) }

  func with(_ number: Int64) -> Statement {
    separate()
    values.append(number: number)
    return self
  }

  func with(text value: Bytes) -> Statement {
    separate()
    values.append(quoted: value)
    return self
  }

  /// Adds a value in its JSON form; null for a missing one.
  func with(_ value: JSONView) -> Statement {
    separate()
    values.append(value.isMissing ? "null" : value.spelled)
    return self
  }

  func with(_ name: HeadName) -> Statement { with(text: name.store).with(text: name.branch) }

  /// Runs the statement, and returns the rows.
  @discardableResult
  func run() -> Rows {
    if values.bytes.isEmpty { separate() }
    values.append(0x5d)
    return Rows(JSONView(checked: storage.execute(text, values.bytes)))
  }
}

/// The values of all rows, read in order. They are missing after the last row.
struct Rows {
  private let values: JSONView
  private var place = 0

  init(_ values: JSONView) { self.values = values }

  mutating func next() -> JSONView { values.next(&place) }

  /// The next value as a number; 0 for null and for a missing value.
  mutating func number() -> Int64 { max(next().integer, 0) }
}

/// The name of a head.
struct HeadName: Equatable {
  let store: Bytes
  let branch: Bytes
}
