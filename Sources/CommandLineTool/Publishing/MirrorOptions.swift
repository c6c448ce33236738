internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The options of a mirror of a published branch.
struct MirrorOptions: ParsableArguments {
  @Option(
    "mirror", value: "bucket", help: "Also keep each path as a key of this bucket (NATS).")
  private var bucket: String?
  @Option("inline-max", value: "size", help: "Store contents up to this size as values. (default: 0)")
  private var inlineLimit: ByteSize?
  @Option("key-style", value: "style", help: "The form of keys.")
  private var keys: NATSKey.Style?

  /// Refuses the options if there is no TARGET.
  func check(hasTarget: Bool) throws(Failure) {
    guard bucket != nil || inlineLimit == nil && keys == nil else {
      throw .usage("--inline-max and --key-style require --mirror")
    }
    guard bucket == nil || hasTarget else { throw .usage("--mirror requires a TARGET") }
  }

  /// The requested mirror; nil if none is named.
  ///
  /// - Throws: `Failure` if mirrors are not possible at the place.
  func request(at place: PublishPlace) throws(Failure) -> NATSMirror.Request? {
    guard let bucket else { return nil }
    guard case .nats = place.remote else { throw .usage("--mirror can be used only with a NATS server") }
    return NATSMirror.Request(bucket: bucket, inlineLimit: inlineLimit?.bytes, keys: keys)
  }
}

extension NATSMirror.Outcome {
  /// The lines that report it.
  ///
  /// - Parameters:
  ///   - style: The style of the output.
  ///   - withKeys: Whether each key has a line.
  /// - Returns: The lines; none if nothing changed.
  func text(_ style: Style, withKeys: Bool) -> String {
    var table = Table(style, wraps: true)
    if withKeys {
      for item in stored {
        let path = RawPath([0x2f] + item.path).spelled
        table.append(
          style.isTerminal
            ? ["put", byteCount(item.size), item.key, path] : ["put", item.key, String(item.size), path])
      }
      for key in removed { table.append(["delete"] + (style.isTerminal ? [""] : []) + [key]) }
    }
    guard isChange else { return table.text }
    var mirror = Table(style)
    mirror.append(["mirror", bucket, before.map { style.short($0) } ?? "-", style.short(manifest)])
    return table.text + mirror.text
  }

  var json: JSONValue {
    .object([
      ("bucket", .text(bucket)), ("put", .count(stored.count)), ("deleted", .count(removed.count)),
      ("bytes", .count(stored.reduce(0) { $0 + $1.size })),
    ])
  }
}

extension Failure {
  /// Describes why a mirror was not updated to the published revision.
  init(mirroring error: any Error, to bucket: String) {
    let failure = Failure(error)
    let code: Code
    switch failure.code {
    case .remoteRefused, .interrupted: code = failure.code
    default: code = .remoteFailed
    }
    self.init(
      code, "the branch was published, but the mirror \(bucket) was not updated: \(failure.message)",
      hint: "run the command with --mirror again to update it")
  }
}
