import Testing

@testable import StoreServer

@Suite("Methods that a key may use")
struct AccessMethodsTests {
  @Test func namedOnesDiffer() {
    #expect(AccessMethods.only(["GET"]) != .all)
  }
}
