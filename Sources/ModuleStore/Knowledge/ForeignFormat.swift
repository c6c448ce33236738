/// A format that is often mistaken for a WebAssembly binary, recognised by the first bytes of a file.
public enum ForeignFormat: CaseIterable, Hashable, Sendable {
  case webAssemblyText, interfaceText, base64, hexadecimal, javaScript, html, json, lfsPointer
  case gzip, zstandard, xz, bzip2, zip, tar, staticLibrary, bitcode, elf, machO, windowsProgram

  /// The number of bytes to read.
  static let length = 4_096

  /// The format of a file that begins with these bytes; nil for WebAssembly and for unknown formats.
  public init?(of bytes: some Sequence<UInt8>) {
    let start = Array(bytes.prefix(ForeignFormat.length))
    guard !start.starts(with: ModuleMagic.bytes) else { return nil }
    guard let format = ForeignFormat(binary: start) ?? ForeignFormat(text: start) else { return nil }
    self = format
  }

  /// Its description, as the rest of a sentence that begins with `it is`.
  public var noun: String {
    switch self {
    case .webAssemblyText: "WebAssembly text"
    case .interfaceText: "WIT text"
    case .base64: "base64 text"
    case .hexadecimal: "hexadecimal text"
    case .javaScript: "JavaScript"
    case .html: "an HTML page"
    case .json: "JSON"
    case .lfsPointer: "a Git LFS pointer"
    case .gzip: "gzip data"
    case .zstandard: "zstd data"
    case .xz: "xz data"
    case .bzip2: "bzip2 data"
    case .zip: "a ZIP archive"
    case .tar: "a tar archive"
    case .staticLibrary: "a static library"
    case .bitcode: "LLVM bitcode"
    case .elf: "an ELF file"
    case .machO: "a Mach-O file"
    case .windowsProgram: "a Windows program"
    }
  }

  /// Advice on how to get a module from it.
  public var advice: String {
    switch self {
    case .webAssemblyText: "wasm-tools parse FILE -o FILE.wasm converts it to a module"
    case .interfaceText: "wasm-tools component wit --wasm FILE -o FILE.wasm converts it to a package"
    case .base64: "base64 -d decodes it"
    case .hexadecimal: "xxd -r -p decodes it"
    case .javaScript: "the module is in a .wasm file next to it"
    case .html: "it may be an error page; download the file again, with curl -fL"
    case .json: "it may be a manifest or configuration; the module is a separate file"
    case .lfsPointer: "git lfs pull fetches the file"
    case .gzip: "gzip -dc FILE | wasmstore add - PATH adds the content"
    case .zstandard: "zstd -dc FILE | wasmstore add - PATH adds the content"
    case .xz: "xz -dc FILE | wasmstore add - PATH adds the content"
    case .bzip2: "bzip2 -dc FILE | wasmstore add - PATH adds the content"
    case .zip: "unpack it (a .whl, a .jar and an .npz are ZIP archives) and add the .wasm files in it"
    case .tar: "unpack it and add the .wasm files in it"
    case .staticLibrary: "link it into a module first, for example with wasm-ld"
    case .bitcode: "compile it for WebAssembly and link it first, for example with clang --target=wasm32"
    case .elf, .machO, .windowsProgram:
      "it is for another platform; build the program for WebAssembly, for example for wasm32-wasip1"
    }
  }
}

extension ForeignFormat {
  private static let signatures: [(bytes: [UInt8], format: ForeignFormat)] = [
    ([0x1f, 0x8b], .gzip), ([0x28, 0xb5, 0x2f, 0xfd], .zstandard), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .xz),
    (Array("BZh".utf8), .bzip2), (Array("PK".utf8) + [3, 4], .zip), (Array("PK".utf8) + [5, 6], .zip),
    (Array("!<arch>\n".utf8), .staticLibrary), (Array("!<thin>\n".utf8), .staticLibrary),
    (Array("BC".utf8) + [0xc0, 0xde], .bitcode), ([0xde, 0xc0, 0x17, 0x0b], .bitcode),
    ([0x7f] + Array("ELF".utf8), .elf), (Array("MZ".utf8), .windowsProgram),
    ([0xfe, 0xed, 0xfa, 0xce], .machO), ([0xfe, 0xed, 0xfa, 0xcf], .machO),
    ([0xce, 0xfa, 0xed, 0xfe], .machO),
    ([0xcf, 0xfa, 0xed, 0xfe], .machO), ([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0], .machO),
    (Array("version https://git-lfs".utf8), .lfsPointer),
  ]

  private init?(binary start: [UInt8]) {
    if let known = ForeignFormat.signatures.first(where: { start.starts(with: $0.bytes) }) {
      self = known.format
    } else if start.dropFirst(257).starts(with: "ustar".utf8) {
      self = .tar
    } else {
      return nil
    }
  }

  private init?(text start: [UInt8]) {
    guard !start.contains(0) else { return nil }
    var text = Substring(String(decoding: start, as: UTF8.self))
    if text.first == "\u{feff}" { text.removeFirst() }
    if text.isEncodedModule(inHexadecimal: false) {
      self = .base64
    } else if text.isEncodedModule(inHexadecimal: true) {
      self = .hexadecimal
    } else if text.beginsAsModuleText {
      self = .webAssemblyText
    } else if text.beginsAsMarkup {
      self = .html
    } else if text.beginsAsInterface {
      self = .interfaceText
    } else if text.beginsAsObject {
      self = .json
    } else if text.beginsAsScript {
      self = .javaScript
    } else {
      return nil
    }
  }
}

