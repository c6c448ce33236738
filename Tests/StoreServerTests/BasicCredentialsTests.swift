import Testing

@testable import StoreServer

@Suite("A user name and password of a browser")
struct BasicCredentialsTests {
  /// The first two are those of RFC 7617.
  @Test(arguments: [
    ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"),
    ("Basic dGVzdDoxMjPCow==", "test", "123£"),
    ("basic  dGVzdDoxMjPCow", "test", "123£"), ("Basic Og==", "", ""), ("Basic OmE6Yg==", "", "a:b"),
  ])
  func `is read`(header: String, user: String, password: String) throws {
    let credentials = try #require(BasicCredentials(header))
    #expect(credentials.user == user)
    #expect(credentials.password == password)
  }

  @Test(arguments: [
    "", "Basic", "Basic ", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic QWxh*GRpbjpvcGVu",
    "Basic QWxhZGRpbg==",
    "Basic Og===", "Basic O", "Basic OoA=", "Basic O g==",
  ])
  func `is refused`(header: String) { #expect(BasicCredentials(header) == nil) }
}
