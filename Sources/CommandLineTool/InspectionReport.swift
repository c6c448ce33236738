internal import ModuleStore
internal import Wasm

/// What `inspect` prints: a report for reading, the same in a pipe and on a terminal.
struct InspectionReport: Presentable {
  let module: InspectedModule

  func text(_ style: Style) -> String {
    var lines = Fields()
    lines.append("hash", [module.digest.hex])
    lines.append("kind", [module.kind == .component ? "component" : "core module"])
    lines.append("size", ["\(grouped(module.size)) bytes"])
    if let problem = module.problem { lines.append("invalid", [problem]) }
    lines.append("paths", module.paths.map(\.description))
    guard let description = module.description else { return lines.text(indentation: "") }
    if !description.isComplete { lines.append("note", ["too large to be described completely"]) }
    lines.append("name", description.name.map { [shown($0)] } ?? [])
    lines.append("features", joined(description.features.featureNames))
    lines.append("producers", description.producers.map(\.line))
    lines.append("target", joined(description.targetFeatures.map(shown)))
    guard description.encoding == .core else {
      return lines.text(indentation: "") + "\n" + description.world + "\n" + description.sectionTable
    }
    if description.definedFunctions > 0 { lines.append("functions", [grouped(description.definedFunctions)]) }
    lines.append("start", description.start.map { ["function \($0)"] } ?? [])
    lines.append("memories", description.memories.map { ExternalType.memory($0).text(in: .core) })
    lines.append("tables", description.tables.map { ExternalType.table($0).text(in: .core) })
    return lines.text(indentation: "") + description.importLists + description.exportList + "\n"
      + description.sectionTable
  }

  private func joined(_ words: [String]) -> [String] {
    words.isEmpty ? [] : [words.joined(separator: ", ")]
  }

  var json: JSONValue {
    .object(
      [
        ("module", .text(module.name)), ("hash", .text(module.digest.hex)), ("size", .count(module.size)),
        ("kind", .text(module.kind.rawValue)), ("problem", .optional(module.problem)),
        ("paths", .array(module.paths.map { .text($0.description) })),
      ] + (module.description?.members ?? ModuleDescription.memberNames.map { ($0, .null) }))
  }
}

/// Names with what belongs to them, one beside the other.
private struct Fields {
  private var rows: [(name: String, values: [String])] = []
  /// A longer name moves what belongs to it alone, not that of all the others.
  private static let widest = 40

  /// Adds a name and its values, one a line; nothing where there are none.
  mutating func append(_ name: String, _ values: [String]) {
    if !values.isEmpty { rows.append((name, values)) }
  }

  func text(indentation: String) -> String {
    let widths = rows.map(\.name.width)
    let width = widths.lazy.filter { $0 <= Self.widest }.max() ?? 0
    var text = ""
    for (row, own) in zip(rows, widths) {
      for (index, value) in row.values.enumerated() {
        text += indentation
        if index == 0 { text += row.name }
        text += String(repeating: " ", count: max(0, width - (index == 0 ? own : 0)) + 2)
        text += value
        text += "\n"
      }
    }
    return text
  }
}

extension String {
  /// The number of characters, counted as bytes where that is the same.
  fileprivate var width: Int { utf8.allSatisfy { $0 < 0x80 && $0 != 0x0d } ? utf8.count : count }
}

extension ModuleDescription {
  /// The imports by the first of their names.
  fileprivate var importLists: String {
    var groups: [(module: String, fields: Fields)] = []
    // By bytes: Swift takes texts for equal that Unicode does, and a host does not.
    var places: [[UInt8]: Int] = [:]
    for item in imports {
      let module = item.module ?? ""
      let place = places[Array(module.utf8)] ?? groups.endIndex
      if place == groups.endIndex {
        places[Array(module.utf8)] = place
        groups.append((module, Fields()))
      }
      groups[place].fields.append(shown(item.name), [item.type.text(in: .core)])
    }
    return groups.map { "\nimports from \(shown($0.module))\n" + $0.fields.text(indentation: "  ") }.joined()
  }

