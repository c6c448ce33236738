import ByteText
import CSQLite
import EdgeHeads
import JSONText

/// The storage of an object, as its host has it: a database of SQLite in memory, asked with JSON.
final class MemoryStorage: HeadStorage {
  private var connection: OpaquePointer?
  private let writer = TextWriter()

  init() { sqlite3_open(":memory:", &connection) }

  deinit { sqlite3_close_v2(connection) }

  /// How many rows were changed since it was made.
  var changes: Int32 { sqlite3_total_changes(connection) }

  func execute(_ statement: StaticString, _ values: Bytes) -> Bytes {
    guard case .array(let values)? = JSONValue(parsing: Array(values)) else { return .none }
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(connection, "\(statement)", -1, &prepared, nil) == SQLITE_OK else {
      return .none
    }
    defer { sqlite3_finalize(prepared) }
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      if let number = value.number {
        sqlite3_bind_int64(prepared, place, number)
      } else if let text = value.text {
        sqlite3_bind_text(
          prepared, place, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
    }
    var found: [JSONValue] = []
    while sqlite3_step(prepared) == SQLITE_ROW {
      for column in 0..<sqlite3_column_count(prepared) {
        switch sqlite3_column_type(prepared, column) {
        case SQLITE_INTEGER: found.append(.number(sqlite3_column_int64(prepared, column)))
        case SQLITE_NULL: found.append(.null)
        default: found.append(.text(String(cString: sqlite3_column_text(prepared, column))))
        }
      }
    }
    writer.clear()
    if found.isEmpty { return .none }
    for byte in JSONValue.array(found).serialized.utf8 { writer.append(byte) }
    return writer.bytes
  }
}

/// The object, and what it says.
final class Keeper {
  let storage: MemoryStorage
  var now: Int64 = 1_800_000_000
  private let output = TextWriter()
  private let service: HeadService<MemoryStorage>

  init(_ storage: MemoryStorage = MemoryStorage()) {
    self.storage = storage
    service = HeadService(storage, telling: output)
  }

  struct Answer {
    let status: Int64
    let body: JSONValue
    var code: String? { body["error"]?["code"]?.text }
    /// What is known of the head, in a success and in a conflict.
    var head: JSONValue { body["head"] ?? body }
    var revisions: [Int64] {
      guard case .array(let entries)? = head["entries"] else { return [] }
      return entries.compactMap { $0["revision"]?.number }
    }
  }

  func get(_ route: String) -> Answer { ask("GET", route, "") }

  func post(_ members: [String: JSONValue]) -> Answer { post("head/default/main", members) }

  func post(_ route: String, _ members: [String: JSONValue]) -> Answer {
    ask("POST", route, JSONValue.object(members.map { ($0, $1) }).serialized)
  }

  func ask(_ method: String, _ route: String, _ body: String) -> Answer {
    let memory = Memory()
    let text = Array("\(method) https://heads.example/.wasmstore/v1/\(route)\n\(body)".utf8)
    let room = memory.room(text.count)
    for (place, byte) in text.enumerated() { room[place] = byte }
    service.answer(Bytes(room, text.count), in: memory, now: now * 1_000 + 999)
    let end = output.bytes.first(0x0a)
    let told = JSONValue(parsing: Array(output.bytes.part(0, end))) ?? .null
    return Answer(
      status: told["status"]?.number ?? 0,
      body: JSONValue(parsing: Array(output.bytes.from(end + 1))) ?? .null)
  }
}

/// The body of a publish; the number names it, and its manifest.
func publication(_ expect: Int64, _ number: Int64, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
  let body: [String: JSONValue] = [
    "kind": .text("publish"), "expect": .number(expect), "epoch": .number(0), "id": .text(digits(number, 32)),
    "manifest": .text(digits(number, 64)), "commit": .text(digits(number, 40)), "tree": .null,
    "by": .text("tester"),
    "barrier": .boolean(false),
  ]
  return body.merging(more) { $1 }
}

func rollback(_ expect: Int64, to revision: Int64, _ number: Int64) -> [String: JSONValue] {
  [
    "kind": .text("rollback"), "expect": .number(expect), "id": .text(digits(number, 32)),
    "to": .number(revision),
    "by": .text("tester"),
  ]
}

func floor(_ expect: Int64, _ revision: Int64) -> [String: JSONValue] {
  ["kind": .text("floor"), "expect": .number(expect), "floor": .number(revision)]
}

func lease(_ epoch: Int64, _ number: Int64, _ seconds: Int64) -> [String: JSONValue] {
  ["epoch": .number(epoch), "id": .text(digits(number, 32)), "seconds": .number(seconds)]
}

func digits(_ number: Int64, _ count: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: count - text.count) + text
}
