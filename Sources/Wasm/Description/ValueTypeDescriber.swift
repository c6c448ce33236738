/// Describes value types and definitions of them.
///
/// One is cut if its text has more than 64 KiB: a type of a few hundred bytes can have a million parts in full.
struct ValueTypeDescriber {
  private let types: ComponentTypes
  /// The names of types at the current place.
  var names = TypeNames()
  /// The size that the text of the current type may still have, at most; nothing more of it is described if it is
  /// negative.
  private var rest = 0
  private var text: [UInt8] = []

  private static let largestSize = 1 << 16

  init(types: ComponentTypes) { self.types = types }

  /// Describes a type and returns the size of its text.
  mutating func describe(_ type: ResolvedValueType) -> (type: ValueTypeDescription, size: Int) {
    describe { $0.valueType(type) }
  }

  /// Describes a definition and returns the size of its text.
  mutating func describe(_ definition: ResolvedDefinedType) -> (type: ValueTypeDescription, size: Int) {
    describe { $0.definition(definition) }
  }

  /// Describes a definition that is another name of a type, and returns the size of its text.
  mutating func describe(_ name: TypeReference) -> (type: ValueTypeDescription, size: Int) {
    describe { _ in .named(name) }
  }

  private mutating func describe(
    _ describe: (inout ValueTypeDescriber) -> ValueTypeDescription
  ) -> (type: ValueTypeDescription, size: Int) {
    rest = ValueTypeDescriber.largestSize
    let type = describe(&self)
    text.removeAll(keepingCapacity: true)
    type.write(to: &text)
    guard text.count > ValueTypeDescriber.largestSize else { return (type, text.count) }
    let beginning = String(decoding: text.prefix(ValueTypeDescriber.largestSize), as: UTF8.self) + "…"
    return (.cut(beginning), beginning.utf8.count)
  }

  private mutating func valueType(_ type: ResolvedValueType) -> ValueTypeDescription {
    switch type {
    case .primitive(let primitive):
      rest -= 1
      return .primitive(primitive)
    case .defined(let id): return named(.defined(id)) ?? definition(types.defined[id.index].type)
    }
  }

  private mutating func definition(_ type: ResolvedDefinedType) -> ValueTypeDescription {
    rest -= 1
    // The text is too long already, and no more of it is kept.
    guard rest >= 0 else { return .cut("") }
    switch type {
    case .primitive(let primitive): return .primitive(primitive)
    case .record(let fields):
      return .record(
        parts(fields) { describer, field in
          describer.rest -= field.name.utf8.count
          return ValueTypeDescription.Field(name: field.name, type: describer.valueType(field.type))
        })
    case .variant(let cases):
      return .variant(
        parts(cases) { describer, item in
          describer.rest -= item.name.utf8.count
          return ValueTypeDescription.Case(name: item.name, type: item.type.map { describer.valueType($0) })
        })
    case .flags(let names): return .flags(labels(names))
    case .enumeration(let names): return .enumeration(labels(names))
    case .list(let element): return .list(valueType(element))
    case .map(let key, let value):
      let key = valueType(key)
      return .map(key, valueType(value))
    case .tuple(let elements): return .tuple(parts(elements) { $0.valueType($1) })
    case .option(let value): return .option(valueType(value))
    case .result(let ok, let error):
      let ok = ok.map { valueType($0) }
      return .result(ok: ok, error: error.map { valueType($0) })
    case .stream(let element): return .stream(element.map { valueType($0) })
    case .future(let value): return .future(value.map { valueType($0) })
    case .own(let resource): return self.resource(resource)
    case .borrow(let resource): return .borrow(self.resource(resource))
    }
  }

  private mutating func resource(_ resource: ResourceID) -> ValueTypeDescription {
    named(.resource(resource)) ?? .resource
  }

  /// Describes a type by its name; nil if it has none.
  private mutating func named(_ type: ComponentTypeID) -> ValueTypeDescription? {
    guard let (described, size) = names.described(type) else { return nil }
    rest -= size
    return described
  }

  private mutating func labels(_ names: [String]) -> [String] {
    parts(names) { describer, name in
      describer.rest -= name.utf8.count
      return name
    }
  }

  private mutating func parts<Item, Part>(
    _ items: [Item], _ describe: (inout ValueTypeDescriber, Item) -> Part
  ) -> [Part] {
    var parts: [Part] = []
    parts.reserveCapacity(min(items.count, rest))
    for item in items where rest >= 0 { parts.append(describe(&self, item)) }
    return parts
  }
}
