/// The parsed name of an import or export of a component (Component Model, Explainer.md, "Import and Export
/// Definitions").
struct ExternName: Sendable {
  enum Kind: Sendable {
    case label
    case constructor(resource: String)
    case method(resource: String, name: String)
    case staticMethod(resource: String, name: String)
    case interface
  }

  var text: String
  var kind: Kind

  /// Parses a name.
  ///
  /// - Throws: The error in its form, with kind `invalid`.
  init(_ text: String, at offset: Int) throws(ValidationError) {
    var parser = ExternNameParser(text, at: offset)
    self.text = text
    kind = try parser.parse()
  }

  /// The version after the `@` of an interface name.
  var version: ArraySlice<UInt8>? {
    let bytes = Array(text.utf8)
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return nil }
    return bytes[(at + 1)...]
  }
}

/// The names used by imports or by exports.
///
/// A label, a constructor and an interface are different names. A method or static function has the same name as
/// another one of the same resource and name, and `[method]a.a` the same as the label `a`. Names that only differ in
/// case or hyphens are the same, except in the version of an interface.
struct ExternNameSet: Sendable {
  private var names: [ExactName: String] = [:]
  private var doubledMethods: [String: String] = [:]

  /// Adds a name, or returns the earlier name that is the same.
  mutating func insert(_ name: ExternName) -> String? {
    switch name.kind {
    case .label:
      let key = name.text.labelKey
      if let earlier = doubledMethods[key] { return earlier }
      return take("label \(key)", name.text)
    case .constructor(let resource): return take("constructor \(resource.labelKey)", name.text)
    case .method(let resource, let method), .staticMethod(let resource, let method):
      let key = resource.labelKey
      if key == method.labelKey {
        if let earlier = names[ExactName("label \(key)")] { return earlier }
        doubledMethods[key] = name.text
      }
      return take("method \(key).\(method.labelKey)", name.text)
    case .interface:
      let path = name.text.prefix { $0 != "@" }
      return take("interface \(String(path).labelKey)\(name.text[path.endIndex...])", name.text)
    }
  }

  private mutating func take(_ key: String, _ text: String) -> String? {
    let key = ExactName(key)
    if let earlier = names[key] { return earlier }
    names[key] = text
    return nil
  }
}
