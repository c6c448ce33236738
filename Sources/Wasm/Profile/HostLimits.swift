/// The limits of a host for modules, in addition to those of validation.
enum HostLimits: Hashable, Sendable {
  /// None.
  case none
  /// Those of browsers and of other hosts that run modules from JavaScript (WebAssembly JavaScript Interface,
  /// "Implementation-defined Limits"). Validation itself has the other limits of that list (`Limit`).
  case javaScript

  private static let moduleSize = 1 << 30
  private static let tableSize: UInt64 = 10_000_000
  private static let memory64Pages: UInt64 = 1 << 37 - 1
  /// The maximum size of a memory at run time, and therefore at its creation: 16 GiB.
  private static let memorySize: UInt64 = 1 << 34

  /// The reasons why a host with these limits cannot run a module.
  func objections(to module: ModuleDescription) -> [Objection] {
    guard self == .javaScript, module.encoding == .core else { return [] }
    var texts: [String] = []
    if module.size > HostLimits.moduleSize {
      texts.append("has \(module.size) bytes; the host allows \(HostLimits.moduleSize)")
    }
    for (index, table) in module.tables.enumerated() where table.bounds.minimum > HostLimits.tableSize {
      texts.append(
        "table \(index) has \(table.bounds.minimum) elements; the host allows \(HostLimits.tableSize)")
    }
    for (index, memory) in module.memories.enumerated() {
      let pages = max(memory.bounds.minimum, memory.bounds.maximum ?? 0)
      if memory.pageSize == 1 << 16, pages > HostLimits.memory64Pages {
        texts.append("memory \(index) has \(pages) pages; the host allows \(HostLimits.memory64Pages)")
        continue
      }
      let size = memory.bounds.minimum.multipliedReportingOverflow(by: UInt64(clamping: memory.pageSize))
      if size.overflow || size.partialValue > HostLimits.memorySize {
        texts.append(
          "memory \(index) has an initial size above the host's limit of \(HostLimits.memorySize) bytes")
      }
    }
    if module.features.contains(.largeFixedArrays) {
      texts.append("has an array.new_fixed of more than \(Limit.fixedArrayOperands) operands")
    }
    return texts.map { Objection(subject: .limit, name: "", text: $0) }
  }
}
