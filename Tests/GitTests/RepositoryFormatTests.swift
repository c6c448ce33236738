import Support
import SystemPackage
import Testing

@testable import Git

/// Which repositories can be opened, and the errors for the others.
@Suite struct RepositoryFormatTests {
  private func open(_ settings: [(String, String)]) throws -> Repository {
    let repository = try TemporaryRepository()
    for (key, value) in settings {
      try run(["git", "config", "-f", repository.path.appending("config").string, key, value])
    }
    return try withExtendedLifetime(repository) { try Repository(openingAt: repository.path) }
  }

  @Test(
    arguments: [
      ("extensions.objectFormat", "sha256", .objectFormat("sha256")),
      ("extensions.refStorage", "reftable", .referenceStorage("reftable")),
      ("extensions.someDay", "true", .extension("someday")),
      ("core.repositoryFormatVersion", "2", .version("2")),
    ] as [(String, String, UnsupportedFormat)])
  func `refuses what it cannot read`(key: String, value: String, format: UnsupportedFormat) throws {
    let error = #expect(throws: GitError.self) {
      try open([("core.repositoryFormatVersion", "1"), (key, value)])
    }
    #expect(error?.code == .unsupported(format))
  }

  @Test(arguments: [
    ("extensions.objectFormat", "sha1"), ("extensions.refStorage", "files"),
    ("extensions.worktreeConfig", "true"), ("extensions.preciousObjects", "true"), ("extensions.noop", "1"),
  ])
  func `opens what changes nothing`(key: String, value: String) throws {
    #expect(try !open([("core.repositoryFormatVersion", "1"), (key, value)]).isPartialClone)
  }

  @Test(arguments: [
    ("extensions.partialClone", "origin", true), ("remote.o.promisor", "true", true),
    ("remote.o.promisor", "false", false), ("remote.o.url", "promisor", false),
  ])
  func `knows a partial clone`(key: String, value: String, isPartial: Bool) throws {
    #expect(try open([(key, value)]).isPartialClone == isPartial)
  }

  @Test func `says why the system refused, whatever libgit2 made of its error`() throws {
    let repository = try TemporaryRepository()
    let config = repository.path.appending("config")
    try run(["rm", config.string])
    try run(["mkdir", config.string])
    let error = #expect(throws: GitError.self) { try Repository(openingAt: repository.path) }
    #expect(error.map { !$0.message.contains("Success") } == true)
  }
}
