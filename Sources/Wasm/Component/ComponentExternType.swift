/// The sorts of items that components import, export and alias, without core sorts.
enum ComponentSort: Hashable, Sendable {
  case coreModule
  case function
  case value
  case type
  case component
  case instance
}

/// The bound of an imported or exported type.
enum TypeBound: Hashable, Sendable {
  /// Equal to the type with this index.
  case equal(UInt32)
  /// A fresh resource type.
  case resource
}

/// The type of an import or export of a component.
enum ComponentExternType: Hashable, Sendable {
  case coreModule(UInt32)
  case function(UInt32)
  case value(ComponentValueType)
  case type(TypeBound)
  case component(UInt32)
  case instance(UInt32)
}

/// The name of an import or export, with its annotations.
struct ComponentExternName: Hashable, Sendable {
  var name: String
  var implements: String?
  var externalIdentifier: String?
}

extension ByteReader {
  /// Reads a sort that is not a core sort, except the module sort.
  mutating func componentSort() throws(ValidationError) -> ComponentSort {
    let first = try byte()
    return try componentSort(first, core: first == 0 ? try byte() : 0)
  }

  /// Returns the sort for a code and, if that is 0, the core sort's code, both just read.
  func componentSort(_ code: UInt8, core: UInt8) throws(ValidationError) -> ComponentSort {
    switch code {
    case 0:
      guard core == 0x11 else { throw unexpected(core, "component external kind") }
      return .coreModule
    case 1: return .function
    case 2: return .value
    case 3: return .type
    case 4: return .component
    case 5: return .instance
    default: throw unexpected(code, "component external kind")
    }
  }

  /// Reads the type of an import or export.
  mutating func componentExternType() throws(ValidationError) -> ComponentExternType {
    switch try componentSort() {
    case .coreModule: return .coreModule(try u32())
    case .function: return .function(try u32())
    case .value: return .value(try componentValueType())
    case .component: return .component(try u32())
    case .instance: return .instance(try u32())
    case .type:
      let bound = try byte()
      switch bound {
      case 0: return .type(.equal(try u32()))
      case 1: return .type(.resource)
      default: throw unexpected(bound, "type bound")
      }
    }
  }

  /// Reads the name of an import or export: forms 0 and 1 are the plain name, form 2 has options after it.
  mutating func componentExternName() throws(ValidationError) -> ComponentExternName {
    let form = try byte()
    guard form <= 2 else { throw unexpected(form, "component name") }
    var result = ComponentExternName(name: try name())
    guard form == 2 else { return result }
    for _ in 0..<(try u32()) { try readNameOption(into: &result) }
    return result
  }

  private mutating func readNameOption(into name: inout ComponentExternName) throws(ValidationError) {
    let start = offset
    let code = try byte()
    switch code {
    case 0:
      guard name.implements == nil else {
        throw malformed("duplicate 'implements' option in name", at: start)
      }
      name.implements = try self.name()
    case 1:
      throw ValidationError(.unsupported, at: start, "the `cm-canon-names` feature is not active")
    case 2:
      guard name.externalIdentifier == nil else {
        throw malformed("duplicate 'external-id' option in name", at: start)
      }
      name.externalIdentifier = try self.name()
    default: throw unexpected(code, "name option")
    }
  }
}
