import FoundationEssentials
import Identifiers
import JSONText
import Testing
import StoreJSON
import StoreServer

@testable import CommandLineTool
@testable import ModuleStore
@testable import Wasm

/// Every error of the store: its text, hint and exit status, as in the documentation.
@Suite struct FailureTests {
  private static let digest = ModuleDigest(hex: String(repeating: "b6", count: 32))
  private static let path = "/a.wasm"

  /// One error of each case, with typical payloads.
  private static func samples() throws -> [StoreError] {
    let path = try ModulePath(path)
    let violation = PolicyViolation(
      path: RawPath(Array("/a.wasm".utf8)), rule: "imports",
      reason: "it imports env.log; allowed: wasi_*", setting: "wasmstore.branch.main.policy")
    let (dev, tag) = (try BranchName("dev"), try TagName("v1"))
    return [
      .moduleNotFound(reference: "/a.wasm", branch: .main, lastAt: "77aa1c0:/a.wasm"),
      .notAModule(path: "/readme.txt", kind: .file), .branchNotFound(dev), .tagNotFound(tag),
      .noCommits(.main),
      .unknownRevision("nope"), .versionNotFound(number: 9, path: path, count: 2),
      .nothingToRollBack("/a.wasm", available: 1), .nothingToUndo, .nothingToRedo, .operationNotFound("99"),
      .ambiguousRevision("77aa", candidates: ["77aa1c0", "77aab21"]),
      .ambiguousModule("9c5765e", candidates: ["9c5765e4", "9c5765e5"]),
      .invalidPath("../a", reason: "\"..\" is not allowed"),
      .invalidName("a..b", reason: "git does not allow this name"),
      .invalidHash("xyz"), .invalidRevision("main~9", reason: "77aa1c0 has no parent"),
      .invalidModule(source: "a.wasm", ValidationError(.unexpectedEnd, at: 0, "unexpected end-of-file")),
      .invalidModules([InvalidModule(source: "a.wasm", message: "unexpected end-of-file")], of: 37),
      .headUnexpected(
        .main, expected: CommitID(hex: "9c5765e" + String(repeating: "0", count: 33)),
        found: CommitID(hex: "77aa1c0" + String(repeating: "0", count: 33))),
      .pathConflict("/a.wasm is a file, not a directory"),
      .source(path: "a.wasm", reason: "No such file or directory"),
      .foreignFormat(path: "./app.wat", format: .webAssemblyText), .unknownSetting("autor"),
      .unsafeArchive(entry: "./hooks/post-receive", reason: "a backup never has this entry"),
      .damagedArchive("the archive is truncated"), .storeExists(path: "store"),
      .invalidSetting(
        key: "wasmstore.author", value: "<>", reason: "it does not have the form NAME or NAME <MAIL>"),
      .branchExists(dev), .tagExists(tag), .branchProtected(dev), .branchIsDefault(.main),
      .branchIsSymbolic(dev, target: "refs/heads/main"), .branchCheckedOut(dev, at: "/srv/tree"),
      .policyRefused(branch: .main, [violation]), .changesRefused(.main), .tagKept(tag),
      .hookExists(path: "store/hooks/update"),
      .branchMoved(.main),
      .pathMoved(path, .main),
      .mergeConflict(try conflicts()), .notFastForward(from: "dev", into: .main), .invalidPick(path),
      .expectationFailed(path: path, expected: "no module", found: digest),
      .cannotUndo(operation: "9a1c2f0077aa", reference: "refs/heads/main"),
      .beyondHorizon(operation: "9a1c2f0077aa"),
      .root(path: "store", reason: "it is a file"), .noStore(path: "store"), .foreignOwner(path: "store"),
      .unsupportedFormat(path: "store", .objectFormat("sha256")),
      .noDefaultBranch(named: .main, others: [dev]), .omittedObject("5e1002eb"),
      .beyondBoundary("cannot merge dev into main"),
      .notAStore(path: "store", seems: "a git work tree", isPredecessor: false),
      .newerFormat(path: "store", found: 2, supported: 1), .readOnly(path: "store"),
      .locked(what: "store/write.lock", seconds: 60),
      .damaged("the bytes of b6b033aa have the hash d926c503"),
      .brokenReference("refs/heads/main", problem: "refs/heads/main is empty", last: "5e1002eb"),
      .cancelled, .system(what: "cannot write the module", errno: 28), .failed("the clock is broken"),
    ]
  }

