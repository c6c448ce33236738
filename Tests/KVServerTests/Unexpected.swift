/// Says that something came out otherwise than a test goes on with.
struct Unexpected: Error, CustomStringConvertible {
  /// What came out.
  let description: String
}
