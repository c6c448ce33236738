internal import FileSystem
internal import SystemPackage
public import Wasm

/// The result of a validation: whether bytes are a valid module or component.
public struct Verdict: Hashable, Sendable {
  /// The kind of binary in the header; nil if the header has neither.
  public let encoding: Encoding?
  /// The features that the bytes use; empty if they are invalid.
  public let features: Features
  /// Why they are invalid; nil if they are valid.
  public let error: ValidationError?
  /// The other format that they seem to have; nil if they begin like a module, or if the format is unknown.
  public let format: ForeignFormat?

  /// Whether the bytes are valid.
  public var isValid: Bool { error == nil }

  /// Validates bytes that are completely in memory; if they are many, with the function bodies on all cores.
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

  /// Validates an open file from its current position to its end.
  ///
  /// A regular file is read into memory, so that its function bodies can be checked on all cores; of other inputs, and
  /// of files larger than any module, only a piece is in memory at a time.
  init(of file: FileDescriptor, features: Features) throws(Errno) {
    let size = try remainingSize(of: file)
    if let size, size > 0, size <= Verdict.wholeLimit {
      let bytes = try readWhole(file, size: size)
      // If the file grew, its contents at the time of opening are validated, as if it had been read a moment earlier.
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

  /// The maximum size of a file that is read into memory; no module may be larger (`Wasm`, "Limits").
  private static let wholeLimit = 1 << 30
}

extension ValidationError {
  /// The same error with the function's name from the name section of an input in memory.
  func namingFunction(_ bytes: [UInt8]) -> ValidationError {
    namingFunction { offset, count in Array(bytes.dropFirst(offset).prefix(count)) }
  }
}

extension Encoding {
  /// The encoding in a header; nil if the header is cut off or has an unknown encoding.
  init?(header: ArraySlice<UInt8>) {
    switch Array(header.prefix(ModuleMagic.headerLength)) {
    case ModuleMagic.bytes + [1, 0, 0, 0]: self = .core
    case ModuleMagic.bytes + [0x0d, 0, 1, 0]: self = .component
    default: return nil
    }
  }
}
