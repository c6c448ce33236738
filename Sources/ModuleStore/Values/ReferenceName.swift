internal import Git
internal import Identifiers

/// The most bytes of a whole name: less than what the file system takes for a path, whatever stands before it.
private let nameLimit = 1_024

/// The most bytes between two slashes of a name: its file needs room for `.lock` among the 255 bytes of a file's name.
private let stepLimit = 250

/// Says why a text cannot name a branch or tag; nil where it can.
func objection(toReference reference: String, name: String) -> String? {
  if name.isEmpty { return "it is empty" }
  if name.utf8.count > nameLimit { return "it is longer than \(nameLimit) bytes" }
  if name.utf8.split(separator: 0x2f).contains(where: { $0.count > stepLimit }) {
    return "a step is longer than \(stepLimit) bytes"
  }
  if name == "HEAD" || name == "@" { return "git reserves it" }
  if isHexadecimal(name, count: 40...40) { return "it reads as a commit id" }
  // Bytes, as git looks at them: a dash and an accent are one character.
  if name.utf8.first == 0x2d { return "it begins with \"-\"" }
  let bytes = Array(name.utf8)
  // libgit2 would take it for the end.
  if bytes.contains(0) { return "it has a control character" }
  let hasBraceAfterAt = zip(bytes, bytes.dropFirst()).contains { $0 == 0x40 && $1 == 0x7b }
  if hasBraceAfterAt || bytes.contains(where: { "~^:?*[\\ ".utf8.contains($0) }) {
    return "it has a character of the revision syntax"
  }
  return Repository.isValidReferenceName(reference) ? nil : "git does not allow it"
}
