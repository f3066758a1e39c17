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

  @Test("In a line that is no text, columns count bytes, and the cursor stays in it")
  func noText() {
    let bytes: [UInt8] = Array("abcd\n".utf8) + [0xFF, 0xFF, 0x61] + Array("\npq".utf8)
    #expect(LineMove.down.target(in: bytes, from: 2) == 7)
    #expect(LineMove.down.target(in: bytes, from: 4) == 8)
    #expect(LineMove.down.target(in: bytes, from: 7) == 11)
    #expect(LineMove.up.target(in: bytes, from: 8) == 3)
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
