internal import Catalog
internal import Git
public import Wasm

/// A module whose bytes may arrive slowly, for example from a pipe or a request. It is validated piece by piece as it
/// arrives, and stored in memory or in a temporary file.
///
/// No lock is held meanwhile, and it needs no connection. Releasing it removes its temporary file.
///
/// The receiver of a module handles one piece at a time, on any thread, so calls never overlap.
public final class IncomingModule: @unchecked Sendable {
  /// Its name in messages.
  let name: String
  /// The features that it may use; nil if an invalid module is stored too.
  private let features: Features?
  private let writer: LooseObjectWriter
  private var inspection: Inspection
  /// All bytes, or only the first ones if `stream` contains all.
  private var start: [UInt8] = []
  private var stream: LooseObjectStream?

  /// The size in bytes above which modules are written to a temporary file, to limit memory.
  private static let wholeLimit = 1 << 20

  init(named name: String, accepting features: Features?, to writer: LooseObjectWriter) {
    self.name = name
    self.features = features
    self.writer = writer
    inspection = Inspection(features: features ?? .all)
  }

  /// The number of bytes received.
  public var size: Int { inspection.size }

  /// Adds the next bytes.
  ///
  /// - Throws: `StoreError.invalidModule` as soon as the bytes are found invalid, `.system` if they cannot be stored.
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

  /// Finishes the module after all bytes have arrived.
  ///
  /// - Returns: The module, which can be stored once.
  /// - Throws: `StoreError.invalidModule`.
  public func finish() throws(StoreError) -> SpooledModule {
    let facts = inspection.finish()
    try refuse(inspection.error)
    guard let digest = facts.digest else {
      throw .source(path: name, reason: "it is not a WebAssembly binary")
    }
    if let stream = stream.take() {
      return SpooledModule(named: name, digest: digest, facts: facts, content: .stream(stream))
    }
    return SpooledModule(named: name, digest: digest, facts: facts, content: .whole(start))
  }

  /// Throws the error if it must be reported. Even without a required verdict, the bytes must be a module.
  ///
  /// `piece`: The bytes with the error, which are not stored yet.
  private func refuse(_ error: ValidationError?, after piece: [UInt8] = []) throws(StoreError) {
    guard let error, features != nil || !inspection.isModule else { return }
    let bytes = stream == nil ? start + piece : start
    throw .invalidModule(
      source: name, error.namingFunction(bytes), format: ForeignFormat(of: bytes.prefix(ForeignFormat.length))
    )
  }
}

extension StoreSession {
  /// Starts to receive a module, which can be added when it is complete.
  ///
  /// - Parameters:
  ///   - name: Its name in messages.
  ///   - features: The features that it may use; nil for the setting `add.features`, otherwise the default set.
  /// - Returns: The receiver of its bytes.
  /// - Throws: `StoreError.invalidSetting`.
  public func receiveModule(named name: String, accepting features: Features? = nil) throws(StoreError)
    -> IncomingModule
  {
    let accepted: Features
    if let features { accepted = features } else { accepted = try acceptedFeatures }
    return IncomingModule(named: name, accepting: accepted, to: looseObjects)
  }
}
