/// The layout of values of a type between components: as core values, and in linear memory (Canonical ABI, "Flattening"
/// and "Element Size").
struct CanonicalLayout: Hashable, Sendable {
  /// The core values, or nil if there are more than `maximumFlatParameters`.
  var flat: [ValueType]?
  /// Whether the core values contain addresses.
  var containsPointer = false
  /// The size in linear memory, in bytes; capped if it would overflow.
  var byteSize: UInt64
  /// The alignment in linear memory, in bytes.
  var alignment: UInt64

  static let maximumFlatParameters = 16
  static let maximumFlatAsyncParameters = 4
  static let maximumFlatResults = 1

  /// The layout of one core value.
  static func scalar(_ type: ValueType, bytes: UInt64) -> CanonicalLayout {
    CanonicalLayout(flat: [type], byteSize: bytes, alignment: bytes)
  }

  /// An address with a length.
  static let pointerAndLength = CanonicalLayout(
    flat: [.i32, .i32], containsPointer: true, byteSize: 8, alignment: 4)

  /// A handle or another index into the component's tables.
  static let handle = scalar(.i32, bytes: 4)

  static func primitive(_ type: PrimitiveType) -> CanonicalLayout {
    switch type {
    case .bool, .s8, .u8: scalar(.i32, bytes: 1)
    case .s16, .u16: scalar(.i32, bytes: 2)
    case .s32, .u32, .char, .errorContext: scalar(.i32, bytes: 4)
    case .s64, .u64: scalar(.i64, bytes: 8)
    case .f32: scalar(.f32, bytes: 4)
    case .f64: scalar(.f64, bytes: 8)
    case .string: pointerAndLength
    }
  }

  /// The values of `parts` in order.
  static func record(_ parts: [CanonicalLayout]) -> CanonicalLayout {
    var result = CanonicalLayout(flat: [], byteSize: 0, alignment: 1)
    for part in parts {
      result.flat = joined(result.flat, part.flat)
      result.containsPointer = result.containsPointer || part.containsPointer
      result.byteSize = capped(aligned(result.byteSize, to: part.alignment) &+ part.byteSize)
      result.alignment = max(result.alignment, part.alignment)
    }
    result.byteSize = aligned(result.byteSize, to: result.alignment)
    return result
  }

  /// A discriminant for `caseCount` cases, and space for the value of any of them.
  static func variant(caseCount: Int, payloads: [CanonicalLayout]) -> CanonicalLayout {
    let discriminant: UInt64 = caseCount <= 1 << 8 ? 1 : caseCount <= 1 << 16 ? 2 : 4
    var flat: [ValueType]? = [.i32]
    var result = CanonicalLayout(flat: nil, byteSize: 0, alignment: discriminant)
    var payloadAlignment: UInt64 = 1
    for payload in payloads {
      flat = overlaid(flat, payload.flat)
      result.containsPointer = result.containsPointer || payload.containsPointer
      result.byteSize = max(result.byteSize, payload.byteSize)
      payloadAlignment = max(payloadAlignment, payload.alignment)
    }
    result.flat = flat
    result.alignment = max(discriminant, payloadAlignment)
    let payloadStart = aligned(discriminant, to: payloadAlignment)
    result.byteSize = capped(aligned(payloadStart &+ result.byteSize, to: result.alignment))
    return result
  }

  static func flags(_ count: Int) -> CanonicalLayout {
    scalar(.i32, bytes: count <= 8 ? 1 : count <= 16 ? 2 : 4)
  }

  /// `length` values of one type.
  static func fixedLengthList(_ element: CanonicalLayout, length: UInt32) -> CanonicalLayout {
    var result = element
    let (size, overflows) = element.byteSize.multipliedReportingOverflow(by: UInt64(length))
    result.byteSize = overflows ? largest : capped(size)
    result.flat = nil
    if let flat = element.flat, flat.count * Int(length) <= maximumFlatParameters {
      result.flat = Array(repeatElement(flat, count: Int(length)).joined())
    }
    return result
  }

  private static func joined(_ first: [ValueType]?, _ second: [ValueType]?) -> [ValueType]? {
    guard let first, let second, first.count + second.count <= maximumFlatParameters else { return nil }
    return first + second
  }

  /// Overlays the values of a case with those of the other cases, after the discriminant.
  private static func overlaid(_ all: [ValueType]?, _ payload: [ValueType]?) -> [ValueType]? {
    guard var all, let payload, payload.count + 1 <= maximumFlatParameters else { return nil }
    for (position, type) in payload.enumerated() {
      if position + 1 < all.count {
        all[position + 1] = common(all[position + 1], type)
      } else {
        all.append(type)
      }
    }
    return all
  }

  private static func common(_ first: ValueType, _ second: ValueType) -> ValueType {
    if first == second { return first }
    let isNarrow = [first, second].allSatisfy { $0 == .i32 || $0 == .f32 }
    return isNarrow ? .i32 : .i64
  }

  private static let largest: UInt64 = 1 << 40

  private static func capped(_ size: UInt64) -> UInt64 { min(size, largest) }

  private static func aligned(_ size: UInt64, to alignment: UInt64) -> UInt64 {
    (size &+ alignment &- 1) / alignment * alignment
  }
}
