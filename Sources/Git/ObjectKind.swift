internal import Clibgit2

/// Names the four kinds of git object by the numbers that a pack gives them.
public enum ObjectKind: UInt8, CaseIterable, Hashable, Sendable {
  case commit = 1
  case tree = 2
  case blob = 3
  case tag = 4

  /// The word that stands for the kind in an object's header.
  public var name: String {
    switch self {
    case .commit: "commit"
    case .tree: "tree"
    case .blob: "blob"
    case .tag: "tag"
    }
  }

  /// libgit2 uses the numbers of the pack format too.
  var raw: git_object_t { git_object_t(rawValue: git_object_t.RawValue(rawValue)) }

  /// What stands before an object's bytes in its hash and in its loose file.
  func header(size: Int) -> [UInt8] { Array("\(name) \(size)\0".utf8) }
}

extension ObjectKind: CustomStringConvertible {
  /// The kind's name in a header.
  public var description: String { name }
}
