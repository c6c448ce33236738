internal import NIOCore

/// Takes what answers a request. Calls come on the client's event loop, one at a time, and must not wait.
package protocol ReplyReceiver: AnyObject, Sendable {
  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - reply: The answer.
  ///   - tag: What the request was given.
  /// - Returns: Whether more answers are expected.
  func receive(_ reply: NATSMessage, tag: Int) -> Bool

  /// Takes the news that no answer will come.
  func fail(_ error: NATSError, tag: Int)
}

/// The requests that wait for an answer. One subscription takes the answers of all, each named by a number.
struct RequestTable {
  /// Names a request: a place in the table, and which of its users.
  struct Number: Hashable {
    let place: UInt32
    let turn: UInt32

    /// The digits that stand for it in a subject.
    static let length = 16
    private static let digits = Array("0123456789abcdef".utf8)

    init(place: UInt32, turn: UInt32) {
      self.place = place
      self.turn = turn
    }

    /// Reads the digits at the end of a subject; nil for anything else.
    init?(_ subject: Span<UInt8>) {
      guard subject.count >= Number.length else { return nil }
      var value: UInt64 = 0
      for index in subject.count - Number.length..<subject.count {
        let byte = subject[index]
        switch byte {
        case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
        case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
        default: return nil
        }
      }
      place = UInt32(truncatingIfNeeded: value)
      turn = UInt32(truncatingIfNeeded: value >> 32)
    }

    func write(to buffer: inout ByteBuffer) {
      let value = UInt64(turn) << 32 | UInt64(place)
      for shift in stride(from: UInt64(60), through: 0, by: -4) {
        buffer.writeInteger(Number.digits[Int(value >> shift & 15)])
      }
    }
  }

  /// A request that waits.
  struct Waiting {
    let receiver: any ReplyReceiver
    let tag: Int
    let subject: String
    let isMany: Bool
    var deadline: NIODeadline
    let timeLimit: TimeAmount
  }

  private var waiting: [Waiting?] = []
  private var turns: [UInt32] = []
  private var free: [UInt32] = []
  /// How many wait.
  private(set) var count = 0

  /// Adds a request.
  mutating func insert(_ request: Waiting) -> Number {
    count += 1
    if let place = free.popLast() {
      turns[Int(place)] &+= 1
      waiting[Int(place)] = request
      return Number(place: place, turn: turns[Int(place)])
    }
    waiting.append(request)
    turns.append(0)
    return Number(place: UInt32(waiting.count - 1), turn: 0)
  }

  /// The request of a number; nil where it does not wait any more.
  subscript(number: Number) -> Waiting? {
    let place = Int(number.place)
    guard place < waiting.count, turns[place] == number.turn else { return nil }
    return waiting[place]
  }

  /// Gives a request more time from now on.
  mutating func renew(_ number: Number) {
    guard let request = self[number] else { return }
    waiting[Int(number.place)]?.deadline = .now() + request.timeLimit
  }

  /// Takes a request out; nil where it does not wait any more.
  @discardableResult
  mutating func remove(_ number: Number) -> Waiting? {
    guard let request = self[number] else { return nil }
    waiting[Int(number.place)] = nil
    free.append(number.place)
    count -= 1
    return request
  }

  /// Takes out the requests for which a condition holds.
  mutating func remove(where isChosen: (Waiting) -> Bool) -> [Waiting] {
    var chosen: [Waiting] = []
    for place in waiting.indices {
      guard let request = waiting[place], isChosen(request) else { continue }
      waiting[place] = nil
      free.append(UInt32(place))
      count -= 1
      chosen.append(request)
    }
    return chosen
  }
}
