import Glibc

/// A line on standard error.
func complain(_ text: String) {
  var line = Array("cnp: \(text)\n".utf8)
  while !line.isEmpty {
    let written = write(STDERR_FILENO, line, line.count)
    guard written > 0 else { return }
    line.removeFirst(written)
  }
}
