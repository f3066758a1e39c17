import Testing

/// What comes to the prompt faster than a person types.
@Suite("Pasting and keys at once")
struct PastingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("What is pasted is edited, not run, until Enter")
  func paste() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    try terminal.paste("a = 41\nb = a + 1\nprint b")
    try terminal.expectLastRows("cnp> a = 41", "...> b = a + 1", "...> print b")
    terminal.type(Key.enter)
    try terminal.expectLastRows("...> print b", "42", "cnp>")
  }

  @Test("Keys that come at once are drawn once, not each")
  func keysAtOnce() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 60, rows: 20)
    terminal.type("print ([" + String(repeating: "(1),", count: 700) + "1]).count" + Key.enter)
    let drawn = try terminal.expect("\n701\n")
    #expect(drawn.utf8.count < 100_000)
    terminal.type("print \"a\" # unfinished" + Key.left + Key.left)
    try terminal.expectLastRows("701", "cnp> print \"a\" # unfinished")
  }

  @Test("A NUL that is pasted shows, and is complained of")
  func pastedNUL() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    try terminal.paste("a\n\0b\nc")
    terminal.type(Key.left + Key.left + "-" + Key.down + Key.tab + Key.enter)
    try terminal.expect("error[unexpected-character]")
    terminal.enter("print 5 * 5")
    try terminal.expect("\n25\n")
  }

  @Test("A command of the prompt may be pasted with its newline")
  func pastedPromptCommand() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.enter("print 1")
    try terminal.paste(":save session \n")
    terminal.type(Key.enter)
    try terminal.expect("1 cell saved; `cnp run session.cnpbook` replays them")
    try terminal.paste(":history 1\r\n")
    terminal.type(Key.enter)
    try terminal.expect("print 1\n")
  }
}
