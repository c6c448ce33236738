/// The capabilities of a host: features, imports that it offers, and its requirements for a module.
public struct HostProfile: Hashable, Sendable {
  /// The name of a built-in profile, or the file of another one.
  public let name: String
  /// The features that the host has.
  public let features: Features
  let encodings: Set<Encoding>
  let imports: ImportOffer
  let convention: StartConvention
  let limits: HostLimits

  /// The convention by which the host starts a module.
  enum StartConvention: Hashable {
    /// No requirements.
    case none
    /// That of WASI preview 1 (WASI, legacy/application-abi.md).
    case wasiPreview1
  }

  init(
    name: String, features: Features, encodings: Set<Encoding>, imports: ImportOffer,
    convention: StartConvention = .none, limits: HostLimits = .none
  ) {
    self.name = name
    self.features = features
    self.encodings = encodings
    self.imports = imports
    self.convention = convention
    self.limits = limits
  }

  /// The names of the built-in profiles.
  public static let names = ["browser", "wasip1", "wasip2", "wasm3", "wasm2", "wasm1", "mvp"]

  /// Makes a built-in profile; nil if none has that name.
  public init?(named name: String) {
    switch name {
    case "browser":
      self.init(
        name: name, features: .browsers, encodings: [.core], imports: .anything, limits: .javaScript)
    case "wasip1":
      self.init(
        name: name, features: [.wasm3, .threads], encodings: [.core], imports: .listed(.wasiPreview1),
        convention: .wasiPreview1)
    case "wasip2":
      self.init(
        name: name, features: [.wasm3, .threads, .componentModel], encodings: [.component],
        imports: .wasiPreview2)
    case "wasm3": self.init(name: name, features: .wasm3, encodings: [.core], imports: .anything)
    case "wasm2": self.init(name: name, features: .wasm2, encodings: [.core], imports: .anything)
    case "wasm1": self.init(name: name, features: .wasm1, encodings: [.core], imports: .anything)
    case "mvp": self.init(name: name, features: .mvp, encodings: [.core], imports: .anything)
    default: return nil
    }
  }
}

extension Features {
  /// The features that Chrome, Firefox and Safari all have without a flag (webassembly.org/features, August 2026): of
  /// WebAssembly 3.0, Safari lacks multiple memories, 64-bit memories and relaxed vectors.
  static let browsers: Features = [
    .wasm2, .tailCall, .extendedConst, .exceptions, .legacyExceptions, .functionReferences, .gc, .threads,
  ]
}

/// A reason why a host cannot run a module.
public struct Objection: Hashable, Sendable {
  /// The kinds of reasons.
  public enum Subject: String, Sendable {
    /// The kind of the module: component or core module.
    case kind
    /// A feature.
    case feature
    /// An import.
    case `import`
    /// An export.
    case export
    /// A limit of the host.
    case limit
    /// The description of the module: it is incomplete (`ModuleDescription.isComplete`).
    case description
  }

  /// The kind of the reason.
  public var subject: Subject
  /// The name of the feature, import or export; empty for the kind, limits and the description.
  public var name: String
  /// The reason on one line, safe to show on a terminal.
  public var text: String
  /// The import that the host does not have; nil for any other reason.
  public var missing: ModuleImport? = nil
}

extension HostProfile {
  /// The reasons why the host cannot run a valid module; empty if it can.
  ///
  /// They are in this order: the kind of the module, features, limits, imports in file order, and exports.
  public func objections(to module: ModuleDescription) -> [Objection] {
    if module.package != nil {
      return [Objection(subject: .kind, name: "", text: "is a WIT package, which has no code to run")]
    }
    guard encodings.contains(module.encoding) else {
      let others = encodings.map { $0.noun + "s" }.sorted().joined(separator: " and ")
      let text = "is a \(module.encoding.noun); the host runs only \(others)"
      return [Objection(subject: .kind, name: "", text: text)]
    }
    let text = "has an interface that is too large to check completely"
    let cut = module.isComplete ? [] : [Objection(subject: .description, name: "", text: text)]
    let unlinked =
      module.isRelocatable
      ? [
        Objection(
          subject: .kind, name: "",
          text: "is a relocatable object file, which must be linked before it can run")
      ] : []
    let missing = module.features.subtracting(features).subtracting([.branchHints, .largeFixedArrays])
    let lacking = missing.featureNames.map { name in
      Objection(subject: .feature, name: name, text: "uses \(name), which the profile does not include")
    }
    let answers = imports.answers(to: module.imports, of: module.encoding)
    let unmet = zip(module.imports, answers).compactMap {
      objection(to: $0, answered: $1, of: module.encoding)
    }
    return unlinked + lacking + limits.objections(to: module) + unmet + startObjections(to: module) + cut
  }

  private func objection(to needed: ModuleImport, answered answer: ImportOffer.Answer, of encoding: Encoding)
    -> Objection?
  {
    var shownName = needed.shownName
    var missing: ModuleImport?
    let reason: String
    switch answer {
    case .offered: return nil
    case .missing:
      reason = "the host does not offer it"
      missing = needed
    case .otherType(let offered):
      reason = "has type \(needed.type.summary(in: encoding)); the host offers \(offered)"
    case .otherInside(let change):
      shownName = change.shownName
      reason = change.reasonAgainstOffer
    }
    let name = (needed.module.map { $0 + "." } ?? "") + needed.name
    return Objection(subject: .import, name: name, text: "import \(shownName): \(reason)", missing: missing)
  }

  /// The requirements of WASI preview 1: at most one way to start, and a memory for the host's functions to read and
  /// write.
  private func startObjections(to module: ModuleDescription) -> [Objection] {
    guard convention == .wasiPreview1 else { return [] }
    let nothing = ExternalType.function(FunctionSignature(parameters: [], results: []))
    func type(_ name: String) -> ExternalType? { module.exports.first { $0.name == name }?.type }
    var objections: [Objection] = []
    for name in ["_start", "_initialize"] {
      guard let type = type(name), type != nothing else { continue }
      let text = "export \(name): has type \(type.text(in: .core)); the host calls it as (func)"
      objections.append(Objection(subject: .export, name: name, text: text))
    }
    if type("_start") != nil, type("_initialize") != nil {
      let text = "export _initialize: not allowed together with _start"
      objections.append(Objection(subject: .export, name: "_initialize", text: text))
    }
    if !module.imports.isEmpty {
      if case .memory? = type("memory") { return objections }
      let text = "export memory: missing; the host's functions need it"
      objections.append(Objection(subject: .export, name: "memory", text: text))
    }
    return objections
  }
}

extension InterfaceChange {
  /// The reason why a module cannot use an offered import, for this change from the required to the offered type.
  fileprivate var reasonAgainstOffer: String {
    switch action {
    case .removed: "the host does not offer it"
    case .added: "the host requires it in addition"
    case .changed: "has type \(old ?? ""); the host offers \(new ?? "")"
    case .version: "has version \(old ?? ""); the host offers \(new ?? "")"
    }
  }
}
