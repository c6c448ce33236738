internal import Wasm

/// The sections with the same name, as a row of a report.
struct SectionGroup {
  let name: String
  let isCustom: Bool
  private(set) var number = 1
  /// The size of their contents, in bytes.
  private(set) var size: Int
  /// The number of their entries; nil if none of them has a count.
  private(set) var count: Int?

  /// Makes a group of one section.
  init(_ section: SectionDescription) {
    name = section.name
    isCustom = section.isCustom
    size = section.size
    count = section.count
  }

  /// Adds another section with the name.
  mutating func add(size: Int, count: Int?) {
    number += 1
    self.size += size
    if let count { self.count = (self.count ?? 0) + count }
  }

  /// The name and the number of sections.
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
