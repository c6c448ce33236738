internal import ArgumentParser

/// Gives a command's properties what an invocation says of them.
///
/// ArgumentParser reads its own declarations by reflection, which takes three quarters of the time of a
/// `wasmstore hash`; the invocation has been taken apart already, so its parts only have to be handed out. What this
/// decoder is not sure of (a value missing, a number misspelt, a kind of property that it does not know), it leaves
/// to ArgumentParser, which says what is wrong. A declared default other than nil, false, zero or an empty list is
/// nothing that it could know of; a test sees to it that there is none.
struct InvocationDecoder: Decoder {
  /// The reason for which ArgumentParser is asked instead.
  struct Undecided: Error {}

  /// What is still to be handed out, by the decoders of a command and of its option groups.
  fileprivate final class Rest {
    let names: [OptionName]
    let needsRepeatedOperand: Bool
    var options: [Invocation.GivenOption]
    var operands: ArraySlice<String>

    init(_ invocation: Invocation) {
      names = OptionName.common + (invocation.command?.options ?? [])
      needsRepeatedOperand = invocation.command?.needsRepeatedOperand ?? true
      options = invocation.options
      operands = invocation.operands[...]
    }

    var isEmpty: Bool { options.isEmpty && operands.isEmpty }
  }

  fileprivate let rest: Rest
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads a command from an invocation; nil if ArgumentParser has to.
  static func decode<Command: StoreCommand>(_ type: Command.Type, from invocation: Invocation) -> Command? {
    let decoder = InvocationDecoder(rest: Rest(invocation))
    guard var command = try? type.init(from: decoder), decoder.rest.isEmpty,
      (try? command.validate()) != nil
    else { return nil }
    return command
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Properties(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Undecided() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Undecided() }
}

/// The properties of a command or of an option group.
private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
  typealias Undecided = InvocationDecoder.Undecided

  let decoder: InvocationDecoder
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<Property: Decodable>(_ type: Property.Type, forKey key: Key) throws -> Property {
    if type == Flag<Bool>.self { return try same(flag(key)) }
    if type == Option<String?>.self { return try same(option(key)) }
    if type == Argument<String>.self { return try same(argument()) }
    if type == Argument<String?>.self { return try same(optionalArgument()) }
    if type == Argument<[String]>.self { return try same(arguments()) }
    if type == Argument<Int>.self { return try same(numericArgument()) }
    if type == Option<Int?>.self { return try same(numericOption(key)) }
    if type == Option<[String]>.self { return try same(repeatedOption(key)) }
    if type == Flag<Int>.self { return try same(counter(key)) }
    return try type.init(from: decoder)
  }

  /// Passes a property on as the type that it was found to have; by way of `Any` this would take ten times as long.
  private func same<Known, Property>(_ property: Known) throws -> Property {
    guard let property = property as? Property else { throw Undecided() }
    return property
  }

  /// The values given to an option, which are no longer left over then.
  private func values(_ key: Key) throws -> [String?] {
    let name = key.optionName
    let rest = decoder.rest
    guard rest.names.contains(where: { $0.long == name }) else { throw Undecided() }
    guard !rest.options.isEmpty else { return [] }
    defer { rest.options.removeAll { $0.name == name } }
    return rest.options.filter { $0.name == name }.map(\.value)
  }

  private func flag(_ key: Key) throws -> Flag<Bool> {
    var property = Declared.flag
    property.wrappedValue = try !values(key).isEmpty
    return property
  }

  private func counter(_ key: Key) throws -> Flag<Int> {
    var property = Declared.counter
    property.wrappedValue = try values(key).count
    return property
  }

  private func option(_ key: Key) throws -> Option<String?> {
    var property = Declared.option
    property.wrappedValue = try values(key).last ?? nil
    return property
  }

  private func numericOption(_ key: Key) throws -> Option<Int?> {
    var property = Declared.numericOption
    property.wrappedValue = try values(key).map { text in
      guard let number = text.flatMap({ Int($0) }) else { throw Undecided() }
      return number
    }.last
    return property
  }

  private func repeatedOption(_ key: Key) throws -> Option<[String]> {
    var property = Declared.repeatedOption
    property.wrappedValue = try values(key).compactMap { $0 }
    return property
  }

  private func argument() throws -> Argument<String> {
    guard let operand = decoder.rest.operands.popFirst() else { throw Undecided() }
    var property = Declared.argument
    property.wrappedValue = operand
    return property
  }

  private func numericArgument() throws -> Argument<Int> {
    guard let number = decoder.rest.operands.popFirst().flatMap({ Int($0) }) else { throw Undecided() }
    var property = Declared.numericArgument
    property.wrappedValue = number
    return property
  }

  private func optionalArgument() -> Argument<String?> {
    var property = Declared.optionalArgument
    property.wrappedValue = decoder.rest.operands.popFirst()
    return property
  }

  private func arguments() throws -> Argument<[String]> {
    let rest = decoder.rest
    guard !rest.operands.isEmpty || !rest.needsRepeatedOperand else { throw Undecided() }
    defer { rest.operands = [] }
    var property = Declared.arguments
    property.wrappedValue = Array(rest.operands)
    return property
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw Undecided() }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Undecided() }
  func superDecoder() throws -> any Decoder { throw Undecided() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw Undecided() }
}

/// The properties before they have a value; ArgumentParser makes names and help for each anew.
private enum Declared {
  static let flag = Flag<Bool>(wrappedValue: false)
  static let counter = Flag<Int>(name: .long)
  static let option = Option<String?>(name: .long)
  static let numericOption = Option<Int?>(name: .long)
  static let repeatedOption = Option<[String]>(name: .long)
  static let argument = Argument<String>(help: nil)
  static let numericArgument = Argument<Int>(help: nil)
  static let optionalArgument = Argument<String?>(help: nil)
  static let arguments = Argument<[String]>(help: nil)
}

extension CodingKey {
  /// The long name that ArgumentParser gives to an option by default: `noPager` is `--no-pager`.
  fileprivate var optionName: String {
    // The names of our properties are ASCII; going through characters would cost more than all else here.
    var name: [UInt8] = []
    for byte in stringValue.utf8 {
      let isUppercase = (0x41...0x5a).contains(byte)
      if isUppercase { name.append(0x2d) }
      name.append(isUppercase ? byte | 0x20 : byte)
    }
    return String(decoding: name, as: UTF8.self)
  }
}
