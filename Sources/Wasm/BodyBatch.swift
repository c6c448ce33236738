/// Function bodies that are ready for validation, in independent pieces.
///
/// The pieces are numbered in file order. They can be validated in any order and on several threads; if several have
/// errors, the error of the piece with the lowest number is the first in the file.
public struct BodyBatch: Sendable {
  /// Consecutive bodies in the file.
  struct Piece: Sendable {
    /// The offset of the size of the first body.
    var start: Int
    var end: Int
    /// The index of the first body in the module's function index space.
    var firstFunction: Int
    var bodyCount: Int
  }

  let context: CodeContext
  private(set) var pieces: [Piece] = []

  init(context: CodeContext) { self.context = context }

  /// The number of pieces.
  public var count: Int { pieces.count }

  /// The number of bytes in all the bodies.
  public var byteCount: Int { pieces.reduce(0) { $0 + $1.end - $1.start } }

  /// The size at which a piece is closed, in bytes: large enough to be worth a thread.
  private static let pieceSize = 1 << 16

  /// Adds the next body of the module.
  mutating func add(function: Int, from start: Int, to end: Int) {
    if let last = pieces.indices.last, pieces[last].end - pieces[last].start < BodyBatch.pieceSize {
      pieces[last].end = end
      pieces[last].bodyCount += 1
    } else {
      pieces.append(Piece(start: start, end: end, firstFunction: function, bodyCount: 1))
    }
  }

  /// Validates the bodies of one piece, in order.
  ///
  /// - Parameters:
  ///   - number: The piece, below `count`.
  ///   - bytes: The whole input of the batch.
  /// - Returns: The features that the bodies use.
  /// - Throws: The first error in them.
  public func check(_ number: Int, in bytes: RawSpan) throws(ValidationError) -> Features {
    try bytes.withUnsafeBytes { (bytes) throws(ValidationError) in
      var reader = ByteReader(bytes.bindMemory(to: UInt8.self), at: 0)
      return try check(pieces[number], &reader)
    }
  }

  private func check(_ piece: Piece, _ reader: inout ByteReader) throws(ValidationError) -> Features {
    try reader.skip(piece.start)
    var functions = FunctionValidator(allowedFeatures: context.allowedFeatures)
    try context.withView { (view) throws(ValidationError) in
      functions.view = view
      for function in piece.firstFunction..<piece.firstFunction + piece.bodyCount {
        let size = Int(try reader.u32())
        let body = try reader.slice(size)
        try functions.validate(body, function: function, followedBy: reader)
      }
    }
    return functions.takeUsedFeatures()
  }
}

/// Validates a module or component that is completely in memory, except the function bodies, which the caller
/// validates.
///
/// When all bodies of a core module were found, `checkBodies` is called with them. It must validate all pieces, on any
/// number of threads, return the union of the features that they use, and throw the error of the piece with the lowest
/// number if any has one.
///
/// - Throws: The first error in file order, the same as `ModuleValidator` finds.
public func validate(
  _ bytes: RawSpan, features: Features = .default,
  checkingBodies checkBodies: (BodyBatch) throws(ValidationError) -> Features
) throws(ValidationError) -> ModuleDescription {
  try bytes.withUnsafeBytes { (bytes) throws(ValidationError) in
    var decoder = BinaryDecoder(features: features, defersBodies: true)
    var window = ByteReader(bytes.bindMemory(to: UInt8.self), at: 0)
    while true {
      var failure: ValidationError?
      do throws(ValidationError) {
        _ = try decoder.advance(&window)
      } catch {
        failure = error
      }
      let batch = decoder.takeBatch()
      if let batch { try decoder.check(batch, by: checkBodies) }
      if let failure { throw failure }
      if batch == nil { break }
    }
    return try decoder.finish(at: window.endOffset, isEntryPending: !window.isAtEnd)
  }
}
