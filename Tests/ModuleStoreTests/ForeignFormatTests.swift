import Testing

@testable import ModuleStore

@Suite("What is mistaken for a module")
struct ForeignFormatTests {
  static let texts: [(text: String, format: ForeignFormat?)] = [
    ("(module)", .webAssemblyText), (";; a\n(; b ;) ( module $m\n", .webAssemblyText),
    ("(component)", .webAssemblyText), ("(func (export \"f\"))", .webAssemblyText),
    ("package a:b@1.0.0;\n", .interfaceText), ("/// one\ninterface i {\n", .interfaceText),
    ("package main\n", nil), ("AGFzbQEAAAA=", .base64), ("data:application/wasm;base64,AGFzbQ", .base64),
    ("0061736d01000000", .hexadecimal), ("00000000: 0061 736d 0100 0000  .asm....", .hexadecimal),
    ("// loader\nimport { a } from './a.js';", .javaScript), ("var Module = {};", .javaScript),
    ("(function () {})()", .javaScript), ("import sys\n", nil), ("#include <stdio.h>\n", nil),
    ("<!DOCTYPE html>", .html), ("\n<html>", .html), ("<?xml version=\"1.0\"?>", .html),
    ("{\"schemaVersion\": 2}", .json), ("{}", .json), ("[1]", nil),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:00", .lfsPointer), ("", nil),
    ("plain text", nil),
    ("!<arch>\n/", .staticLibrary), ("\u{feff}(module)", .webAssemblyText),
  ]

  @Test("is told by its text", arguments: texts)
  func text(_ text: String, _ format: ForeignFormat?) {
    #expect(ForeignFormat(of: text.utf8) == format)
  }

  static let binaries: [(bytes: [UInt8], format: ForeignFormat?)] = [
    ([0x1f, 0x8b, 8], .gzip), ([0x28, 0xb5, 0x2f, 0xfd], .zstandard), ([0x7f, 0x45, 0x4c, 0x46, 2], .elf),
    ([0xcf, 0xfa, 0xed, 0xfe, 7], .machO), ([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2], .machO),
    ([0x4d, 0x5a, 0x90], .windowsProgram), ([0x42, 0x43, 0xc0, 0xde], .bitcode), ([0x50, 0x4b, 3, 4], .zip),
    ([UInt8](repeating: 0x61, count: 100) + [UInt8](repeating: 0, count: 157) + Array("ustar".utf8), .tar),
    ([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], nil), ([0, 1, 2, 3], nil), ([0xff, 0xfe], nil),
  ]

  @Test("is told by its first bytes", arguments: binaries)
  func binary(_ bytes: [UInt8], _ format: ForeignFormat?) {
    #expect(ForeignFormat(of: bytes) == format)
  }
}
