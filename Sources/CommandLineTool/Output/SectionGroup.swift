internal import Wasm

/// The sections of one name, as a row of a report.
struct SectionGroup {
  let name: String
  let isCustom: Bool
  private(set) var number = 1
  /// The bytes of their contents.
  private(set) var size: Int
  /// Their entries; nil where none counts any.
  private(set) var count: Int?

  /// Begins with the first section.
  init(_ section: SectionDescription) {
    name = section.name
    isCustom = section.isCustom
    size = section.size
    count = section.count
  }

  /// Adds another section of the name.
  mutating func add(size: Int, count: Int?) {
    number += 1
    self.size += size
    if let count { self.count = (self.count ?? 0) + count }
  }

  /// The name and how many sections have it.
  var title: String {
    var text: [UInt8] = Array("  ".utf8)
    if isCustom {
      text.append(shown: name)
      text.append(text: " (custom)")
    } else {
      text.append(text: name)
    }
    if number > 1 { text.append(text: " × \(number)") }
    return String(decoding: text, as: UTF8.self)
  }
}
