import Terminal
import Testing

@Suite("Picture in the terminal")
struct PictureTests {
  private func picture(
    width: Int, height: Int, columns: Int, rows: Int, _ colours: TerminalColours = .all,
    graphics: TerminalGraphics = .blocks
  ) -> String {
    let rgba = (0..<height).flatMap { _ in
      (0..<width).flatMap { x in x < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255] }
    }
    return terminalPicture(
      rgba: rgba.map { UInt8($0) }, width: width, height: height,
      in: PictureFrame(columns: columns, rows: rows, colours: colours, graphics: graphics))
  }

  @Test(
    "It keeps its shape and fits into the terminal",
    arguments: [(64, 64, 80, 24), (400, 100, 40, 24), (30, 90, 200, 20)])
  func fits(width: Int, height: Int, columns: Int, rows: Int) {
    let lines = picture(width: width, height: height, columns: columns, rows: rows).split(separator: "\n")
    #expect(lines.count <= rows - 2 && !lines.isEmpty)
    let widthInCells = min(Double(columns - 1), Double(rows - 2) * 2 * Double(width) / Double(height))
    let expected = widthInCells / 2 * Double(height) / Double(width)
    #expect(abs(Double(lines.count) - expected) <= 1)
  }

  @Test("Left and right keep their colours")
  func colours() {
    let text = picture(width: 64, height: 64, columns: 40, rows: 20)
    #expect(text.contains("255;0;0") && text.contains("0;0;255"))
    #expect(!picture(width: 8, height: 8, columns: 40, rows: 20, .indexed256).contains("255;0;0"))
  }

  @Test("The smallest terminals and pictures do no harm")
  func small() {
    #expect(!picture(width: 1, height: 1, columns: 1, rows: 1).isEmpty)
    #expect(!picture(width: 1, height: 500, columns: 2, rows: 3, .indexed16).isEmpty)
  }

  @Test("Each graphics protocol has its own sequence")
  func protocols() {
    func start(_ graphics: TerminalGraphics) -> String {
      picture(width: 64, height: 64, columns: 40, rows: 20, graphics: graphics)
    }
    #expect(start(.kitty).hasPrefix("\u{1B}_G"))
    #expect(start(.iterm).contains("\u{1B}]1337;File="))
    #expect(start(.sixel).contains("\u{1B}P") && start(.sixel).hasSuffix("\u{1B}\\"))
    #expect(!start(.blocks).contains("\u{1B}P") && !start(.blocks).contains("\u{1B}_G"))
  }

  @Test(
    "The terminal's environment decides, and CNP_GRAPHICS over it",
    arguments: [
      (["TERM": "xterm-kitty"], TerminalGraphics.kitty), (["TERM": "xterm-256color"], .blocks),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .iterm), (["TERM": "foot"], .sixel),
      (["TERM": "xterm-kitty", "TMUX": "/tmp/tmux"], .blocks), (["TERM": "tmux-256color"], .blocks),
      (["TERM": "xterm", "TERM_PROGRAM": "WezTerm"], .kitty),
      (["TERM": "xterm-kitty", "CNP_GRAPHICS": "sixel"], .sixel),
      (["TERM": "foot", "CNP_GRAPHICS": "nonsense"], .sixel), ([:], .blocks),
    ])
  func choice(environment: [String: String], expected: TerminalGraphics) {
    #expect(TerminalGraphics.choice { environment[$0] } == expected)
  }
}
