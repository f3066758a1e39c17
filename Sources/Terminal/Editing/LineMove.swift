import Language

/// A step from line to line inside an input.
package enum LineMove {
  case up, down

  /// Where the cursor goes: as many characters from the start of its line as before, or to that line's end.
  ///
  /// - Parameter cursor: in bytes.
  /// - Returns: `nil` where there is no line that way.
  package func target(in bytes: [UInt8], from cursor: Int) -> Int? {
    let newline = UInt8(ascii: "\n")
    let start = lineAround(cursor, in: bytes).lowerBound
    let before = bytes[start..<cursor]
    let column = String(validating: before, as: UTF8.self)?.count ?? before.count
    let lineStart: Int
    switch self {
    case .up:
      guard start > 0 else { return nil }
      lineStart = bytes[..<(start - 1)].lastIndex(of: newline).map { $0 + 1 } ?? 0
    case .down:
      guard let end = bytes[cursor...].firstIndex(of: newline) else { return nil }
      lineStart = end + 1
    }
    let line = bytes[lineStart...].prefix { $0 != newline }
    // Of what is no text, each byte is shown.
    let text = String(validating: line, as: UTF8.self)
    return lineStart + (text?.prefix(column).utf8.count ?? min(column, line.count))
  }
}

/// The bytes of the line with the cursor, without its newline.
package func lineAround(_ cursor: Int, in bytes: [UInt8]) -> Range<Int> {
  let newline = UInt8(ascii: "\n")
  let start = bytes[..<cursor].lastIndex(of: newline).map { $0 + 1 } ?? 0
  return start..<(bytes[cursor...].firstIndex(of: newline) ?? bytes.count)
}

/// Spaces a bracket.
let indentationStep = 2

/// The spaces that begin a line below this one.
package func indentation(after input: String) -> String {
  String(repeating: " ", count: min(indentationStep * SyntaxView(input).openBrackets, 40))
}
