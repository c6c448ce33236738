internal import HTTPTypes
internal import Synchronization

/// Selects the next fault at random.
final class Faults: Sendable {
  /// The outcome of a request.
  enum Fate: Hashable, Sendable {
    case answered
    case refused
    /// An error response with a status. `isDone` tells whether the request is executed anyway.
    case failed(HTTPResponse.Status, isDone: Bool)
    case reset(isDone: Bool)
  }

  /// The error statuses that Cloudflare's service also returns.
  static let statuses: [HTTPResponse.Status] = [
    .internalServerError, .badGateway, .serviceUnavailable, .gatewayTimeout, HTTPResponse.Status(code: 524),
  ]

  let plan: FaultPlan
  private let generator: Mutex<Generator>

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  init(_ plan: FaultPlan) {
    self.plan = plan
    generator = Mutex(Generator(state: plan.seed))
  }

  /// Returns the outcome of the next request.
  func fate() -> Fate {
    generator.withLock { generator in
      var number = Double.random(in: 0..<1, using: &generator)
      let isDone = Bool.random(using: &generator)
      if number < plan.refused { return .refused }
      number -= plan.refused
      if number < plan.failed {
        // The rest of the number is as random as a new one, which would change all faults that follow for a seed.
        let index = Int(number / plan.failed * Double(Faults.statuses.count))
        return .failed(Faults.statuses[index], isDone: isDone)
      }
      number -= plan.failed
      return number < plan.reset ? .reset(isDone: isDone) : .answered
    }
  }

  /// Returns the delay of the next response; nil for none.
  func delay() -> Duration? {
    generator.withLock { generator in
      guard Double.random(in: 0..<1, using: &generator) < plan.slow else { return nil }
      return .milliseconds(Int.random(in: 0...plan.delay, using: &generator))
    }
  }

  /// Returns for each key whether a call processes it; nil if it processes all of them.
  func done(of count: Int) -> [Bool]? {
    generator.withLock { generator in
      guard Double.random(in: 0..<1, using: &generator) < plan.partial else { return nil }
      return (0..<count).map { _ in Bool.random(using: &generator) }
    }
  }
}
