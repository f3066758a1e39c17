/// A place between two characters of a file, as editors count: lines and columns from 1.
public struct TextPosition: Sendable, Hashable {
  public let line: Int
  /// In UTF-16 code units, as the Language Server Protocol counts by default.
  public let column: Int
  /// In UTF-8 bytes.
  public let byteColumn: Int

  public init(line: Int, column: Int, byteColumn: Int) {
    self.line = line
    self.column = column
    self.byteColumn = byteColumn
  }
}

/// Where the lines of one source start, found once for all diagnostics that point into it.
public struct TextPositions: Sendable {
  public let source: Source
  /// UTF-8 bytes from the start of the source.
  private let lineStarts: [Int]

  public init(of source: Source) {
    var text = source.text
    text.makeContiguousUTF8()
    self.source = Source(text, name: source.name, firstLine: source.firstLine)
    var starts = [0]
    var offset = 0
    for byte in text.utf8 {
      offset += 1
      if byte == .newline { starts.append(offset) }
    }
    lineStarts = starts
  }

  /// The position at so many UTF-8 bytes from the start of the source; one behind its end is its end.
  public subscript(offset: Int) -> TextPosition {
    let utf8 = source.text.utf8
    let bounded = min(max(offset, 0), utf8.count)
    let line = lineStarts.partitioningIndex { $0 > bounded } - 1
    let start = lineStarts[line]
    let before = utf8[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: bounded)]
    return TextPosition(
      line: max(source.firstLine, 1) + line, column: String(decoding: before, as: UTF8.self).utf16.count + 1,
      byteColumn: bounded - start + 1)
  }

  /// The first and the last position of a stretch; the last one lies behind its last character.
  public subscript(span: Span) -> (start: TextPosition, end: TextPosition) {
    (self[span.start], self[max(span.start, span.end)])
  }
}

extension [Int] {
  /// The first index whose element passes; all behind it pass too.
  fileprivate func partitioningIndex(where passes: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
