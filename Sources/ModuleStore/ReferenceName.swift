internal import Git

/// Says why a text cannot name a branch or tag; nil where it can.
func objection(toReference reference: String, name: String) -> String? {
  if name.isEmpty { return "it is empty" }
  if name.utf8.count > ModulePath.stepLimit { return "it is longer than \(ModulePath.stepLimit) bytes" }
  if name == "HEAD" { return "git reserves it" }
  if isHexadecimal(name, count: 4...40) { return "it reads as a commit id" }
  if name.hasPrefix("-") { return "it begins with \"-\"" }
  if name.contains(where: { "~^:@{}?*[\\ ".contains($0) }) {
    return "it has a character of the revision syntax"
  }
  return Repository.isValidReferenceName(reference) ? nil : "git does not allow it"
}
