import Language

/// An input as rows of a screen: wrapped at its width, coloured, with the place of the cursor.
///
/// Costs time with what can be seen, not with the whole input.
package struct InputLayout: Sendable {
  package struct Row: Sendable, Hashable {
    /// With the sequences that colour it.
    package var text = ""
    /// In columns.
    package var width = 0

    package init(text: String = "", width: Int = 0) {
      self.text = text
      self.width = width
    }
  }

  /// Bytes of the input that a sequence colours: `1;34`.
  package struct Paint: Sendable, Hashable {
    package let range: Range<Int>
    package let code: String

    package init(_ range: Range<Int>, _ code: String) {
      self.range = range
      self.code = code
    }
  }

  package private(set) var rows = [Row()]
  package private(set) var cursor = (row: 0, column: 0)

  private let columns: Int
  private let continuation: Row
  /// The colour in force at the end of the last row.
  private var code = ""

  /// - Parameters:
  ///   - prompt: before the first line; `continuation` stands before every other one.
  ///   - bytes: the input, which may be anything.
  ///   - cursor: in bytes from its start.
  ///   - paints: in order, without overlap.
  ///   - columns, rows: what the screen has room for; of a taller input the rows around the cursor are shown.
  package init(
    prompt: Row, continuation: Row, bytes: [UInt8], cursor: Int, paints: [Paint] = [], columns: Int, rows mostRows: Int
  ) {
    self.columns = max(columns, 2)
    self.continuation = continuation.width < self.columns ? continuation : Row()
    let reach = 4 * self.columns * max(mostRows, 1)
    let lower = characterStart(in: bytes, atOrBefore: max(0, cursor - reach))
    let upper = characterStart(in: bytes, atOrBefore: min(bytes.count, cursor + reach))
    var paints = paints.drop { $0.range.upperBound <= lower }
    rows = lower == 0 ? [prompt] : [Row(text: "…", width: 1)]
    var offset = lower
    for (shown, width, length) in characters(of: bytes[lower..<upper]) {
      let isNewline = shown.isEmpty && length > 0 && (bytes[offset] == 10 || bytes[offset] == 13)
      if !isNewline, rows[rows.count - 1].width + width > self.columns { wrap() }
      if (offset..<offset + length).contains(cursor) { note() }
      while let paint = paints.first, paint.range.upperBound <= offset { paints.removeFirst() }
      let wanted = paints.first.flatMap { $0.range.contains(offset) ? $0.code : nil } ?? ""
      if isNewline {
        use("")
        rows.append(self.continuation)
      } else {
        use(wanted)
        rows[rows.count - 1].text += shown
        rows[rows.count - 1].width += width
      }
      offset += length
    }
    use("")
    if offset <= cursor {
      // A cursor cannot stand behind the last column.
      if rows[rows.count - 1].width >= self.columns { wrap() }
      note()
    }
    keep(atMost: max(mostRows, 1))
  }

  /// Where the cursor stands if it is here.
  private mutating func note() { cursor = (rows.count - 1, rows[rows.count - 1].width) }

  private mutating func wrap() {
    let before = code
    use("")
    rows.append(Row())
    use(before)
  }

  /// Colours what follows.
  private mutating func use(_ wanted: String) {
    guard wanted != code else { return }
    if !code.isEmpty { rows[rows.count - 1].text += "\u{1B}[0m" }
    if !wanted.isEmpty { rows[rows.count - 1].text += "\u{1B}[\(wanted)m" }
    code = wanted
  }

  /// The rows around the cursor.
  private mutating func keep(atMost count: Int) {
    guard rows.count > count else { return }
    let first = min(max(0, cursor.row - count / 2), rows.count - count)
    rows = Array(rows[first..<first + count])
    cursor.row -= first
  }
}

/// The characters of some bytes as they are shown: text, columns, and how many bytes each takes. A newline shows nothing;
/// other control characters show as `^A`, bytes that are no text as `?`.
private func characters(of bytes: ArraySlice<UInt8>) -> [(shown: String, width: Int, length: Int)] {
  guard let text = String(validating: bytes, as: UTF8.self) else {
    return bytes.map { (0x20..<0x7F).contains($0) ? (String(UnicodeScalar($0)), 1, 1) : ($0 == 10 ? "" : "?", 1, 1) }
  }
  return text.map { character in
    let length = character.utf8.count
    switch character {
    case "\n", "\r\n", "\r": return ("", 0, length)
    case "\t": return ("  ", 2, length)
    default: break
    }
    if let ascii = character.asciiValue, ascii < 0x20 || ascii == 0x7F {
      return ("^\(UnicodeScalar(ascii ^ 0x40))", 2, length)
    }
    let shown = String(character)
    let isControl = character.unicodeScalars.contains(where: \.isHidden)
    return isControl ? ("·", 1, length) : (shown, displayWidth(shown), length)
  }
}

/// A place between two characters.
private func characterStart(in bytes: [UInt8], atOrBefore index: Int) -> Int {
  var index = index
  while index > 0, index < bytes.count, bytes[index] & 0xC0 == 0x80 { index -= 1 }
  return index
}
