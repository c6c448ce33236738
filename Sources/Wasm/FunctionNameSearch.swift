extension ValidationError {
  /// Returns the same error with the function's name in the input's name section.
  ///
  /// The name section is usually after the code, so names are looked up only after an error. `read` returns the bytes
  /// at an offset of the input: as many as requested or, at its end, fewer. Only section headers and function names are
  /// read. If the section is missing or invalid, the name from an export is kept.
  public func namingFunction(_ read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]) -> ValidationError {
    guard let functionIndex else { return self }
    var search = FunctionNameSearch(read)
    guard let name = search.name(ofFunction: functionIndex, inModuleAround: offset) else { return self }
    var error = self
    error.functionName = name
    return error
  }
}

/// Searches for a function's name in the name section of a module (specification, appendix "Name Section").
///
/// It relies on nothing: the input was invalid, and may be damaged or cut off anywhere.
private struct FunctionNameSearch {
  private let read: (Int, Int) -> [UInt8]
  private var window: [UInt8] = []
  private var windowStart = 0

  /// The number of bytes to read at a time.
  private static let windowSize = 1 << 16
  /// Names are shortened for display, so no more bytes are needed.
  private static let nameLimit = 1_024

  init(_ read: @escaping (Int, Int) -> [UInt8]) { self.read = read }

  /// The name of a function in the innermost module around an offset of the input.
  mutating func name(ofFunction index: Int, inModuleAround place: Int) -> String? {
    var module = 0..<Int.max
    while let layer = byte(at: module.lowerBound + 6) {
      guard layer != 0 else { return name(ofFunction: index, in: module) }
      // A component: the module, or the component that contains it, is one of its sections.
      guard let next = section(in: module, where: { $1.contains(place) && ($0 == 1 || $0 == 4) }) else {
        break
      }
      module = next
    }
    return nil
  }

  private mutating func name(ofFunction index: Int, in module: Range<Int>) -> String? {
    var place = module.lowerBound + 8
    while let found = header(at: &place, end: module.upperBound) {
      if found.id == 0, let names = functionNames(in: found.contents) { return entry(index, in: names) }
    }
    return nil
  }

  /// The contents of the first section after the header that satisfies a condition.
  private mutating func section(
    in module: Range<Int>, where isWanted: (UInt8, Range<Int>) -> Bool
  ) -> Range<Int>? {
    var place = module.lowerBound + 8
    while let found = header(at: &place, end: module.upperBound) {
      if isWanted(found.id, found.contents) { return found.contents }
    }
    return nil
  }

  /// The range of the function names, if a custom section is the name section.
  private mutating func functionNames(in contents: Range<Int>) -> Range<Int>? {
    var place = contents.lowerBound
    guard number(at: &place) == 4, text(at: place, count: 4) == "name" else { return nil }
    place += 4
    while let found = header(at: &place, end: contents.upperBound) {
      if found.id == 1 { return found.contents }
    }
    return nil
  }

  /// The name of a function in a name map.
  private mutating func entry(_ index: Int, in names: Range<Int>) -> String? {
    var place = names.lowerBound
    guard let count = number(at: &place) else { return nil }
    // The count may be wrong; the names end with their bytes.
    var rest = count
    while rest > 0, place < names.upperBound {
      rest -= 1
      guard let function = number(at: &place), let length = number(at: &place),
        length <= names.upperBound - place
      else { return nil }
      if function == index { return text(at: place, count: min(length, FunctionNameSearch.nameLimit)) }
      place += length
    }
    return nil
  }

  /// Reads the id and size of a section or subsection, and moves after its contents.
  private mutating func header(at place: inout Int, end: Int) -> (id: UInt8, contents: Range<Int>)? {
    guard place < end, let id = byte(at: place) else { return nil }
    var start = place + 1
    guard let size = number(at: &start), start <= end else { return nil }
    place = start + min(size, end - start)
    return (id, start..<place)
  }

  /// Reads an unsigned 32-bit integer, and moves after it.
  private mutating func number(at place: inout Int) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let next = byte(at: place) else { return nil }
      place += 1
      value |= Int(next & 0x7f) << shift
      if next < 0x80 { return value <= UInt32.max ? value : nil }
    }
    return nil
  }

  private mutating func text(at place: Int, count: Int) -> String? {
    var bytes: [UInt8] = []
    for offset in 0..<count {
      guard let byte = byte(at: place + offset) else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func byte(at place: Int) -> UInt8? {
    if place < windowStart || place - windowStart >= window.count {
      window = read(place, FunctionNameSearch.windowSize)
      windowStart = place
    }
    return window.first == nil ? nil : window[place - windowStart]
  }
}
