import Terminal
import Testing

/// An input as rows of a screen.
@Suite("Layout of an input")
struct InputLayoutTests {
  private let prompt = InputLayout.Row(text: "> ", width: 2)
  private let continuation = InputLayout.Row(text: "| ", width: 2)

  private func layout(
    _ text: String, cursor: Int? = nil, paints: [InputLayout.Paint] = [], columns: Int = 10, rows: Int = 10
  ) -> InputLayout {
    InputLayout(
      prompt: prompt, continuation: continuation, bytes: Array(text.utf8), cursor: cursor ?? text.utf8.count,
      paints: paints, columns: columns, rows: rows)
  }

  @Test("Lines stand below each other behind their prompts")
  func lines() {
    let layout = layout("ab\ncd")
    #expect(layout.rows.map(\.text) == ["> ab", "| cd"])
    #expect(layout.cursor == (1, 4))
    #expect(self.layout("ab\ncd", cursor: 1).cursor == (0, 3))
    #expect(self.layout("ab\ncd", cursor: 2).cursor == (0, 4), "before the newline, not behind it")
  }

  @Test("A row ends at the last column; the cursor never stands behind it")
  func wrapping() {
    #expect(layout("12345678").rows.map(\.text) == ["> 12345678", ""])
    #expect(layout("12345678").cursor == (1, 0))
    #expect(layout("12345678", cursor: 0).rows.map(\.text) == ["> 12345678"])
    #expect(layout("1234567890").rows.map(\.text) == ["> 12345678", "90"])
    #expect(layout("1234567890", cursor: 8).cursor == (1, 0))
  }

  @Test("Wide characters are never cut, control characters are shown")
  func widths() {
    #expect(layout("1234567画").rows.map(\.text) == ["> 1234567", "画"])
    #expect(layout("画画").cursor == (0, 6))
    #expect(layout("a\u{01}b").rows.map(\.text) == ["> a^Ab"])
    #expect(layout("e\u{301}x").cursor == (0, 4))
  }

  @Test("Bytes that are no text are shown, with the cursor behind them")
  func noText() {
    let layout = InputLayout(
      prompt: prompt, continuation: continuation, bytes: [0x61, 0xFF, 0x0A, 0xFE], cursor: 4, columns: 10, rows: 10)
    #expect(layout.rows.map(\.text) == ["> a?", "| ?"])
    #expect(layout.cursor == (1, 3))
  }

  @Test("Colours end with their row and go on in the next")
  func colours() {
    let painted = layout("1234567890", paints: [.init(6..<10, "32")])
    #expect(painted.rows.map(\.text) == ["> 123456\u{1B}[32m78\u{1B}[0m", "\u{1B}[32m90\u{1B}[0m"])
    #expect(painted.rows.map(\.width) == [10, 2])
  }

  @Test("Of an input taller than the screen, the rows around the cursor are seen")
  func tall() {
    let text = (0..<1000).map { "line \($0)" }.joined(separator: "\n")
    let end = layout(text, columns: 12, rows: 4)
    #expect(end.rows.map(\.text) == (996...999).map { "| line \($0)" })
    #expect(end.cursor.row == 3)
    let start = layout(text, cursor: 0, columns: 12, rows: 4)
    #expect(start.rows.first?.text == "> line 0" && start.cursor == (0, 2))
    let middle = text.utf8.count / 2
    let inside = layout(text, cursor: middle, columns: 12, rows: 4)
    #expect(inside.rows.count == 4 && (0..<4).contains(inside.cursor.row))
  }

  @Test("A line of a megabyte costs what is seen of it")
  func long() {
    let text = String(repeating: "x", count: 1 << 20)
    let layout = layout(text, cursor: 1 << 19, columns: 80, rows: 24)
    #expect(layout.rows.count == 24)
    #expect(layout.rows.allSatisfy { $0.width <= 80 })
  }

  @Test("What an editor draws stands on the screen as it was laid out, whatever stood there before")
  func drawing() {
    var display = EditorDisplay()
    var screen = VirtualScreen(columns: 10, rows: 8)
    screen.write(Array("before\r\n".utf8))
    for text in ["a", "ab\ncd\nef", "123456789012345678", "12345678", "x\ny", ""] {
      let layout = layout(text)
      screen.write(Array(display.draw(layout, columns: 10).utf8))
      #expect(screen.lines.dropFirst() == trimmed(layout.rows.map(\.text))[...], "\(text)")
      #expect(screen.lines.first == "before")
      #expect(screen.cursor == (layout.cursor.row + 1, layout.cursor.column))
    }
    let help = InputLayout.Row(text: "help", width: 4)
    screen.write(Array(display.draw(layout("last", cursor: 1), below: [help], columns: 10).utf8))
    #expect(screen.lines == ["before", "> last", "help"])
    screen.write(Array(display.draw(layout("last\nline"), columns: 10).utf8))
    screen.write(Array(display.leave().utf8))
    screen.write(Array("answer".utf8))
    #expect(screen.lines == ["before", "> last", "| line", "answer"])
  }

  @Test("At the foot of the screen the input scrolls what is above it")
  func scrolling() {
    var display = EditorDisplay()
    var screen = VirtualScreen(columns: 10, rows: 3)
    screen.write(Array("1\r\n2\r\n".utf8))
    screen.write(Array(display.draw(layout("a"), columns: 10).utf8))
    screen.write(Array(display.draw(layout("a\nb"), columns: 10).utf8))
    #expect(screen.lines == ["2", "> a", "| b"])
    screen.write(Array(display.erase(columns: 10).utf8))
    #expect(screen.lines == ["2"])
  }

  private func trimmed(_ rows: [String]) -> [String] {
    var rows = rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }
    while rows.last == "" { rows.removeLast() }
    return rows
  }
}
