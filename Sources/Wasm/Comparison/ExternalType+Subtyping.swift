extension ExternalType {
  /// Whether an item of this type can certainly be used where the other type is required (WebAssembly Core,
  /// "Matching"). If that depends on the bodies of types, the result is false unless both are equal.
  func isSubtype(of other: ExternalType) -> Bool {
    switch (self, other) {
    case (.memory(let this), .memory(let other)):
      return this.is64Bit == other.is64Bit && this.isShared == other.isShared
        && this.pageSize == other.pageSize && this.bounds.isWithin(other.bounds)
    case (.table(let this), .table(let other)):
      return this.is64Bit == other.is64Bit && this.element == other.element
        && this.bounds.isWithin(other.bounds)
    case (
      .global(.reference(let this, isNullable: false), isMutable: false),
      .global(.reference(let other, isNullable: true), isMutable: false)
    ):
      return this == other
    default:
      return self == other
    }
  }
}

extension SizeBounds {
  /// Whether every size within these bounds is within the other bounds.
  private func isLimited(like other: SizeBounds) -> Bool {
    guard let greatest = other.maximum else { return true }
    return maximum.map { $0 <= greatest } ?? false
  }

  fileprivate func isWithin(_ other: SizeBounds) -> Bool {
    minimum >= other.minimum && isLimited(like: other)
  }
}
