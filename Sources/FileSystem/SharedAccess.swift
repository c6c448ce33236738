internal import Glibc
internal import Synchronization
public import SystemPackage

/// Who may use the files and folders that are made in a repository: what `core.sharedRepository` says.
///
/// Source: git-config, `core.sharedRepository`; git's `git_config_perm` and `calc_shared_perm`.
public enum SharedAccess: Hashable, Sendable {
  /// Whom the user's umask allows.
  case umask
  /// Those besides whom the umask allows; for them a bit of the owner's is set too.
  case wider(UInt32)
  /// These alone, whatever the umask says.
  case exactly(UInt32)

  /// Reads the value of `core.sharedRepository`; nil where git refuses it.
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

  /// The mask that takes the place of the user's. Every file is made with 0666 or 0444 and every folder with 0777,
  /// so that it decides on the rest, in libgit2 too.
  func mask(insteadOf user: UInt32) -> UInt32 {
    switch self {
    case .umask: user
    case .wider(let mode): user & ~Self.withExecution(mode)
    case .exactly(let mode): 0o777 & ~Self.withExecution(mode)
    }
  }

  /// Whoever may read a folder may enter it.
  private static func withExecution(_ mode: UInt32) -> UInt32 { mode | (mode & 0o444) >> 2 }

  /// Has this process make its files and folders for those whom the value names.
  ///
  /// That is a property of the whole process, so a program does it, once it knows what store it works on.
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

  /// Lets what comes into a new folder belong to the folder's group, where a group shares the repository.
  ///
  /// A folder below one for which that holds has it from there.
  ///
  /// - Returns: False where the system refuses it.
  public static func prepareFolder(_ path: FilePath) -> Bool {
    guard foldersKeepGroup.load(ordering: .relaxed) else { return true }
    return path.withPlatformString { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return false }
      return status.st_mode & S_ISGID != 0 || chmod(path, status.st_mode & 0o7777 | S_ISGID) == 0
    }
  }
}
