internal import Clibgit2

extension ObjectKind {
  /// The name of the kind in an object's header.
  var name: String {
    switch self {
    case .commit: "commit"
    case .tree: "tree"
    case .blob: "blob"
    case .tag: "tag"
    }
  }

  /// libgit2 uses the numbers of the pack format, as `ObjectKind` does.
  var raw: git_object_t { git_object_t(rawValue: rawValue) }

  /// The header before an object's bytes, in its hash and in its loose file.
  func header(size: Int) -> [UInt8] { Array("\(name) \(size)\0".utf8) }
}
