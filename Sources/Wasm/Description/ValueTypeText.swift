/// The text of a value type or of a type's definition. It is cut above 64 KiB: a type of a few hundred bytes can have a
/// million parts in full.
struct ValueTypeText {
  private let types: ComponentTypes
  private let names: TypeNames
  private(set) var text = ""
  private(set) var isCut = false

  private static let largestSize = 1 << 16

  init(types: ComponentTypes, names: TypeNames) {
    self.types = types
    self.names = names
  }

  mutating func add(_ part: String) {
    guard !isCut else { return }
    let rest = ValueTypeText.largestSize - text.utf8.count
    guard part.utf8.count > rest else {
      text += part
      return
    }
    isCut = true
    text += String(decoding: part.utf8.prefix(rest), as: UTF8.self) + "…"
  }

  mutating func add(_ type: ResolvedValueType) {
    guard !isCut else { return }
    switch type {
    case .primitive(let primitive): add(primitive.description)
    case .defined(let id):
      if let name = names.text(of: .defined(id)) { add(name) } else { add(types.defined[id.index].type) }
    }
  }

  mutating func add(_ type: ResolvedDefinedType) {
    switch type {
    case .primitive(let primitive): add(primitive.description)
    case .record(let fields): addBraced("record", fields) { $0.add($1.name + ": ", $1.type) }
    case .variant(let cases):
      addBraced("variant", cases) { writer, item in
        writer.add(item.name)
        if let type = item.type { writer.add("(", type, ")") }
      }
    case .flags(let names): addBraced("flags", names) { $0.add($1) }
    case .enumeration(let names): addBraced("enum", names) { $0.add($1) }
    case .own(let resource): add(resource)
    case .borrow(let resource):
      add("borrow<")
      add(resource)
      add(">")
    case .result(let ok, let error): addResult(ok, error)
    default: addGeneric(type.kindName, type.parts)
    }
  }

  private mutating func add(_ resource: ResourceID) { add(names.text(of: .resource(resource)) ?? "resource") }

  private mutating func add(_ prefix: String, _ type: ResolvedValueType, _ suffix: String = "") {
    add(prefix)
    add(type)
    add(suffix)
  }

  private mutating func addResult(_ ok: ResolvedValueType?, _ error: ResolvedValueType?) {
    guard let error else { return addGeneric("result", ok.map { [$0] } ?? []) }
    guard let ok else { return add("result<_, ", error, ">") }
    addGeneric("result", [ok, error])
  }

  /// Writes a keyword and its type arguments in angle brackets, if there are any.
  private mutating func addGeneric(_ word: String, _ parts: [ResolvedValueType]) {
    add(word)
    guard !parts.isEmpty else { return }
    for (position, part) in parts.enumerated() where !isCut { add(position == 0 ? "<" : ", ", part) }
    add(">")
  }

  private mutating func addBraced<Item>(
    _ word: String, _ items: [Item], _ write: (inout ValueTypeText, Item) -> Void
  ) {
    add(word + " { ")
    for (position, item) in items.enumerated() where !isCut {
      if position > 0 { add(", ") }
      write(&self, item)
    }
    add(" }")
  }
}
