internal import Clibgit2

/// The library versions of this build.
public enum BuildFacts {
  /// The version of libgit2, such as `1.5.1`.
  public static let libgit2Version = LIBGIT2_VERSION
}
