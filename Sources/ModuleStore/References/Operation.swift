internal import Identifiers

/// One move of references, as the operation record keeps it.
public struct Operation: Hashable, Sendable {
  /// A reference that moved.
  public struct Move: Hashable, Sendable {
    /// The full name, such as `refs/heads/main`, or `HEAD`.
    public let name: String
    /// The object's id, or `ref: NAME`; nil if there was none.
    public let before: String?
    /// The object's id, or `ref: NAME`; nil if there is none any more.
    public let after: String?
  }

  /// A setting that changed.
  public struct SettingChange: Hashable, Sendable {
    /// The whole name of the setting.
    public let key: String
    /// The value before; nil if there was none.
    public let before: String?
    /// The value after; nil if there is none any more.
    public let after: String?
  }

  /// Twelve hexadecimal digits that no other operation of the store has.
  public let id: String
  /// When it was done.
  public let time: Timestamp
  /// The command, such as `add /a.wasm`.
  public let command: String
  /// Who did it.
  public let author: String
  /// The mail address of who did it; nil in a line of a program that did not record it.
  public var mail: String? = nil
  /// What moved.
  public let moves: [Move]
  /// What changed in the store's settings of branches.
  public var settings: [SettingChange] = []
  /// The operation that this one undid.
  public let undoes: String?
  /// Whether the objects that undoing it takes may be gone, so that it can only be listed.
  public internal(set) var isBeyondHorizon = false

  /// Draws an id.
  static func newID() -> String {
    let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
    return String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// What git's reflogs say of it.
  var logMessage: String { Operation.logMark + command }

  /// What a line of a reflog begins with that wasmstore wrote.
  static let logMark = "wasmstore: "
}
