import Testing

/// Earlier inputs, brought back by keys.
@Suite("Earlier inputs at a terminal")
struct RecallTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Up and down walk through the lines of an input, then through the history, whose inputs keep their lines")
  func history() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.enter("print 100")
    try terminal.expectLastRows("100", "cnp>")
    try terminal.paste("if true {\n  print 200\n}")
    terminal.type(Key.enter)
    try terminal.expectLastRows("200", "cnp>")
    terminal.type(Key.up)
    try terminal.expectLastRows("cnp> if true {", "...>   print 200", "...> }")
    terminal.type(Key.up)
    try terminal.expectLastRows("200", "cnp> print 100")
    terminal.type(Key.down)
    try terminal.expectLastRows("cnp> if true {", "...>   print 200", "...> }")
    terminal.type(Key.left + Key.up + Key.up + Key.home + "x = 3" + Key.newLine)
    terminal.type(Key.down + Key.down + Key.down + Key.enter)
    try terminal.expectLastRows("...> if true {", "...>   print 200", "...> }", "200", "cnp>")
  }

  @Test("Ctrl-R shows what it searches and what it found")
  func search() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.enter("print 100 + 11")
    try terminal.expectLastRows("111", "cnp>")
    terminal.type(Key.controlR + "00 +")
    try terminal.expectLastRows("(reverse-i-search)`00 +': print 100 + 11")
    terminal.type(Key.enter)
    try terminal.expectLastRows("cnp> print 100 + 11", "111", "cnp>")
  }

  @Test("Ctrl-] before a key of several characters does no harm", arguments: ["\u{1D}", "\u{1B}\u{1D}"])
  func characterSearch(key: String) throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type("print 7" + key + "\u{1B}h" + "0" + Key.enter)
    try terminal.expect("\n70\n")
  }
}
