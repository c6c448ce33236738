internal import Glibc
internal import Synchronization
public import SystemPackage

/// Who may use the files and folders that are created in a repository: the value of `core.sharedRepository`.
///
/// Source: git-config, `core.sharedRepository`; git's `git_config_perm` and `calc_shared_perm`.
public enum SharedAccess: Hashable, Sendable {
  /// Those whom the user's umask allows.
  case umask
  /// These in addition to those whom the umask allows; they get the bits that the owner has.
  case wider(UInt32)
  /// Exactly these, no matter what the umask is.
  case exactly(UInt32)

  /// Parses the value of `core.sharedRepository`; nil if git refuses it.
  public init?(parsing text: String) {
    switch text.lowercased() {
    // A variable without a value is true.
    case "", "group", "true", "yes", "on", "1": self = .wider(Self.group)
    case "all", "world", "everybody", "2": self = .wider(Self.everybody)
    case "umask", "false", "no", "off": self = .umask
    default:
      guard let mode = UInt32(text, radix: 8) else { return nil }
      switch mode {
      case 0: self = .umask
      case 1: self = .wider(Self.group)
      case 2: self = .wider(Self.everybody)
      default:
        guard mode & 0o600 == 0o600 else { return nil }
        self = .exactly(mode & 0o666)
      }
    }
  }

  private static let group: UInt32 = 0o660
  private static let everybody: UInt32 = 0o664

  /// The mask that replaces the user's. Every file is created with 0666 or 0444 and every folder with 0777, so the
  /// mask decides the permissions, also of files that libgit2 creates.
  func mask(insteadOf user: UInt32) -> UInt32 {
    switch self {
    case .umask: user
    case .wider(let mode): user & ~Self.withExecution(mode)
    case .exactly(let mode): 0o777 & ~Self.withExecution(mode)
    }
  }

  /// Everyone who may read a folder may enter it.
  private static func withExecution(_ mode: UInt32) -> UInt32 { mode | (mode & 0o444) >> 2 }

  /// Makes this process create its files and folders with these permissions.
  ///
  /// The mask belongs to the whole process, so a program sets it once, when it knows its store.
  ///
  /// - Returns: The mask before, for files that belong to no store.
  @discardableResult
  public func adopt() -> UInt32 {
    let user = Glibc.umask(0)
    let mask = mask(insteadOf: user)
    Glibc.umask(mask)
    Self.foldersKeepGroup.store(self != .umask && mask & 0o060 != 0o060, ordering: .relaxed)
    return user
  }

  private static let foldersKeepGroup = Atomic<Bool>(false)

  /// Makes new entries of a new folder belong to the folder's group, if a group shares the repository.
  ///
  /// A folder inherits this from its parent folder.
  ///
  /// - Returns: False if the system refuses it.
  public static func prepareFolder(_ path: FilePath) -> Bool {
    guard foldersKeepGroup.load(ordering: .relaxed) else { return true }
    return path.withPlatformString { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return false }
      return status.st_mode & S_ISGID != 0 || chmod(path, status.st_mode & 0o7777 | S_ISGID) == 0
    }
  }
}
