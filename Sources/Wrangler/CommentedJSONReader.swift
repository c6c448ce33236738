internal import JSONText

/// Parses JSON with comments, and records the line of each value.
enum CommentedJSONReader {
  /// The elements read so far of an array or object that is not closed yet.
  private struct Open {
    let line: Int
    let isTable: Bool
    /// The name whose value has not been read yet.
    var name: String?
    var items: [ConfigurationValue] = []
    var members: [(name: String, value: ConfigurationValue)] = []

    var value: ConfigurationValue {
      ConfigurationValue(line: line, kind: isTable ? .table(members) : .array(items))
    }
  }

  /// The state of the parser.
  private struct State {
    var line = 1
    var open: [Open] = []
    var text: [UInt8] = []
    var whole: ConfigurationValue?

    mutating func take(_ event: JSONEventReader.Event) {
      switch event {
      case .beginObject: open.append(Open(line: line, isTable: true))
      case .beginArray: open.append(Open(line: line, isTable: false))
      case .endObject, .endArray: if let last = open.popLast() { add(last.value) }
      case .name(let name): if !open.isEmpty { open[open.count - 1].name = name }
      case .text(let part): text += part
      case .endText:
        add(ConfigurationValue(line: line, kind: .text(String(decoding: text, as: UTF8.self))))
        text = []
      case .literal(let word):
        let kind: ConfigurationValue.Kind =
          ["true", "false"].contains(word) ? .boolean(word == "true") : .unasked
        add(ConfigurationValue(line: line, kind: kind))
      }
    }

    private mutating func add(_ value: ConfigurationValue) {
      guard let last = open.indices.last else {
        whole = value
        return
      }
      if open[last].isTable {
        open[last].members.append((open[last].name ?? "", value))
      } else {
        open[last].items.append(value)
      }
    }
  }

  /// Parses a text.
  ///
  /// - Throws: `Mistake`.
  static func read(_ text: [UInt8]) throws(Mistake) -> ConfigurationValue {
    var reader = JSONEventReader()
    var state = State()
    let lines = CommentedJSON.blanked(text).split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      state.line = index + 1
      do throws(JSONEventReader.Malformed) { try reader.read(line + [0x0a]) { state.take($0) } } catch {
        throw Mistake(line: state.line, reason: "it is not valid JSON")
      }
    }
    do throws(JSONEventReader.Malformed) { try reader.finish { state.take($0) } } catch {
      throw Mistake(line: max(1, lines.count), reason: "the file is truncated")
    }
    return state.whole ?? ConfigurationValue(line: 1, kind: .unasked)
  }
}
