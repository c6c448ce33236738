internal import FileSystem
internal import SystemPackage
public import Wasm

/// Whether bytes are a valid module or component.
public struct Verdict: Hashable, Sendable {
  /// What the header says that the bytes are; nil where it says neither.
  public let encoding: Encoding?
  /// The features that the bytes use; empty where they are refused.
  public let features: Features
  /// Why they are refused; nil where they are valid.
  public let error: ValidationError?
  /// What they are instead of a module; nil where they begin as one, and where that is not known.
  public let format: ForeignFormat?

  /// Whether the bytes are valid.
  public var isValid: Bool { error == nil }

  /// Judges bytes that are in memory as a whole, many function bodies on all cores.
  public init(of bytes: [UInt8], features: Features = .default) {
    do throws(ValidationError) {
      let facts = try validate(bytes.span.bytes, features: features) { (bodies) throws(ValidationError) in
        try bodies.check(in: bytes)
      }
      self.init(encoding: facts.encoding, features: facts.features, error: nil)
    } catch {
      self.init(refusing: bytes.prefix(ForeignFormat.length), error.namingFunction(bytes))
    }
  }

  /// Judges what an open file holds from where it stands to its end.
  ///
  /// A regular file is read whole, so that its function bodies can be checked on all cores; of anything else, and
  /// of files larger than any module, only a piece is in memory at a time.
  init(of file: FileDescriptor, features: Features) throws(Errno) {
    let size = try remainingSize(of: file)
    if let size, size > 0, size <= Verdict.wholeLimit {
      let bytes = try readWhole(file, size: size)
      // A file that grew is judged as it was when it was opened, as if it had been read a moment earlier.
      self.init(of: bytes, features: features)
      return
    }
    var validator = ModuleValidator(features: features)
    var header: ArraySlice<UInt8> = []
    var refusal: ValidationError?
    var buffer = [UInt8](repeating: 0, count: readLength)
    var count = 0
    repeat {
      count = try fill(&buffer, from: file)
      if header.count < ForeignFormat.length { header += buffer.prefix(min(count, ForeignFormat.length)) }
      do { try validator.feed(buffer.span.bytes.extracting(first: count)) } catch { refusal = error }
    } while refusal == nil && count == buffer.count
    do throws(ValidationError) {
      if let refusal { throw refusal }
      let facts = try validator.finish()
      self.init(encoding: facts.encoding, features: facts.features, error: nil)
    } catch {
      self.init(refusing: header, error)
    }
  }

  private init(
    encoding: Encoding?, features: Features, error: ValidationError?, format: ForeignFormat? = nil
  ) {
    self.encoding = encoding
    self.features = features
    self.error = error
    self.format = format
  }

  private init(refusing header: ArraySlice<UInt8>, _ error: ValidationError) {
    self.init(
      encoding: Encoding(header: header), features: [], error: error, format: ForeignFormat(of: header))
  }

  /// The largest file that is read whole; no module may be larger (`Wasm`, "Limits").
  private static let wholeLimit = 1 << 30
}

extension ValidationError {
  /// The same refusal with the name that the name section of an input in memory gives its function.
  func namingFunction(_ bytes: [UInt8]) -> ValidationError {
    namingFunction { offset, count in Array(bytes.dropFirst(offset).prefix(count)) }
  }
}

extension Encoding {
  /// What a header announces; nil where it is cut off, or is of neither kind.
  init?(header: ArraySlice<UInt8>) {
    switch Array(header.prefix(ModuleMagic.headerLength)) {
    case ModuleMagic.bytes + [1, 0, 0, 0]: self = .core
    case ModuleMagic.bytes + [0x0d, 0, 1, 0]: self = .component
    default: return nil
    }
  }
}
