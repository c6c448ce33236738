internal import JSONText

/// A JSON value of limited length, built from the events of a `JSONEventReader`.
struct CompactJSON {
  /// The text so far, on one line.
  private(set) var bytes: [UInt8] = []
  /// Whether the value is longer than the limit.
  private(set) var isTooLong = false
  private var text: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func add(_ event: JSONEventReader.Event) {
    guard !isTooLong else { return }
    switch event {
    case .beginObject: beginItem("{")
    case .beginArray: beginItem("[")
    case .endObject: bytes.append(UInt8(ascii: "}"))
    case .endArray: bytes.append(UInt8(ascii: "]"))
    case .name(let name): beginItem(JSONValue.text(name).line + ":")
    case .literal(let literal): beginItem(literal)
    case .text(let part): text += part
    case .endText:
      beginItem(JSONValue.text(String(decoding: text, as: UTF8.self)).line)
      text = []
    }
    isTooLong = bytes.count + text.count > limit
  }

  /// Adds a name or a value, with a comma before it if it is not the first.
  private mutating func beginItem(_ item: String) {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
    default: bytes.append(UInt8(ascii: ","))
    }
    bytes += item.utf8
  }
}
