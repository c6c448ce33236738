/// Function bodies: validated during decoding, or collected for the caller to validate.
extension BinaryDecoder {
  /// Fixes the index spaces to which bodies may refer.
  mutating func openCode() {
    code = CodeContext(module, types: types)
    bodies = 0
  }

  /// Validates the next body of the module, whose size is at `start`, or adds it to the batch.
  mutating func checkBody(
    _ body: ByteReader, from start: Int, followedBy rest: ByteReader
  ) throws(ValidationError) {
    guard let code else { return }
    let function = code.importedFunctions + bodies
    bodies += 1
    if defersBodies {
      if batch == nil { batch = BodyBatch(context: code) }
      batch?.add(function: function, from: start, to: body.endOffset)
      return
    }
    do throws(ValidationError) {
      try code.withView { (view) throws(ValidationError) in
        self.functions.view = view
        try self.functions.validate(body, function: function, followedBy: rest)
      }
    } catch {
      throw named(error)
    }
  }

  /// Removes and returns the collected bodies, if there are any.
  mutating func takeBatch() -> BodyBatch? {
    defer {
      batch = nil
      isBatchComplete = false
    }
    return batch
  }

  /// Validates the bodies of a batch through a callback.
  mutating func check(
    _ batch: BodyBatch, by checkBodies: (BodyBatch) throws(ValidationError) -> Features
  ) throws(ValidationError) {
    do throws(ValidationError) {
      module.features.note(try checkBodies(batch))
    } catch {
      throw named(error)
    }
  }

  /// The error with the name of its function, if that is exported.
  private func named(_ error: ValidationError) -> ValidationError {
    guard let function = error.functionIndex else { return error }
    var error = error
    error.functionName = module.exportedName(ofFunction: function)
    return error
  }
}
