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
  /// - Throws: what is wrong with its form, with kind `invalid`.
  init(_ text: String, at offset: Int) throws(ValidationError) {
    var parser = ExternNameParser(text, at: offset)
    self.text = text
    kind = try parser.parse()
  }

  /// The version behind the `@` of an interface name.
  var version: ArraySlice<UInt8>? {
    let bytes = Array(text.utf8)
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return nil }
    return bytes[(at + 1)...]
  }
}

/// Names that were taken by imports or by exports.
///
/// A label, a constructor and an interface are names of their own. A method or static function has the same name as
/// another one of the same resource and name, and `[method]a.a` the same as the label `a`. Neither the case of letters
/// nor hyphens tell names apart, but in the version of an interface.
struct ExternNameSet: Sendable {
  private var names: [ExactName: String] = [:]
  private var doubledMethods: [String: String] = [:]

  /// Takes a name, or gives the earlier name that it is the same as.
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
