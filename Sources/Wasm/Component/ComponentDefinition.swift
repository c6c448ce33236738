/// The target of an alias.
enum ComponentAlias: Hashable, Sendable {
  case export(sort: ComponentSort, instance: UInt32, name: String)
  case coreExport(kind: ExternKind, instance: UInt32, name: String)
  case outer(sort: OuterAliasSort, count: UInt32, index: UInt32)
}

/// The sorts that an alias may name in an enclosing component.
enum OuterAliasSort: Hashable, Sendable {
  case coreType
  case coreModule
  case type
  case component
}

/// An argument of the instantiation of a core module: a named instance.
struct CoreInstantiationArgument: Hashable, Sendable {
  var name: String
  var instance: UInt32
}

/// An item of a core instance that is made from single items.
struct CoreInlineExport: Hashable, Sendable {
  var name: String
  var kind: ExternKind
  var index: UInt32
}

/// A definition of a core instance.
enum CoreInstance: Hashable, Sendable {
  case instantiate(module: UInt32, arguments: [CoreInstantiationArgument])
  case exports([CoreInlineExport])
}

/// An argument of the instantiation of a component.
struct InstantiationArgument: Hashable, Sendable {
  var name: String
  var sort: ComponentSort
  var index: UInt32
}

/// An item of an instance that is made from single items.
struct InlineExport: Hashable, Sendable {
  var name: ComponentExternName
  var sort: ComponentSort
  var index: UInt32
}

/// A definition of an instance.
enum ComponentInstance: Hashable, Sendable {
  case instantiate(component: UInt32, arguments: [InstantiationArgument])
  case exports([InlineExport])
}

/// An export of a component.
struct ComponentExport: Hashable, Sendable {
  var name: ComponentExternName
  var sort: ComponentSort
  var index: UInt32
  /// The type that the export declares instead of its own.
  var type: ComponentExternType?
}

/// An import of a component, or an export or import in a component's type.
struct ComponentImport: Hashable, Sendable {
  var name: ComponentExternName
  var type: ComponentExternType
}

/// The start function of a component.
struct ComponentStart: Hashable, Sendable {
  var function: UInt32
  var arguments: [UInt32]
  var results: Int
}

extension ByteReader {
  /// Reads an alias.
  mutating func componentAlias() throws(ValidationError) -> ComponentAlias {
    let sort = self
    let code = try byte()
    let core = code == 0 ? try byte() : 0
    var sortEnd = sort
    try sortEnd.skip(code == 0 ? 2 : 1)
    let target = try byte()
    switch target {
    case 0:
      let sort = try sortEnd.componentSort(code, core: core)
      return .export(sort: sort, instance: try u32(), name: try name())
    case 1:
      guard code == 0 else { throw sortEnd.unexpected(code, "core instance export kind") }
      guard let kind = ExternKind(rawValue: core) else { throw sortEnd.unexpected(core, "external kind") }
      return .coreExport(kind: kind, instance: try u32(), name: try name())
    case 2:
      let sort = try sortEnd.outerAliasSort(code, core: core)
      return .outer(sort: sort, count: try u32(), index: try u32())
    default: throw unexpected(target, "alias")
    }
  }

  private func outerAliasSort(_ code: UInt8, core: UInt8) throws(ValidationError) -> OuterAliasSort {
    switch (code, core) {
    case (0, 0x10): return .coreType
    case (0, 0x11): return .coreModule
    case (0, _): throw unexpected(core, "component outer alias kind")
    case (3, _): return .type
    case (4, _): return .component
    default: throw unexpected(code, "component outer alias kind")
    }
  }

  /// Reads a definition of a core instance.
  mutating func coreInstance() throws(ValidationError) -> CoreInstance {
    let form = try byte()
    switch form {
    case 0:
      let module = try u32()
      var arguments: [CoreInstantiationArgument] = []
      for _ in 0..<(try count(upTo: Limit.instantiationArguments, "core instantiation argument")) {
        let name = try name()
        let kind = try byte()
        guard kind == 0x12 else { throw unexpected(kind, "instantiation arg kind") }
        arguments.append(CoreInstantiationArgument(name: name, instance: try u32()))
      }
      return .instantiate(module: module, arguments: arguments)
    case 1:
      var exports: [CoreInlineExport] = []
      for _ in 0..<(try count(upTo: Limit.instantiationArguments, "core instance export")) {
        let name = try name()
        let kind = try externKind("external")
        exports.append(CoreInlineExport(name: name, kind: kind, index: try u32()))
      }
      return .exports(exports)
    default: throw unexpected(form, "core instance")
    }
  }

  /// Reads a definition of an instance.
  mutating func componentInstance() throws(ValidationError) -> ComponentInstance {
    let form = try byte()
    switch form {
    case 0:
      let component = try u32()
      var arguments: [InstantiationArgument] = []
      for _ in 0..<(try count(upTo: Limit.instantiationArguments, "instantiation argument")) {
        let name = try name()
        let sort = try componentSort()
        arguments.append(InstantiationArgument(name: name, sort: sort, index: try u32()))
      }
      return .instantiate(component: component, arguments: arguments)
    case 1:
      var exports: [InlineExport] = []
      for _ in 0..<(try count(upTo: Limit.instantiationArguments, "instance export")) {
        let name = try componentExternName()
        let sort = try componentSort()
        exports.append(InlineExport(name: name, sort: sort, index: try u32()))
      }
      return .exports(exports)
    default: throw unexpected(form, "instance")
    }
  }

  /// Reads an export of a component.
  mutating func componentExport() throws(ValidationError) -> ComponentExport {
    let name = try componentExternName()
    let sort = try componentSort()
    let index = try u32()
    let hasType = try boolean("optional component export type")
    return ComponentExport(
      name: name, sort: sort, index: index, type: hasType ? try componentExternType() : nil)
  }

  /// Reads an import of a component, or a declaration of an import or export.
  mutating func componentImport() throws(ValidationError) -> ComponentImport {
    ComponentImport(name: try componentExternName(), type: try componentExternType())
  }

  /// Reads the start function of a component.
  mutating func componentStart() throws(ValidationError) -> ComponentStart {
    let function = try u32()
    var arguments: [UInt32] = []
    for _ in 0..<(try count(upTo: Limit.startArguments, "start function argument")) {
      arguments.append(try u32())
    }
    let results = try count(upTo: Limit.functionResults, "start function result")
    return ComponentStart(function: function, arguments: arguments, results: results)
  }
}
