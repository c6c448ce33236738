/// The sections of a component, by their ids (Component Model, Binary.md).
enum ComponentSection: UInt8, Sendable {
  case custom = 0
  case coreModule = 1
  case coreInstance = 2
  case coreType = 3
  case component = 4
  case instance = 5
  case alias = 6
  case type = 7
  case canonical = 8
  case start = 9
  case `import` = 10
  case export = 11

  /// The name in the text format; for canonical functions their keyword.
  var name: String { self == .canonical ? "canon" : self == .start ? "start" : subject }

  /// The name of one entry in messages.
  var subject: String {
    switch self {
    case .custom: "custom section"
    case .coreModule: "core module"
    case .coreInstance: "core instance"
    case .coreType: "core type"
    case .component: "component"
    case .instance: "instance"
    case .alias: "alias"
    case .type: "type"
    case .canonical: "canonical function"
    case .start: "start function"
    case .import: "import"
    case .export: "export"
    }
  }

  /// The maximum number of entries in one section.
  var limit: Int {
    switch self {
    case .custom, .coreModule, .component, .start: 1
    case .coreInstance, .instance: Limit.coreAndComponentInstances
    case .coreType, .type: Limit.types
    case .alias, .import, .export: Limit.exports
    case .canonical: Limit.functions
    }
  }
}
