/// Function bodies that are ready to be checked, in pieces that do not depend on each other.
///
/// The pieces are numbered in file order. They can be checked in any order and on any threads at once; if several are
/// refused, the refusal of the one with the lowest number comes first in the file.
public struct BodyBatch: Sendable {
  /// Bodies that follow each other in the file.
  struct Piece: Sendable {
    /// Where the size of the first body stands.
    var start: Int
    var end: Int
    /// The place of the first body in the module's function index space.
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

  /// The size at which a piece is closed, in bytes: large enough to be worth a thread's while.
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

  /// Checks the bodies of one piece, in order.
  ///
  /// - Parameters:
  ///   - number: the piece, below `count`.
  ///   - bytes: the whole input that the batch comes from.
  /// - Returns: the features that the bodies use.
  /// - Throws: the first refusal among them.
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

/// Checks a module or component that is in memory as a whole, leaving the function bodies to the caller.
///
/// Everything else is checked here. Whenever the bodies of a core module have been found, `checkBodies` is called with
/// them and must check all pieces, on as many threads as it likes, give the union of the features that they use, and
/// throw the refusal of the piece with the lowest number if any is refused.
///
/// - Throws: the first error in file order, the same as `ModuleValidator` finds.
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
