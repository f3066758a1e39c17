/// How large values may grow. A list that holds another twice shares its memory but not the time to show it, so a loop
/// of thirty turns could otherwise end the session.
extension Value {
  /// Levels of lists and records inside each other: to show or free more could overflow the stack.
  static let deepest = 100

  /// Parts of a value: its elements, those inside each other counted wherever they stand, and 8 bytes of text each.
  static let largest = 2_000_000

  /// - Throws: `nestedTooDeep` or `tooLarge`. Takes time with every element.
  func checkSize() throws(ValueProblem) {
    var parts = 0
    try count(&parts, levels: Self.deepest)
  }

  /// Adds the parts of this value.
  func count(_ parts: inout Int, levels: Int = Value.deepest) throws(ValueProblem) {
    parts += 1
    switch self {
    case .text(let text): parts += text.utf8.count / 8
    case .list(let elements):
      guard levels > 0 else { throw .nestedTooDeep(limit: Self.deepest) }
      for element in elements { try element.count(&parts, levels: levels - 1) }
    case .record(let record):
      guard levels > 0 else { throw .nestedTooDeep(limit: Self.deepest) }
      for name in record.names { try record[name]?.count(&parts, levels: levels - 1) }
    default: break
    }
    guard parts <= Self.largest else { throw .tooLarge }
  }
}
