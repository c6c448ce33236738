package import ByteText

/// The database of an object.
package protocol HeadStorage: AnyObject {
  /// Runs a statement.
  ///
  /// - Parameter statement: A JSON array: the statement, and the values of its parameters.
  /// - Returns: The rows, as a JSON array of arrays; valid until the next call.
  func execute(_ statement: Bytes) -> Bytes
}

/// A statement for the database.
final class Statement<Storage: HeadStorage> {
  private let storage: Storage
  private let text = TextWriter()

  init(_ storage: Storage) { self.storage = storage }

  /// Starts a statement. Calls that add its values follow, and then `run`.
  func begin(_ statement: Bytes) -> Statement {
    text.clear()
    text.append("[")
    text.append(quoted: statement)
    return self
  }

  func with(_ number: Int64) -> Statement {
    text.append(",")
    text.append(number: number)
    return self
  }

  func with(text value: Bytes) -> Statement {
    text.append(",")
    text.append(quoted: value)
    return self
  }

  /// Adds a value in its JSON form; null for a missing one.
  func with(_ value: JSONView) -> Statement {
    text.append(",")
    text.append(value.isMissing ? "null" : value.spelled)
    return self
  }

  func with(_ name: HeadName) -> Statement { with(text: name.store).with(text: name.branch) }

  /// Runs the statement, and returns the rows.
  @discardableResult
  func run() -> JSONView {
    text.append("]")
    return JSONView(storage.execute(text.bytes))
  }

  /// Runs the statement, and returns the first row.
  func first() -> Row {
    var place = 0
    return Row(run().next(&place))
  }
}

/// The values of a row, read in order. They are missing if the row is missing.
struct Row {
  private let values: JSONView
  private var place = 0

  init(_ values: JSONView) { self.values = values }

  var isMissing: Bool { values.isMissing }

  mutating func next() -> JSONView { values.next(&place) }

  /// The next value as a number; 0 in a missing row.
  mutating func number() -> Int64 { max(next().integer, 0) }
}

/// The name of a head.
struct HeadName {
  let store: Bytes
  let branch: Bytes
}
