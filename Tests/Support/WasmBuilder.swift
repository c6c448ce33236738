/// Writes WebAssembly binaries byte by byte, for tests that need modules of their own.
///
/// The builder writes what it is told and checks nothing, so broken modules can be made too.
public struct WasmBuilder: Sendable {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8]

  /// Begins with nothing: a fragment such as the contents of a section.
  public init() { bytes = [] }

  /// Begins a core module: magic number, version 1, layer 0.
  public static func module() -> WasmBuilder { WasmBuilder(bytes: [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) }

  /// Begins a component: magic number, version 13, layer 1.
  public static func component() -> WasmBuilder { WasmBuilder(bytes: [0x00, 0x61, 0x73, 0x6d, 13, 0, 1, 0]) }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Writes bytes as they are.
  public mutating func raw(_ values: UInt8...) { bytes += values }

  /// Writes bytes as they are.
  public mutating func raw(_ values: [UInt8]) { bytes += values }

  /// Writes an unsigned number as LEB128.
  public mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes a signed number as LEB128.
  public mutating func signed(_ value: Int64) {
    var rest = value
    while !(-64..<64 ~= rest) {
      bytes.append(UInt8(truncatingIfNeeded: rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest & 0x7f))
  }

  /// Writes a name: its length and its UTF-8 bytes.
  public mutating func name(_ name: String) { sized(Array(name.utf8)) }

  /// Writes the number of bytes, then the bytes.
  public mutating func sized(_ contents: [UInt8]) {
    unsigned(UInt64(contents.count))
    bytes += contents
  }

  /// Writes the size of what `write` writes, then that.
  public mutating func sized(_ write: (inout WasmBuilder) -> Void) {
    var contents = WasmBuilder()
    write(&contents)
    sized(contents.bytes)
  }

  /// Writes a section with the given code.
  public mutating func section(_ code: UInt8, _ write: (inout WasmBuilder) -> Void) {
    bytes.append(code)
    sized(write)
  }

  /// Writes a section whose entries are counted, one closure an entry.
  public mutating func section(_ code: UInt8, entries: [(inout WasmBuilder) -> Void]) {
    section(code) { section in
      section.unsigned(UInt64(entries.count))
      for entry in entries { entry(&section) }
    }
  }

  /// Writes a custom section.
  public mutating func custom(_ name: String, _ contents: [UInt8] = []) {
    custom(name) { $0.raw(contents) }
  }

  /// Writes a custom section.
  public mutating func custom(_ name: String, _ write: (inout WasmBuilder) -> Void) {
    section(0) { section in
      section.name(name)
      write(&section)
    }
  }
}

extension WasmBuilder {
  /// A small valid module of about 100 bytes: it imports `log`, exports `add` and a memory, and holds `text` as data,
  /// so that two texts make two different modules.
  public static func sampleModule(text: String = "hello") -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(
      1, entries: [{ $0.raw(0x60, 2, 0x7f, 0x7f, 1, 0x7f) }, { $0.raw(0x60, 1, 0x7f, 0) }])
    module.section(
      2,
      entries: [
        {
          $0.name("env")
          $0.name("log")
          $0.raw(0, 1)
        }
      ])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(
      7,
      entries: [
        {
          $0.name("add")
          $0.raw(0, 1)
        },
        {
          $0.name("memory")
          $0.raw(2, 0)
        },
      ])
    module.section(10, entries: [{ $0.sized([0, 0x20, 0, 0x20, 1, 0x6a, 0x0b]) }])
    module.section(
      11,
      entries: [
        {
          $0.raw(0, 0x41, 0, 0x0b)
          $0.name(text)
        }
      ])
    return module.bytes
  }

  /// A small valid component that holds `sampleModule` and exports its function `add`, lifted.
  public static func sampleComponent() -> [UInt8] {
    var inner = WasmBuilder.module()
    inner.section(1, entries: [{ $0.raw(0x60, 2, 0x7f, 0x7f, 1, 0x7f) }])
    inner.section(3, entries: [{ $0.raw(0) }])
    inner.section(
      7,
      entries: [
        {
          $0.name("add")
          $0.raw(0, 0)
        }
      ])
    inner.section(10, entries: [{ $0.sized([0, 0x20, 0, 0x20, 1, 0x6a, 0x0b]) }])
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(inner.bytes) }
    component.section(2, entries: [{ $0.raw(0, 0, 0) }])
    component.section(
      6,
      entries: [
        {
          $0.raw(0, 0, 1, 0)
          $0.name("add")
        }
      ])
    component.section(
      7,
      entries: [
        {
          $0.raw(0x40, 2)
          $0.name("a")
          $0.raw(0x79)
          $0.name("b")
          $0.raw(0x79, 0, 0x79)
        }
      ])
    component.section(8, entries: [{ $0.raw(0, 0, 0, 0, 0) }])
    component.section(
      11,
      entries: [
        {
          $0.raw(0)
          $0.name("add")
          $0.raw(1, 0, 0)
        }
      ])
    return component.bytes
  }
}

extension WasmBuilder {
  /// A module of functions with 100 instructions each, some of which leave a value behind and so are invalid.
  public static func manyFunctions(_ count: Int, broken: Set<Int>) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    module.section(3) { section in
      section.unsigned(UInt64(count))
      section.raw([UInt8](repeating: 0, count: count))
    }
    module.section(10) { section in
      section.unsigned(UInt64(count))
      for function in 0..<count {
        let idle = [UInt8](repeating: 0x01, count: 100)
        section.sized([0] + idle + (broken.contains(function) ? [0x41, 0, 0x0b] : [0x0b]))
      }
    }
    return module.bytes
  }

  /// Writes a name section with names for functions.
  public mutating func functionNames(_ names: [(function: Int, name: String)]) {
    custom("name") { section in
      section.raw(1)
      section.sized { map in
        map.unsigned(UInt64(names.count))
        for entry in names {
          map.unsigned(UInt64(entry.function))
          map.name(entry.name)
        }
      }
    }
  }
}
