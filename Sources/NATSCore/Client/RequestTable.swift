internal import NIOCore

/// A receiver of the replies to a request. Calls come on the client's event loop, one at a time, and must not block.
package protocol ReplyReceiver: AnyObject, Sendable {
  /// Receives a reply.
  ///
  /// - Parameters:
  ///   - reply: The reply.
  ///   - tag: The tag of the request.
  /// - Returns: Whether more replies are expected.
  func receive(_ reply: NATSMessage, tag: Int) -> Bool

  /// Called when no reply will come.
  func fail(_ error: NATSError, tag: Int)
}

/// The requests that wait for a reply. One subscription receives the replies to all of them; each request has a number.
struct RequestTable {
  /// The number of a request: a place in the table, and how often the place was used before.
  struct Number: Hashable {
    let place: UInt32
    let turn: UInt32

    /// The number of digits in a subject.
    static let length = 16
    private static let digits = Array("0123456789abcdef".utf8)

    init(place: UInt32, turn: UInt32) {
      self.place = place
      self.turn = turn
    }

    /// Parses the digits at the end of a subject; nil for anything else.
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

  /// A waiting request.
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
  /// The number of waiting requests.
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

  /// Returns the request with a number; nil if it is no longer waiting.
  subscript(number: Number) -> Waiting? {
    let place = Int(number.place)
    guard place < waiting.count, turns[place] == number.turn else { return nil }
    return waiting[place]
  }

  /// Restarts the time limit of a request.
  mutating func renew(_ number: Number) {
    guard let request = self[number] else { return }
    waiting[Int(number.place)]?.deadline = .now() + request.timeLimit
  }

  /// Removes and returns a request; nil if it is no longer waiting.
  @discardableResult
  mutating func remove(_ number: Number) -> Waiting? {
    guard let request = self[number] else { return nil }
    waiting[Int(number.place)] = nil
    free.append(number.place)
    count -= 1
    return request
  }

  /// Removes and returns the requests that meet a condition.
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
