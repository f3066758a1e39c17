extension StringProtocol {
  /// Without white space at its ends.
  package var trimmingSpaces: String {
    var trimmed = self[...]
    while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    return String(trimmed)
  }
}