  private static func conflicts() throws -> MergeConflicts {
    MergeConflicts(
      from: "dev", into: .main,
      conflicts: [MergeConflict(path: RawPath(Array("/b.wasm".utf8)), base: nil, ours: digest, theirs: nil)])
  }

  private static func projectFile(_ path: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return try String(contentsOf: URL(filePath: "/\(root)/\(path)"), encoding: .utf8)
  }

  private static func row(_ failure: Failure) -> String {
    let hint = failure.hint.map { " `\($0)`" } ?? ""
    return "| `\(failure.code.rawValue)` | \(failure.code.status) | `\(failure.message)` |\(hint) |\n"
  }

  @Test func `every error stands in the catalogue of the documentation`() throws {
    let page = try Self.projectFile("Documentation/cli.md")
    for error in try Self.samples() {
      let row = Self.row(Failure(error))
      let isListed = page.contains(row)
      #expect(isListed, "\(row)")
    }
  }

  @Test(arguments: [
    AccessError.invalidLine(file: "keys", line: 3, reason: "the member until is unknown"),
    .invalidEntry(number: 2, reason: "it has no colon"), .noFile("keys"), .keyNotFound("ci", file: "keys"),
    .keyExists("ci", file: "keys"), .locked(file: "keys", seconds: 60),
    .system(what: "cannot create keys", reason: "Permission denied"),
  ])
  func `every error of keys stands in the catalogue`(error: AccessError) throws {
    let row = Self.row(Failure(error))
    let isListed = try Self.projectFile("Documentation/cli.md").contains(row)
    #expect(isListed, "\(row)")
  }

  @Test func `the samples have every case of the store's errors`() throws {
    let source = try Self.projectFile("Sources/ModuleStore/Store/StoreError.swift")
    let declaration = source.split(separator: "extension StoreError").first ?? ""
    let declared = declaration.split(separator: "\n").compactMap { line in
      line.hasPrefix("  case ") ? line.dropFirst(7).prefix { $0.isLetter } : nil
    }
    let sampled = try Self.samples().map { "\($0)".prefix { $0.isLetter } }
    #expect(Set(sampled.map { String($0) }) == Set(declared.map { String($0) }))
    #expect(sampled.count == declared.count)
  }

  @Test func `every code and exit status is documented`() throws {
    let page = try Self.projectFile("Documentation/cli.md")
    for code in Failure.Code.allCases {
      let isDocumented = page.contains("| `\(code.rawValue)` | \(code.status) |")
      #expect(isDocumented, "\(code)")
    }
  }

  @Test func `text has the hint, on a terminal and in a pipe`() throws {
    let failure = Failure(StoreError.noCommits(.main))
    let text = "ERROR no commits on main\nhint: wasmstore add makes the first commit\n"
    #expect(failure.text(.plain) == text)
    #expect(failure.text(Style(isTerminal: true, hasColor: false)) == text)
    #expect(
      failure.json.line
        == #"{"error":{"code":"not_found","hint":"wasmstore add makes the first commit","message":"no commits on main"}}"#
    )
  }

  @Test func `a conflict lists its paths`() throws {
    let failure = Failure(StoreError.mergeConflict(try Self.conflicts()))
    let hex = String(repeating: "b6", count: 32)
    #expect(
      failure.text(.plain)
        == "ERROR merge of dev into main: 1 conflict\nconflict\t/b.wasm\tbase none\tmain \(hex)\tdev none\n"
        + "hint: use --ours, --theirs, or --pick /b.wasm=theirs\n")
    let terminal = Style(isTerminal: true, hasColor: false)
    #expect(
      failure.text(terminal)
        == "ERROR merge of dev into main: 1 conflict\nconflict  base none  main b6b6b6b6  dev none  /b.wasm\n"
        + "hint: use --ours, --theirs, or --pick /b.wasm=theirs\n")
  }

  @Test func `control characters are spelt out`() {
    #expect(Failure(.failed, "a\n\u{1b}[31mb").text(.plain) == "ERROR a\\n\\u{1B}[31mb\n")
  }
}
