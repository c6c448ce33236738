internal import Glibc
internal import SystemPackage

extension FileDescriptor {
  /// The size of the terminal in characters; nil for what is unknown.
  var terminalSize: (rows: Int?, columns: Int?) {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (size.ws_row > 0 ? Int(size.ws_row) : nil, size.ws_col > 0 ? Int(size.ws_col) : nil)
  }
}
