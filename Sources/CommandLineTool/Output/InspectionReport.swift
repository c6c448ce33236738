internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

/// The output of `inspect`: a report for people. On a terminal the sections come before the names, and long lists of
/// names are replaced by their length.
struct InspectionReport: Presentable {
  let module: InspectedModule
  /// Whether long lists are shown on a terminal too.
  var isWhole = true

  /// The maximum number of names in a list that a terminal shows by default.
  static let longestList = 50

  func text(_ style: Style) -> String {
    var text: [UInt8] = []
    write(style, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func write(_ style: Style, to text: inout [UInt8]) {
    var fields = ReportFields()
    fields.append("hash", module.digest.hex)
    fields.append("kind", module.kind == .core ? "core module" : module.kind.rawValue)
    fields.append("size") {
      $0.append(grouped: module.size)
      $0.append(text: " bytes")
    }
    if let problem = module.problem { fields.append("invalid", problem) }
    fields.append("paths", module.paths, isWhole: true) { $1.append(text: $0.spelled) }
    guard let description = module.description else { return fields.write(to: &text, width: style.width) }
    description.addFields(to: &fields)
    fields.write(to: &text, width: style.width)
    if style.isTerminal {
      text.append(0x0a)
      description.writeSections(to: &text)
    }
    let limit = style.isTerminal && !isWhole ? Self.longestList : .max
    description.writeInterface(to: &text, upTo: limit, width: style.width)
    guard !style.isTerminal else { return }
    text.append(0x0a)
    description.writeSections(to: &text)
  }

  var json: JSONValue { module.json }
}

extension ModuleDescription {
  /// Adds the fields that take one line or a few.
  fileprivate func addFields(to fields: inout ReportFields) {
    if !isComplete { fields.append("note", "too large to be described completely") }
    if isRelocatable {
      fields.append("note", "a relocatable object file, which must be linked before it can run")
    }
    if package != nil { fields.append("note", "a WIT package, which has no code") }
    if let name { fields.append("name") { $0.append(shown: name) } }
    let features = features.featureNames
    if !features.isEmpty {
      fields.append("features") { text in text.append(listOf: features) { $1.append(text: $0) } }
    }
    fields.append("producers", producers) { $0.writeLine(to: &$1) }
    if !targetFeatures.isEmpty {
      fields.append("target") { text in text.append(listOf: targetFeatures) { $1.append(shown: $0) } }
    }
    guard encoding == .core else { return }
    if definedFunctions > 0 { fields.append("functions") { $0.append(grouped: definedFunctions) } }
    if let start { fields.append("start", "function \(start)") }
    fields.append("memories", memories) { ExternalType.memory($0).write(in: .core, to: &$1) }
    fields.append("tables", tables) { ExternalType.table($0).write(in: .core, to: &$1) }
  }

  /// Writes imports, exports and worlds; for a list of more than `limit` names only the number.
  fileprivate func writeInterface(to text: inout [UInt8], upTo limit: Int, width: Int?) {
    if encoding == .core {
      writeImports(to: &text, upTo: limit, width: width)
      writeExports(to: &text, upTo: limit, width: width)
      for world in worlds {
        text.append(0x0a)
        world.write(to: &text, upTo: limit)
      }
    } else {
      text.append(0x0a)
      if let package {
        package.write(to: &text, upTo: limit)
      } else {
        WorldDescription(name: "", imports: imports, exports: exports).write(to: &text, upTo: limit)
      }
    }
  }

  /// Writes the imports, grouped by module name.
  private func writeImports(to text: inout [UInt8], upTo limit: Int, width: Int?) {
    var groups: [(module: String, fields: ReportFields)] = []
    // By bytes: Swift compares texts by Unicode equivalence, but a host does not.
    var places: [[UInt8]: Int] = [:]
    for item in imports {
      let module = item.module ?? ""
      let place = places[Array(module.utf8)] ?? groups.endIndex
      if place == groups.endIndex {
        places[Array(module.utf8)] = place
        groups.append((module, ReportFields(indentation: "  ")))
      }
      groups[place].fields.append(item.name, item.type)
    }
    for group in groups {
      text.append(text: "\nimports from ")
      text.append(shown: group.module)
      group.fields.write(to: &text, upTo: limit, width: width)
    }
  }

  private func writeExports(to text: inout [UInt8], upTo limit: Int, width: Int?) {
    guard !exports.isEmpty else { return }
    var fields = ReportFields(indentation: "  ")
    for item in exports { fields.append(item.name, item.type) }
    text.append(text: "\nexports")
    fields.write(to: &text, upTo: limit, width: width)
  }

  /// Writes the sections with their sizes and shares of the total; sections with the same name in one row.
  fileprivate func writeSections(to text: inout [UInt8]) {
    guard !sections.isEmpty else { return text.append(text: "no sections\n") }
    var table = Table(ofNumbers: ["sections", "bytes", "share", "entries"])
    for group in sectionGroups {
      let tenths = size > 0 ? group.size * 1_000 / size : 0
      let row = [group.title, grouped(group.size), "\(tenths / 10).\(tenths % 10) %"]
      table.append(row + (group.count.map { [grouped($0)] } ?? []))
    }
    text.append(text: table.text)
  }

  /// The sections grouped by name, in the order of the first of each group.
  private var sectionGroups: [SectionGroup] {
    var groups: [SectionGroup] = []
    // By bytes, after the kind.
    var places: [[UInt8]: Int] = [:]
    for section in sections {
      let key = [section.isCustom ? 1 : 0] + Array(section.name.utf8)
      if let place = places[key] {
        groups[place].add(size: section.size, count: section.count)
      } else {
        places[key] = groups.count
        groups.append(SectionGroup(section))
      }
    }
    return groups
  }
}

extension ReportFields {
  /// Ends the line of a heading and writes the lines below it, or only their number in the heading.
  fileprivate func write(to text: inout [UInt8], upTo limit: Int, width: Int?) {
    guard count > limit else {
      text.append(0x0a)
      return write(to: &text, width: width)
    }
    text.append(text: ": ")
    text.append(grouped: count)
    text.append(text: " names (--all shows all)\n")
  }

  /// Adds an import or export of a core module.
  fileprivate mutating func append(_ name: String, _ type: ExternalType) {
    append {
      $0.append(shown: name)
    } value: {
      type.write(in: .core, to: &$0)
    }
  }
}

extension Producer {
  fileprivate func writeLine(to text: inout [UInt8]) {
    text.append(shown: name)
    if !version.isEmpty {
      text.append(0x20)
      text.append(escaped: version)
    }
    text.append(text: " (")
    text.append(escaped: field)
    text.append(UInt8(ascii: ")"))
  }
}

extension [UInt8] {
  /// Appends texts with commas between them; `write` appends each.
  fileprivate mutating func append(listOf texts: [String], _ write: (String, inout [UInt8]) -> Void) {
    for (position, text) in texts.enumerated() {
      if position > 0 { append(text: ", ") }
      write(text, &self)
    }
  }
}
