import Terminal
import Testing

/// Steps from line to line, and where a new line begins.
@Suite("Moving in an input")
struct LineMoveTests {
  private let bytes = Array("abcdef\nxy\npqrstu".utf8)

  @Test("The column is kept where the line is long enough")
  func columns() {
    #expect(LineMove.up.target(in: bytes, from: 14) == 9)
    #expect(LineMove.up.target(in: bytes, from: 8) == 1)
    #expect(LineMove.down.target(in: bytes, from: 4) == 9)
    #expect(LineMove.down.target(in: bytes, from: 7) == 10)
    #expect(LineMove.up.target(in: bytes, from: 3) == nil)
    #expect(LineMove.down.target(in: bytes, from: 12) == nil)
  }

  @Test("Columns count characters, not bytes")
  func characters() {
    let bytes = Array("éé画x\nabcd".utf8)
    #expect(LineMove.up.target(in: bytes, from: bytes.count - 1) == 7)
  }

  @Test("A line is indented by the brackets that are open, never inside a text")
  func indentations() {
    #expect(indentation(after: "for x in [1, 2] {") == "  ")
    #expect(indentation(after: "f (g [1,") == "    ")
    #expect(indentation(after: "x = 1 # (") == "")
    #expect(indentation(after: "f (\"a\n") == "")
    #expect(indentation(after: "x)") == "")
  }
}
