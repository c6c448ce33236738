internal import ByteText

/// Samples of the temperature at one location: a Durable Object of its own for each (Documentation/durable-objects-in-swift.md).
@_extern(wasm, module: "storage", name: "execute") @_extern(c)
private func execute(_ address: Int, _ count: Int)

/// An instance has one thread, so these are used by one call at a time.
nonisolated(unsafe) private var (memory, input) = (Memory(), Bytes.none)
// As above.
nonisolated(unsafe) private let (statement, answer) = (TextWriter(), TextWriter())

/// Makes room for bytes of the host, and returns their address.
@_expose(wasm, "input") @_cdecl("weather_input")
func makeInput(_ count: Int32) -> Int {
  memory = Memory()
  let room = memory.room(Int(count))
  input = Bytes(room, Int(count))
  return Int(bitPattern: room)
}

/// The address of the answer to the last call.
@_expose(wasm, "output") @_cdecl("weather_output")
func output() -> Int { answer.address }

/// Makes the table. Samples of the same moment take each other's place.
@_expose(wasm, "open") @_cdecl("weather_open")
func open() -> Int {
  run {
    $0.append(
      quoted: "CREATE TABLE IF NOT EXISTS samples (at INTEGER PRIMARY KEY, temperature REAL NOT NULL)")
  }
  return tell(200, "{}")
}

/// Keeps the samples of a body: `[{"when": "2026-11-30T12:00:00.000Z", "temperature_c": 21.5}, …]`.
@_expose(wasm, "save") @_cdecl("weather_save")
func save() -> Int {
  let (owner, body) = (memory, input)
  defer { withExtendedLifetime(owner) {} }
  let list = JSONView(body)
  guard body.isUTF8, list.spelled[0] == 0x5b else {
    return tell(400, "{\"success\":false,\"error\":\"the body is a list of samples\"}")
  }
  // All are looked at before any is kept.
  var place = 0
  while true {
    let sample = list.next(&place)
    if sample.isMissing { break }
    guard moment(sample["when"].text) != nil, sample["temperature_c"].isNumber else {
      return tell(
        400, "{\"success\":false,\"error\":\"a sample has when, in ISO 8601, and temperature_c\"}")
    }
  }
  place = 0
  while true {
    let sample = list.next(&place)
    guard let at = moment(sample["when"].text) else { break }
    run { text in
      text.append(quoted: "INSERT OR REPLACE INTO samples VALUES (?, ?)")
      text.append(",")
      text.append(number: at)
      text.append(",")
      text.append(sample["temperature_c"].spelled)
    }
  }
  return tell(200, "{\"success\":true,\"data\":[]}")
}

/// Tells all samples by their time.
@_expose(wasm, "list") @_cdecl("weather_list")
func list() -> Int {
  run { text in
    text.append(
      quoted:
        """
        SELECT strftime('%Y-%m-%dT%H:%M:%S', at / 1000.0, 'unixepoch') || printf('.%03dZ', (at % 1000 + 1000) % 1000), \
        temperature FROM samples ORDER BY at
        """)
  }
  let body = TextWriter()
  var (place, count) = (0, 0)
  body.append("{\"success\":true,\"samples\":[")
  let rows = JSONView(input)
  while true {
    let row = rows.next(&place)
    if row.isMissing { break }
    var field = 0
    body.append(count == 0 ? "{\"when\":" : ",{\"when\":")
    body.append(row.next(&field).spelled)
    body.append(",\"temperature_c\":")
    body.append(row.next(&field).spelled)
    body.append("}")
    count += 1
  }
  body.append("]}")
  // A location without samples is one that nobody has named yet.
  return count > 0 ? tell(200, body.bytes) : tell(404, "{\"success\":false,\"error\":\"no samples\"}")
}

private func run(_ write: (TextWriter) -> Void) {
  statement.clear()
  statement.append("[")
  write(statement)
  statement.append("]")
  execute(statement.address, statement.bytes.count)
}

private func tell(_ status: Int64, _ body: Bytes) -> Int {
  answer.clear()
  answer.append("{\"status\":")
  answer.append(number: status)
  answer.append(",\"body\":")
  answer.append(body)
  answer.append("}")
  return answer.bytes.count
}
