/// A value of a file of settings, and the line that it stands in.
struct ConfigurationValue {
  /// What it is.
  enum Kind {
    case text(String)
    case boolean(Bool)
    case array([ConfigurationValue])
    case table([(name: String, value: ConfigurationValue)])
    /// A number, a date or nothing, of which none is asked for.
    case unasked
  }

  /// The line, from 1.
  let line: Int
  /// The value.
  let kind: Kind
}
