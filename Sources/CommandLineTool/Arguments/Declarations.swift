internal import ArgumentParser

// The ways to declare an option or operand as a property of a command. Each one contains everything about it: names,
// whether it takes a value and of what type, its default, help and completion. ArgumentParser's own initialisers are
// not used, because `ArgumentReader` would not know their declarations; a test searches for them.

extension OptionName {
  fileprivate var specification: NameSpecification {
    short.map { [.customLong(long), .customShort($0)] } ?? [.customLong(long)]
  }
}

extension ArgumentHelp {
  /// The help with a name for the value.
  fileprivate func naming(_ value: String) -> ArgumentHelp {
    var help = self
    help.valueName = value
    return help
  }
}

extension Flag where Value == Bool {
  /// Declares a flag.
  init(wrappedValue: Bool, _ long: String, short: Character? = nil, help: ArgumentHelp) {
    let name = OptionName(long: long, short: short, takesValue: false)
    guard let reader = ArgumentReader.current else {
      self.init(wrappedValue: wrappedValue, name: name.specification, help: help)
      return
    }
    self.init(wrappedValue: wrappedValue)
    self.wrappedValue = reader.count(of: name) > 0
  }
}

extension Flag where Value == Int {
  /// Declares a flag that counts how many times it is given.
  init(_ long: String, short: Character? = nil, help: ArgumentHelp) {
    let name = OptionName(long: long, short: short, takesValue: false)
    guard let reader = ArgumentReader.current else {
      self.init(name: name.specification, help: help)
      return
    }
    self.init(help: nil)
    wrappedValue = reader.count(of: name)
  }
}

extension Option {
  /// Declares an option with a default.
  ///
  /// `value`: The name of the value in help.
  init(
    wrappedValue: Value, _ long: String, short: Character? = nil, value: String, help: ArgumentHelp,
    completion: CompletionKind? = nil
  ) where Value: ArgumentValue {
    let name = OptionName(long: long, short: short, takesValue: true)
    guard let reader = ArgumentReader.current else {
      self.init(
        wrappedValue: wrappedValue, name: name.specification, help: help.naming(value),
        completion: completion)
      return
    }
    self.init(wrappedValue: wrappedValue)
    self.wrappedValue = reader.values(of: name, as: Value.self).last ?? wrappedValue
  }

  /// Declares an option that is nil unless it is given.
  ///
  /// `value`: The name of the value in help.
  init<One: ArgumentValue>(
    _ long: String, short: Character? = nil, value: String, help: ArgumentHelp,
    completion: CompletionKind? = nil
  ) where Value == One? {
    let name = OptionName(long: long, short: short, takesValue: true)
    guard let reader = ArgumentReader.current else {
      self.init(
        name: name.specification, help: help.naming(value), completion: completion)
      return
    }
    self.init(help: nil)
    wrappedValue = reader.values(of: name, as: One.self).last
  }

  /// Declares an option that may be given several times.
  ///
  /// `value`: The name of the value in help.
  init<One: ArgumentValue>(
    wrappedValue: [One], _ long: String, short: Character? = nil, value: String, help: ArgumentHelp,
    completion: CompletionKind? = nil
  ) where Value == [One] {
    let name = OptionName(long: long, short: short, takesValue: true)
    guard let reader = ArgumentReader.current else {
      self.init(
        wrappedValue: wrappedValue, name: name.specification, help: help.naming(value),
        completion: completion)
      return
    }
    self.init(wrappedValue: wrappedValue)
    let given = reader.values(of: name, as: One.self)
    self.wrappedValue = given.isEmpty ? wrappedValue : given
  }

  /// Declares an option that takes a number and has a default.
  ///
  /// `value`: The name of the value in help.
  /// `range`: The allowed numbers.
  init(
    wrappedValue: Int, _ long: String, short: Character? = nil, value: String,
    in range: PartialRangeFrom<Int>,
    help: ArgumentHelp
  ) where Value == Int {
    let name = OptionName(long: long, short: short, takesValue: true)
    guard let reader = ArgumentReader.current else {
      self.init(
        wrappedValue: wrappedValue, name: name.specification, help: help.naming(value))
      return
    }
    self.init(wrappedValue: wrappedValue)
    self.wrappedValue = reader.numbers(of: name, in: range).last ?? wrappedValue
  }

  /// Declares an option that takes a number and is nil unless it is given.
  ///
  /// `value`: The name of the value in help.
  /// `range`: The allowed numbers.
  init(
    _ long: String, short: Character? = nil, value: String, in range: PartialRangeFrom<Int>,
    help: ArgumentHelp
  ) where Value == Int? {
    let name = OptionName(long: long, short: short, takesValue: true)
    guard let reader = ArgumentReader.current else {
      self.init(name: name.specification, help: help.naming(value))
      return
    }
    self.init(help: nil)
    wrappedValue = reader.numbers(of: name, in: range).last
  }
}

extension Argument {
  /// Declares a required operand.
  init(_ name: String, help: ArgumentHelp, completion: CompletionKind? = nil) where Value: ArgumentValue {
    guard let reader = ArgumentReader.current else {
      self.init(help: help.naming(name), completion: completion)
      return
    }
    self.init(help: nil)
    if let value = reader.operand(name, isRequired: true, as: Value.self) { wrappedValue = value }
  }

  /// Declares an optional operand, nil by default.
  init<One: ArgumentValue>(_ name: String, help: ArgumentHelp, completion: CompletionKind? = nil)
  where Value == One? {
    guard let reader = ArgumentReader.current else {
      self.init(help: help.naming(name), completion: completion)
      return
    }
    self.init(help: nil)
    wrappedValue = reader.operand(name, isRequired: false, as: One.self)
  }

  /// Declares operands, one or more: all remaining ones.
  init<One: ArgumentValue>(_ name: String, help: ArgumentHelp, completion: CompletionKind? = nil)
  where Value == [One] {
    guard let reader = ArgumentReader.current else {
      self.init(help: help.naming(name), completion: completion)
      return
    }
    self.init(help: nil)
    wrappedValue = reader.operands(name, areRequired: true, as: One.self)
  }

  /// Declares operands, any number: all remaining ones.
  init<One: ArgumentValue>(
    wrappedValue: [One], _ name: String, help: ArgumentHelp, completion: CompletionKind? = nil
  )
  where Value == [One] {
    guard let reader = ArgumentReader.current else {
      self.init(
        wrappedValue: wrappedValue, help: help.naming(name), completion: completion)
      return
    }
    self.init(wrappedValue: wrappedValue)
    self.wrappedValue = reader.operands(name, areRequired: false, as: One.self)
  }
}

extension OptionGroup {
  /// Adds the declarations of a group of options.
  ///
  /// `wrappedValue`: The group, which is only initialised while arguments are read.
  /// `title`: The heading of the group in help.
  init(wrappedValue: @autoclosure () -> Value, title: String = "") {
    guard ArgumentReader.current != nil else {
      self.init(title: title)
      return
    }
    self.init(title: "")
    self.wrappedValue = wrappedValue()
  }
}
