/// The bounds of a memory, in pages, or of a table, in elements.
struct ResizableLimits: Hashable, Sendable {
  var minimum: UInt64
  var maximum: UInt64?
  /// Whether indices are 64-bit integers.
  var is64Bit: Bool
  var isShared: Bool
}

/// The type of a table.
struct TableType: Hashable, Sendable {
  var element: ValueType
  var limits: ResizableLimits
}

/// The type of a memory.
struct MemoryType: Hashable, Sendable {
  var limits: ResizableLimits
  /// The size of a page as a power of two, if it is given (proposal custom-page-sizes).
  var pageSizeLog2: UInt32?
}

/// The type of a global variable.
struct GlobalType: Hashable, Sendable {
  var value: ValueType
  var isMutable: Bool
}

/// The type of a module's import.
enum ImportType: Hashable, Sendable {
  /// A function, by its type's index.
  case function(UInt32)
  case table(TableType)
  case memory(MemoryType)
  case global(GlobalType)
  /// A tag, by the index of its function type.
  case tag(UInt32)
}

/// The kinds of imports and exports, by their codes.
enum ExternKind: UInt8, Sendable {
  case function = 0
  case table = 1
  case memory = 2
  case global = 3
  case tag = 4
}

extension ByteReader {
  /// Reads the kind of an import or export (specification 5.5.5).
  mutating func externKind(_ subject: String) throws(ValidationError) -> ExternKind {
    let code = try byte()
    guard let kind = ExternKind(rawValue: code) else {
      throw malformed(
        "malformed \(subject) kind: invalid leading byte (0x\(String(code, radix: 16)))", at: offset &- 1)
    }
    return kind
  }

  /// Reads the type of an import (specification 5.3.14).
  mutating func importType(allowing features: Features) throws(ValidationError) -> ImportType {
    switch try externKind("import") {
    case .function: .function(try u32())
    case .table: .table(try tableType(allowing: features))
    case .memory: .memory(try memoryType(allowing: features))
    case .global: .global(try globalType())
    case .tag: .tag(try tagType())
    }
  }

  /// Reads a table's type (specification 5.3.13).
  mutating func tableType(allowing features: Features) throws(ValidationError) -> TableType {
    let element = try referenceType()
    return TableType(element: element, limits: try resizableLimits(allowedFlags: 0b101, allowing: features))
  }

  /// Reads a memory's type (specification 5.3.12): bit 3 of the flags means that a page size follows.
  mutating func memoryType(allowing features: Features) throws(ValidationError) -> MemoryType {
    let hasPageSize = try peek() & 0b1000 != 0
    guard !hasPageSize || features.contains(.customPageSizes) else {
      throw ValidationError(
        .unsupported, at: offset, "malformed limits flags: custom page sizes are not enabled")
    }
    let limits = try resizableLimits(allowedFlags: 0b1111, allowing: features)
    return MemoryType(limits: limits, pageSizeLog2: hasPageSize ? try u32() : nil)
  }

  /// Reads a global's type (specification 5.3.11).
  mutating func globalType() throws(ValidationError) -> GlobalType {
    let value = try valueType()
    let mutability = try byte()
    guard mutability <= 1 else { throw malformed("malformed mutability", at: offset &- 1) }
    return GlobalType(value: value, isMutable: mutability == 1)
  }

  /// Reads a tag's type and returns the index of its function type (specification 5.3.15).
  mutating func tagType() throws(ValidationError) -> UInt32 {
    let attribute = try byte()
    guard attribute == 0 else { throw malformed("malformed tag attribute", at: offset &- 1) }
    return try u32()
  }

  /// Reads limits: bit 0 of the flags means that there is a maximum, bit 1 shared, bit 2 64-bit.
  private mutating func resizableLimits(
    allowedFlags: UInt8, allowing features: Features
  ) throws(ValidationError) -> ResizableLimits {
    let flags = try byte()
    guard flags & ~allowedFlags == 0 else { throw malformed("malformed limits flags", at: offset &- 1) }
    let is64Bit = flags & 0b100 != 0
    let minimum = try addressSize(allowing: features)
    let maximum = flags & 0b001 != 0 ? try addressSize(allowing: features) : nil
    return ResizableLimits(
      minimum: minimum, maximum: maximum, is64Bit: is64Bit, isShared: flags & 0b010 != 0)
  }
}