/// Tests of the beginning of texts.
extension Substring {
  /// Whether it is the magic number of a module, in base64 or in hexadecimal digits as `xxd` and others write them.
  fileprivate func isEncodedModule(inHexadecimal isHexadecimal: Bool) -> Bool {
    guard isHexadecimal else {
      return drop { $0.isWhitespace || $0 == "\"" }.hasPrefix("AGFzb")
        || hasPrefix("data:application/wasm;base64,")
    }
    let line = prefix { !$0.isNewline }
    let digits = (line.split(separator: ":").last ?? "").filter { !$0.isWhitespace }
    return digits.hasPrefix("0061736d") || digits.hasPrefix("0061736D") || digits.hasPrefix("0x0061736d")
  }

  fileprivate var beginsAsModuleText: Bool {
    var rest = withoutComments(line: ";;", from: "(;", to: ";)")
    guard rest.first == "(" else { return false }
    rest = rest.dropFirst().drop(while: \.isWhitespace)
    let words: Set<Substring> = [
      "module", "component", "core", "type", "rec", "import", "func", "table", "memory", "tag", "global",
      "export",
      "start", "elem", "data",
    ]
    return rest.first == "@" || words.contains(rest.prefix { $0.isLetter })
  }

  fileprivate var beginsAsMarkup: Bool {
    let rest = drop(while: \.isWhitespace)
    return rest.first == "<"
      && (rest.dropFirst().first.map { $0.isLetter || $0 == "!" || $0 == "?" } ?? false)
  }

  fileprivate var beginsAsInterface: Bool {
    let rest = withoutComments(line: "//", from: "/*", to: "*/")
    let words = rest.prefix { !$0.isNewline }.split { $0.isWhitespace }
    guard let keyword = words.first, let name = words.dropFirst().first else { return false }
    switch keyword {
    case "package": return name.contains(":")
    case "interface", "world": return words.dropFirst(2).first == "{" || name.hasSuffix("{")
    default: return false
    }
  }

  fileprivate var beginsAsObject: Bool {
    let rest = drop(while: \.isWhitespace)
    guard let first = rest.first, first == "{" || first == "[" else { return false }
    let second = rest.dropFirst().first { !$0.isWhitespace }
    return second == "\"" || second == "{" || (first == "{" && second == "}")
  }

  fileprivate var beginsAsScript: Bool {
    let rest = withoutComments(line: "//", from: "/*", to: "*/")
    if rest.hasPrefix("#!"), rest.prefix(while: { !$0.isNewline }).contains("node") { return true }
    let beginnings = [
      "\"use strict\"", "'use strict'", "const ", "let ", "var ", "function ", "function(", "async function",
      "class ",
      "(function", ";(function", "!function", "(()", "(async", "export default", "export const",
      "export function",
      "export class", "export async", "export {", "export *", "import {", "import *", "import(", "import \"",
      "import '", "globalThis.", "module.exports", "window.", "self.",
    ]
    return beginnings.contains { rest.hasPrefix($0) }
  }

  /// The text after white space and comments.
  private func withoutComments(line: String, from start: String, to end: String) -> Substring {
    var rest = drop(while: \.isWhitespace)
    while true {
      if rest.hasPrefix(line) {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix(start) {
        guard let close = rest.dropFirst(2).firstRange(of: end) else { return "" }
        rest = rest[close.upperBound...]
      } else {
        return rest
      }
      rest = rest.drop(while: \.isWhitespace)
    }
  }
}
