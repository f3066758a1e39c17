import Terminal
import Testing

/// Lines that are too long for the screen.
@Suite("Wrapped lines")
struct TextWrappingTests {
  @Test("Rows end between words, and keep the indent of their line")
  func words() {
    #expect(wrapped("one two three", columns: 20) == ["one two three"])
    #expect(wrapped("one two three", columns: 8) == ["one two", "three"])
    #expect(wrapped("  one two three", columns: 10) == ["  one two", "  three"])
    #expect(wrapped("unbreakable", columns: 4) == ["unbreakable"])
    #expect(wrapped("", columns: 4) == [""])
  }

  @Test("What a name is explained by stays in its column")
  func columns() {
    #expect(
      wrapped("  width:  channels of the first block", columns: 24)
        == ["  width:  channels of", "          the first", "          block"])
  }
}
