/// A WIT package encoded as a component: each export is the type of a component, which exports an interface or a world
/// and imports the interfaces whose types it uses (Component Model, WIT.md, "Package format").
public struct PackageDescription: Hashable, Sendable {
  /// An interface or a world.
  public struct Item: Hashable, Sendable {
    /// The name, such as `wasi:io/streams@0.2.0`.
    public var name: String
    /// The type: an instance for an interface, a component for a world.
    public var type: ExternalType
    /// The interfaces whose types it uses.
    public var imports: [ModuleImport]
  }

  /// The interfaces and worlds.
  public var items: [Item]
}

extension ModuleDescription {
  /// The WIT package that the component encodes; nil if it is not a package. A package contains no code.
  public var package: PackageDescription? {
    guard encoding == .component, imports.isEmpty, !exports.isEmpty else { return nil }
    var items: [PackageDescription.Item] = []
    for export in exports {
      guard case .typeOf(.component(let imports, let exports)) = export.type, exports.count == 1,
        let item = exports.first
      else { return nil }
      switch item.type {
      case .instance, .component:
        items.append(PackageDescription.Item(name: item.name, type: item.type, imports: imports))
      default: return nil
      }
    }
    return PackageDescription(items: items)
  }
}
