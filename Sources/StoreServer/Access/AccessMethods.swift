/// The methods of requests that a key may be allowed to make, by their names (RFC 9110, section 9).
enum AccessMethods: Hashable, Sendable {
  /// All of them.
  case all
  /// Those that are named, in upper case.
  case only(Set<String>)
}
