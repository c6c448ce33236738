internal import Git
internal import Identifiers

/// The maximum length of a full name, in bytes: less than the limit of the file system for a path, with the store's
/// path before it.
private let nameLimit = 1_024

/// The maximum length between two slashes, in bytes: the file needs room for `.lock` within the 255 bytes of a file
/// name.
private let stepLimit = 250

/// Returns why a text cannot be the name of a branch or tag; nil if it can.
func objection(toReference reference: String, name: String) -> String? {
  if name.isEmpty { return "it is empty" }
  if name.utf8.count > nameLimit { return "it is longer than \(nameLimit) bytes" }
  if name.utf8.split(separator: 0x2f).contains(where: { $0.count > stepLimit }) {
    return "a segment is longer than \(stepLimit) bytes"
  }
  if name == "HEAD" || name == "@" { return "git reserves it" }
  if isHexadecimal(name, count: 40...40) { return "it looks like a commit id" }
  // As bytes, like git: a dash with an accent is one character.
  if name.utf8.first == 0x2d { return "it begins with \"-\"" }
  let bytes = Array(name.utf8)
  // libgit2 would treat it as the end.
  if bytes.contains(0) { return "it has a control character" }
  let hasBraceAfterAt = zip(bytes, bytes.dropFirst()).contains { $0 == 0x40 && $1 == 0x7b }
  if hasBraceAfterAt || bytes.contains(where: { "~^:?*[\\ ".utf8.contains($0) }) {
    return "it has a character that revisions use as syntax"
  }
  return Repository.isValidReferenceName(reference) ? nil : "git does not allow this name"
}
