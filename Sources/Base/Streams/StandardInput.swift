import Glibc

/// All that comes from standard input until it ends, at most `limit` bytes.
///
/// - Throws: `file-too-large`, or what the system says.
public func readStandardInput(limit: Int) throws(FileError) -> [UInt8] {
  let name = "standard input"
  var bytes: [UInt8] = []
  while true {
    var failure: Int32 = 0
    let more = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var got = read(STDIN_FILENO, buffer.baseAddress, 1 << 16)
      while got < 0 && errno == EINTR { got = read(STDIN_FILENO, buffer.baseAddress, 1 << 16) }
      if got < 0 { failure = errno }
      count = max(got, 0)
    }
    guard failure == 0 else { throw FileError(path: name, errorNumber: failure) }
    if more.isEmpty { return bytes }
    bytes += more
    guard bytes.count <= limit else { throw FileError(path: name, reason: .tooLarge(limit: limit)) }
  }
}
