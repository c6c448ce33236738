internal import Git
internal import Identifiers

/// Says why a text cannot name a branch or tag; nil where it can.
func objection(toReference reference: String, name: String) -> String? {
  if name.isEmpty { return "it is empty" }
  if name.utf8.count > ModulePath.stepLimit { return "it is longer than \(ModulePath.stepLimit) bytes" }
  if name == "HEAD" { return "git reserves it" }
  if isHexadecimal(name, count: 4...40) { return "it reads as a commit id" }
  // Bytes, as git looks at them: a dash and an accent are one character.
  if name.utf8.first == 0x2d { return "it begins with \"-\"" }
  if name.utf8.contains(where: { "~^:@{}?*[\\ ".utf8.contains($0) }) {
    return "it has a character of the revision syntax"
  }
  return Repository.isValidReferenceName(reference) ? nil : "git does not allow it"
}
