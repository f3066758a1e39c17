import Glibc
import Testing

/// The input as it stands on screens of all widths and kinds.
@Suite("The input on the screen")
struct DrawingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A line longer than the screen is wrapped, and stays whole when the screen is made narrower")
  func resize() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 40, rows: 10)
    let line = "print \"" + String(repeating: "abcdefghi ", count: 6) + "\""
    terminal.type(line)
    try terminal.expectLastRows("cnp> print \"abcdefghi abcdefghi abcdefgh", "i abcdefghi abcdefghi abcdefghi \"")
    terminal.type(Key.home)
    try terminal.expectScreen("the cursor at the start") { $0.cursor.column == 5 }
    terminal.resize(columns: 30, rows: 10)
    kill(terminal.process, SIGWINCH)
    try terminal.expectLastRows(
      "cnp> print \"abcdefghi abcdefgh", "i abcdefghi abcdefghi abcdefgh", "i abcdefghi \"")
    terminal.type(Key.enter)
    try terminal.expect("\nabcdefghi abcdefghi")
  }

  @Test("A line of emoji is wrapped where the terminal would wrap it, and is drawn once")
  func emoji() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 20, rows: 10)
    terminal.type("print \"✅🟢🇩🇪e\u{301}✅🟢")
    try terminal.expectLastRows("cnp> print \"✅🟢🇩🇪e\u{301}", "✅🟢")
    terminal.type("🟢\"")
    try terminal.expectLastRows("cnp> print \"✅🟢🇩🇪e\u{301}", "✅🟢🟢\"")
    #expect(terminal.screen.text.split(separator: "cnp> ").count == 2, "the greeting and the input")
    terminal.type(Key.left + Key.left)
    try terminal.expectScreen("the cursor on the last circle") { $0.cursor.column == 4 }
    terminal.type(Key.enter)
    try terminal.expect("\n✅🟢🇩🇪e\u{301}✅🟢🟢\n")
  }

  @Test(
    "Characters are edited whole, whatever the locale, on a dumb terminal too",
    arguments: [["LC_ALL": "C"], ["LANG": ""], ["LC_ALL": "C", "TERM": "dumb"], ["LC_ALL": "nowhere"]])
  func locale(environment: [String: String]) throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, environment)
    terminal.type("print \"aé画b\"" + Key.left + Key.left + Key.left + "\u{08}x\u{19}" + Key.enter)
    try terminal.expect("\nax画b\n")
  }

  @Test("Ctrl-L clears the screen and keeps the input")
  func clear() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.enter("print 1")
    try terminal.expectLastRows("1", "cnp>")
    terminal.type("print 2" + Key.controlL)
    try terminal.expectScreen("the input alone") { $0.lines == ["cnp> print 2"] }
  }
}
