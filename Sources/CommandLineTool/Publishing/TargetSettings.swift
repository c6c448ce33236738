internal import ModuleStore

/// The settings `kv.NAME.…` of a store: a named publishing target.
struct TargetSettings {
  /// The target, in the form of the command line.
  var url: String?
  /// The service of the heads, as for `--head`.
  var head: String?
  /// The store's name among those published there.
  var store: String?
  /// The account at Cloudflare.
  var account: String?
  /// The namespace: its id, or its title.
  var namespace: String?
  /// The file of the token for the values.
  var tokenFile: String?
  /// The file of the token for the heads.
  var headTokenFile: String?

  /// The number of revisions of each branch that a prune keeps.
  var keep: Int?
  /// The minimum age of a value before a prune deletes it, in seconds.
  var grace: Int64?

  /// Creates empty settings.
  init() {}

  /// Reads the settings of a name; empty if there is no store.
  ///
  /// - Throws: `StoreError`.
  init(of name: String, _ session: Session) throws {
    let store: StoreSession
    do { store = try session.store } catch StoreError.noStore { return }
    func value(_ part: String) throws(StoreError) -> String? {
      try store.setting("kv.\(name).\(part)")?.value
    }
    (url, head, self.store) = (try value("url"), try value("head"), try value("store"))
    (account, namespace) = (try value("account"), try value("namespace"))
    keep = try value("keep").flatMap { Int($0) }
    grace = try value("grace").flatMap { TimeSpan(argument: $0)?.seconds }
    (tokenFile, headTokenFile) = (try value("tokenFile"), try value("headTokenFile"))
  }
}
