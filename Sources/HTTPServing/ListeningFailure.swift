/// The reason why a server cannot listen.
public enum ListeningFailure: Error, Hashable, Sendable {
  /// The host is neither an address nor `localhost`.
  case notAnAddress(String)
  /// The system refuses an address: the address and the reason.
  case refused(String, String)
}

extension ListeningFailure: CustomStringConvertible {
  /// The message, without a full stop.
  public var description: String {
    switch self {
    case .notAnAddress(let host): "cannot listen on '\(host)': it is not an address"
    case .refused(let address, let reason): "cannot listen on \(address): \(reason)"
    }
  }

  /// A hint on what to do; nil if the message is sufficient.
  public var hint: String? {
    switch self {
    case .notAnAddress: "give an IPv4 or IPv6 address, or localhost; 0.0.0.0 and :: mean all addresses"
    case .refused: nil
    }
  }
}