  fileprivate var exportList: String {
    guard !exports.isEmpty else { return "" }
    var fields = Fields()
    for item in exports { fields.append(shown(item.name), [item.type.text(in: .core)]) }
    return "\nexports\n" + fields.text(indentation: "  ")
  }

  /// The imports and exports of a component in the manner of WIT.
  fileprivate var world: String {
    guard !imports.isEmpty || !exports.isEmpty else { return "world {}\n" }
    var text = "world {\n"
    for item in imports { item.type.write(to: &text, "  import ", named: item.name, indentation: "  ") }
    for item in exports { item.type.write(to: &text, "  export ", named: item.name, indentation: "  ") }
    return text + "}\n"
  }

  /// The sections with their sizes and shares of the whole; those of one name in one row.
  fileprivate var sectionTable: String {
    var rows: [(section: SectionDescription, number: Int)] = []
    for section in sections {
      let index = rows.firstIndex {
        $0.section.name == section.name && $0.section.isCustom == section.isCustom
      }
      guard let index else {
        rows.append((section, 1))
        continue
      }
      rows[index].number += 1
      rows[index].section.size += section.size
      if let count = section.count { rows[index].section.count = (rows[index].section.count ?? 0) + count }
    }
    guard !rows.isEmpty else { return "no sections\n" }
    let table = rows.map { section, number in
      let tenths = size > 0 ? section.size * 1_000 / size : 0
      let name = section.isCustom ? shown(section.name) + " (custom)" : section.name
      return [
        "  " + name + (number == 1 ? "" : " × \(number)"), grouped(section.size),
        "\(tenths / 10).\(tenths % 10) %", section.count.map(grouped) ?? "",
      ]
    }
    return aligned([["sections", "bytes", "share", "entries"]] + table)
  }
}

/// Rows of a first column and others that are flush right.
private func aligned(_ rows: [[String]]) -> String {
  let columns = rows.first?.count ?? 0
  let widths = (0..<columns).map { column in rows.map { $0[column].width }.max() ?? 0 }
  return rows.map { row in
    var line = row[0] + String(repeating: " ", count: widths[0] - row[0].width)
    for column in 1..<columns {
      line += String(repeating: " ", count: widths[column] - row[column].width + 2) + row[column]
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }.joined()
}

extension ExternalType {
  /// Writes an item of a world or interface after what introduces it.
  fileprivate func write(
    to text: inout String, _ introduction: String, named name: String, indentation: String
  ) {
    text += introduction
    let name = name.printable(upTo: .max)
    switch self {
    case .instance(let exports):
      text += name
      guard !exports.isEmpty else { return text += ": interface {}\n" }
      text += ": interface {\n"
      let inner = indentation + "  "
      for item in exports { item.type.write(to: &text, inner, named: item.name, indentation: inner) }
      text += indentation
      text += "}\n"
    case .resource:
      text += "resource "
      text += name
      text += ";\n"
    case .type(let definition):
      text += "type "
      text += name
      text += " = "
      text += definition
      text += ";\n"
    case .function, .table, .memory, .global, .tag, .module, .component:
      text += name
      text += ": "
      text += self.text(in: .component)
      text += ";\n"
    }
  }
}

extension Producer {
  fileprivate var line: String {
    let version = version.isEmpty ? "" : " \(version.printable(upTo: .max))"
    return "\(shown(name))\(version) (\(field.printable(upTo: .max)))"
  }
}

/// A name as a report shows it: in quotes where it could be mistaken for several words, or for nothing.
private func shown(_ name: String) -> String {
  let text = name.printable(upTo: .max)
  return text.isEmpty || text.utf8.contains { $0 == 0x20 || $0 == 0x22 } ? "\"\(text)\"" : text
}

/// A number in groups of three digits.
private func grouped(_ number: Int) -> String {
  let digits = String(number).unicodeScalars
  var text = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position).isMultiple(of: 3) { text += "," }
    text.unicodeScalars.append(digit)
  }
  return text
}
