import Testing

@testable import StoreServer

@Suite("Methods that a key may be used for")
struct AccessMethodsTests {
  @Test(arguments: [
    ("GET", ["GET"]), ("HEAD,GET,HEAD", ["GET", "HEAD"]), ("*", ["*"]), ("M-SEARCH", ["M-SEARCH"]),
  ])
  func `reads a list`(text: String, names: [String]) throws {
    #expect(try AccessMethods(text).names == names)
  }

  @Test(arguments: [
    ("", "it has no method"), ("GET,", "a method is missing"), (",GET", "a method is missing"),
    ("get", "'get' is not a method in upper case"), ("GET, POST", "' POST' is not a method in upper case"),
    ("GET,*", "* cannot be combined with methods"), ("GET:POST", "'GET:POST' is not a method in upper case"),
  ])
  func `refuses`(text: String, reason: String) {
    #expect(throws: AccessMethods.Malformed(reason: reason)) { try AccessMethods(text) }
  }
}
