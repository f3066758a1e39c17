import Language
import Testing

/// Positions as editors count them, beside characters of several bytes and UTF-16 code units.
@Suite struct TextPositionTests {
  @Test func columnsInBothCounts() {
    // `é` has 2 bytes and 1 code unit, `画` 3 and 1, `👁` 4 and 2.
    let positions = TextPositions(of: Source("a\né画👁 b\n", name: "p", firstLine: 5))
    #expect(positions[0] == TextPosition(line: 5, column: 1, byteColumn: 1))
    #expect(positions[1] == TextPosition(line: 5, column: 2, byteColumn: 2))
    #expect(positions[2] == TextPosition(line: 6, column: 1, byteColumn: 1))
    #expect(positions[4] == TextPosition(line: 6, column: 2, byteColumn: 3))
    #expect(positions[7] == TextPosition(line: 6, column: 3, byteColumn: 6))
    #expect(positions[11] == TextPosition(line: 6, column: 5, byteColumn: 10))
    #expect(positions[13] == TextPosition(line: 6, column: 7, byteColumn: 12))
    #expect(positions[14] == TextPosition(line: 7, column: 1, byteColumn: 1))
    #expect(positions[99] == positions[14])
  }

  @Test func emptyAndReversedStretches() {
    let positions = TextPositions(of: Source("", name: "p"))
    #expect(positions[Span(0, 0)].start == TextPosition(line: 1, column: 1, byteColumn: 1))
    let (start, end) = TextPositions(of: Source("abc", name: "p"))[Span(2, 1)]
    #expect(start == end)
  }

  @Test func stretchOfSeveralLines() {
    let source = Source("x = 1\ny = [a: 1\n     a: 2]", name: "p")
    let found = TextPositions(of: source)[Span(4, 22)]
    #expect(found.start.line == 1 && found.end.line == 3)
    #expect(found.end.column == 7)
  }
}
