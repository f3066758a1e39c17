import Glibc

/// A line on standard error under the program's name.
func complain(_ text: String) { writeToStandardError("cnp: \(text)\n") }

/// Writes all of a text to standard error, unbuffered.
func writeToStandardError(_ text: String) {
  var bytes = Array(text.utf8)
  while !bytes.isEmpty {
    let written = write(STDERR_FILENO, bytes, bytes.count)
    guard written > 0 else { return }
    bytes.removeFirst(written)
  }
}
