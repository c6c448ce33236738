internal import Catalog
internal import Git
public import Wasm

/// A module whose bytes come from where they may take any time, such as a pipe or a request: judged piece by piece as it
/// comes, and kept in memory or in a temporary file.
///
/// No lock is held meanwhile, and it needs no connection. Whoever drops it leaves nothing behind.
///
/// Whoever receives a module waits for each piece before the next one comes, on whatever thread: no two calls meet.
public final class IncomingModule: @unchecked Sendable {
  /// What messages call it.
  let name: String
  /// The features that it may use; nil where an invalid module is stored too.
  private let features: Features?
  private let writer: LooseObjectWriter
  private var inspection: Inspection
  /// All bytes, or the first ones where `stream` has them all.
  private var start: [UInt8] = []
  private var stream: LooseObjectStream?

  /// Larger modules go to a temporary file, so that memory stays flat.
  private static let wholeLimit = 1 << 20

  init(named name: String, accepting features: Features?, to writer: LooseObjectWriter) {
    self.name = name
    self.features = features
    self.writer = writer
    inspection = Inspection(features: features ?? .all)
  }

  /// The number of bytes that came.
  public var size: Int { inspection.size }

  /// Takes the next bytes.
  ///
  /// - Throws: `StoreError.invalidModule` as soon as the bytes show it, `.system` where they cannot be kept.
  public func append(_ bytes: [UInt8]) throws(StoreError) {
    inspection.update(bytes.span.bytes)
    try refuse(inspection.error, after: bytes)
    if stream == nil, start.count + bytes.count > IncomingModule.wholeLimit {
      let start = start
      stream = try translated { () throws(GitError) in
        var stream = try writer.begin(kind: .blob, size: nil)
        try stream.append(start.span.bytes)
        return stream
      }
    }
    if stream == nil {
      start += bytes
    } else {
      try translated { () throws(GitError) in try stream?.append(bytes.span.bytes) }
    }
  }

  /// Ends it: all bytes have come.
  ///
  /// - Returns: The module, which can be stored once.
  /// - Throws: `StoreError.invalidModule`.
  public func finish() throws(StoreError) -> SpooledModule {
    let facts = inspection.finish()
    try refuse(inspection.error)
    guard let digest = facts.digest else { throw .source(path: name, reason: "it is no WebAssembly") }
    if let stream = stream.take() {
      return SpooledModule(named: name, digest: digest, facts: facts, content: .stream(stream))
    }
    return SpooledModule(named: name, digest: digest, facts: facts, content: .whole(start))
  }

  /// Whoever waives the verdict still wants a module.
  ///
  /// `piece`: The bytes that showed it, which are not kept yet.
  private func refuse(_ error: ValidationError?, after piece: [UInt8] = []) throws(StoreError) {
    guard let error, features != nil || !inspection.isModule else { return }
    let bytes = stream == nil ? start + piece : start
    throw .invalidModule(
      source: name, error.namingFunction(bytes), format: ForeignFormat(of: bytes.prefix(ForeignFormat.length))
    )
  }
}

extension StoreSession {
  /// Begins to receive a module, which can be added once it is whole.
  ///
  /// - Parameters:
  ///   - name: What messages call it.
  ///   - features: The features that it may use; nil for the setting `add.features`, else the default set.
  /// - Returns: What takes its bytes.
  /// - Throws: `StoreError.invalidSetting`.
  public func receiveModule(named name: String, accepting features: Features? = nil) throws(StoreError)
    -> IncomingModule
  {
    let accepted: Features
    if let features { accepted = features } else { accepted = try acceptedFeatures }
    return IncomingModule(named: name, accepting: accepted, to: looseObjects)
  }
}
