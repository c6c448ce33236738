import Testing

@testable import ByteText

@Suite("Text as bytes")
struct BytesTests {
  private let memory = Memory()

  private func bytes(_ text: String) -> Bytes { bytes(Array(text.utf8)) }

  private func bytes(_ array: [UInt8]) -> Bytes {
    let room = memory.room(array.count)
    for (place, byte) in array.enumerated() { room[place] = byte }
    return Bytes(room, array.count)
  }

  private func text(_ bytes: Bytes) -> String {
    String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
  }

  private func written(_ write: (TextWriter) -> Void) -> String {
    let writer = TextWriter()
    write(writer)
    return text(writer.bytes)
  }

  @Test("Nothing is read beyond the ends")
  func ends() {
    let some = bytes("abc")
    #expect((some[-1], some[3], some[.max]) == (0, 0, 0))
    #expect(text(some.part(-5, 9)) == "abc")
    #expect(some.part(2, 1).isEmpty)
    #expect(some.part(7, 9).isEmpty)
    #expect(some.integer(2, 4) == 0x63)
    #expect(some.first(0x78) == 3)
    #expect(some.last(0x78) == -1)
    #expect(
      some == bytes("abc") && !(some == bytes("ab")) && some.starts(with: "ab") && !some.starts(with: "abcd"))
    #expect(bytes("ByTes").equals(ignoringCase: "bytes"))
  }

  @Test("A literal is bytes too, also one of a single character")
  func literals() {
    let (none, one, some): (Bytes, Bytes, Bytes) = ("", "a", "ü")
    #expect((none.isEmpty, text(one), some.count) == (true, "a", 2))
    #expect(Array(some) == Array("ü".utf8))
    #expect(Array(Bytes.none).isEmpty)
  }

  @Test("Items stand between white space, or another byte beside it")
  func items() {
    func items(_ text: String, _ separator: UInt8) -> [String] {
      var (place, found) = (0, [String]())
      while true {
        let item = bytes(text).item(&place, between: separator)
        if item.isEmpty { return found }
        found.append(self.text(item))
      }
    }
    #expect(items(" a, b\r\n,,c", 0x2c) == ["a", "b", "c"])
    #expect(items("a,b c", 0x20) == ["a,b", "c"])
    #expect(items(" , ", 0x2c) == [])
  }

  @Test("A record is found by its name")
  func records() {
    let records = bytes("ab:1\na: 2 \na:3\nempty:\n")
    #expect(text(records.value(of: "a", until: 0x0a)) == " 2 ")
    #expect(text(records.value(of: "ab", until: 0x0a)) == "1")
    #expect(records.value(of: "b", until: 0x0a).isEmpty)
    #expect(records.value(of: "empty", until: 0x0a).isEmpty)
  }

  @Test(
    "SHA-256 of the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
      ),
      (
        String(repeating: "a", count: 56),
        "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"
      ),
      (
        String(repeating: "a", count: 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
      ),
      (
        String(repeating: "a", count: 1_000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func digests(message: String, hexadecimal: String) {
    let digest = SHA256().digest(of: bytes(message))
    #expect(written { $0.append(digest) } == hexadecimal)
    #expect(Digest(hexadecimal: bytes(hexadecimal)) == digest)
  }

  @Test(
    "Dates of header fields",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_798_675_199, "Wed, 30 Dec 2026 23:59:59 GMT"), (1_798_761_600, "Fri, 01 Jan 2027 00:00:00 GMT"),
      (1_611_360_000, "Sat, 23 Jan 2021 00:00:00 GMT"),
      (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
      (Int64.max, "Fri, 31 Dec 9999 23:59:59 GMT"), (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
  func dates(seconds: Int64, date: String) { #expect(written { $0.append(date: seconds) } == date) }

  @Test("A digest in base64")
  func base64() {
    #expect(
      written { $0.append(base64: SHA256().digest(of: .none)) }
        == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test(
    "A digest has 64 digits in lower case",
    arguments: ["", "ab", String(repeating: "A", count: 64), String(repeating: "g", count: 64)])
  func noDigests(text: String) { #expect(Digest(hexadecimal: bytes(text)) == nil) }

  @Test(
    "Numbers", arguments: [0, 7, 10, 99, 100, 4_294_967_296, Int64.max, -1, Int64.min])
  func numbers(number: Int64) { #expect(written { $0.append(number: number) } == "\(number)") }

  @Test(
    "Decimal digits",
    arguments: [
      ("0", 0), ("007", 7), ("9223372036854775806", .max), ("99999999999999999999", .max), ("", -1),
      ("-1", -1),
      ("1.5", -1), ("922337203685477579", 922_337_203_685_477_579),
    ] as [(String, Int64)])
  func decimals(text: String, number: Int64) { #expect(bytes(text).decimal == number) }

  @Test(
    "Escapes",
    arguments: [
      ("a%2Fb", "a/b"), ("%25", "%"), ("a", "a"), ("%C3%bc", "ü"), ("%2", nil), ("%zz", nil), ("%", nil),
    ])
  func escapes(coded: String, plain: String?) {
    var isWhole = false
    let found = written { isWhole = $0.append(unescaped: bytes(coded)) }
    #expect((isWhole ? found : nil) == plain)
    guard let plain else { return }
    let again = written { $0.append(escaped: bytes(plain)) }
    #expect(written { _ = $0.append(unescaped: bytes(again)) } == plain)
  }

  @Test(
    "JSON is checked as a whole",
    arguments: [
      (#"{"a":[1,-2.5e3,"\u00fc\ud83d\ude00\n\"",true,false,null],"b":{}}"#, true), (" [ ] ", true),
      ("0", true),
      (#"{"a" : 1 , "a" : 2}"#, true), ("", false), ("[1,]", false), ("{\"a\"}", false), ("01", false),
      ("1.", false),
      ("nul", false), ("[1] 2", false), ("\"\n\"", false), ("\"", false), (#""\x""#, false), ("-", false),
      ("1e", false),
      (#""\u12""#, false), (String(repeating: "[", count: 16) + String(repeating: "]", count: 16), true),
      (String(repeating: "[", count: 17) + String(repeating: "]", count: 17), false),
    ])
  func json(text: String, isJSON: Bool) { #expect(JSONView(bytes(text)).isMissing == !isJSON) }

  @Test("JSON is taken apart where it stands")
  func views() {
    let view = JSONView(
      bytes(#" {"n" : 12 , "t":"a\"b\n", "l":[ 1,[2], {"n":3} ],"f":1.0,"y":true,"e":{}} "#))
    #expect(view["n"].integer == 12)
    #expect(view["f"].integer == -1)
    #expect(view["y"].isTrue)
    #expect(text(view["t"].text) == #"a\"b\n"#)
    var place = 0
    var items: [String] = []
    while true {
      let item = view["l"].next(&place)
      if item.isMissing { break }
      items.append(text(item.spelled))
    }
    #expect(items == ["1", "[2]", #"{"n":3}"#])
    #expect(view["l"].next(&place).isMissing, "the end stays the end")
  }

  @Test("What a missing value of JSON is asked for is missing too")
  func missingValues() {
    let view = JSONView(bytes(#"{"n":12,"l":[],"e":{}}"#))
    for missing in [
      view["x"], view["x"]["y"], view["n"]["y"], view["e"]["y"], view["l"]["y"], JSONView(.none)["y"],
    ] {
      var place = 0
      #expect(missing.isMissing && missing.integer == -1 && missing.text.isEmpty && missing.spelled.isEmpty)
      #expect(missing.next(&place).isMissing)
    }
    for noArray in ["n", "e", "l"] {
      var place = 0
      #expect(view[bytes(noArray)].next(&place).isMissing)
      #expect(view[bytes(noArray)].next(&place).isMissing)
    }
  }

  @Test("A text is quoted")
  func quoted() {
    #expect(written { $0.append(quoted: bytes("a\"\\\n\u{1f}ü")) } == #""a\"\\\u000a\u001fü""#)
  }

  @Test(
    "What is no UTF-8 is told",
    arguments: [
      [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xe0, 0x80, 0x80], [0x80],
      Array("aü€😀".utf8), [],
    ] as [[UInt8]])
  func utf8(array: [UInt8]) {
    #expect(bytes(array).isUTF8 == (String(validating: array, as: UTF8.self) != nil))
  }

  @Test("Tokens are compared whole, and each line is one")
  func tokens() {
    let tokens = BearerTokens(bytes("first\nsecond\r\n"), SHA256())
    #expect(tokens.admit(bytes("Bearer first")))
    #expect(tokens.admit(bytes("bearer second")))
    for wrong in [
      "", "Bearer", "Bearer ", "Bearer firs", "Bearer firstt", "Bearer first\nsecond", "Basic first",
    ] {
      #expect(!tokens.admit(bytes(wrong)))
    }
    #expect(!BearerTokens(.none, SHA256()).admit(bytes("Bearer ")))
  }
}
