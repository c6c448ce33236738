/// A value in a configuration file, and its line.
struct ConfigurationValue {
  /// The type and content of a value.
  enum Kind {
    case text(String)
    case boolean(Bool)
    case array([ConfigurationValue])
    case table([(name: String, value: ConfigurationValue)])
    /// A number, a date or null; these are never used.
    case unasked
  }

  /// The line number, from 1.
  let line: Int
  /// The value.
  let kind: Kind
}
