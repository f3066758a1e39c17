import Language
import Testing

@Suite("Visible text")
struct VisibleTextTests {
  @Test("What acts on a terminal is written out, and nothing else")
  func forms() {
    #expect(visible("plain text, été 画 👩‍👩‍👧 e\u{301}") == "plain text, été 画 👩‍👩‍👧 e\u{301}")
    #expect(visible("\u{1B}[31m\0\u{7}\r\n") == "␛[31m␀␇␍\n")
    #expect(visible("\u{7F}\u{80}\u{9B}\u{9F}\u{A0}") == "␡\\u{80}\\u{9b}\\u{9f}\u{A0}")
    #expect(visible("a\u{202E}b\u{2066}c\u{200F}d") == "a\\u{202e}b\\u{2066}c\\u{200f}d")
    #expect(visible("a\tb\nc") == "a\tb\nc")
    #expect(visible("a\tb\nc", isRow: true) == "a␉b␊c")
  }

  @Test("A diagnostic shows them, its caret stands under the right place, and one without lines has no place")
  func diagnostics() {
    let source = Source("x = \u{1B}[2J bad", name: "a\u{1B}\n.cnp")
    let found = render(Diagnostic("code", "a \u{9B} message", hint: "a \u{7} hint", in: source, at: Span(9, 12)))
    #expect(
      found
        == """
        error[code]: a \\u{9b} message
         --> a␛␊.cnp:1:10
          |
        1 | x = ␛[2J bad
          |          ^^^
          = help: a ␇ hint
        """)
    let whole = render(Diagnostic("code", "x: disk full", hint: "more", in: Source(withoutLines: "x"), at: Span(0, 0)))
    #expect(whole == "error[code]: x: disk full\n  = help: more")
  }
}
