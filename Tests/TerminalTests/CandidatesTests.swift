import Testing

/// What Tab shows and inserts.
@Suite("Completion at a terminal")
struct CandidatesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Candidates stand below the input, names of the right kind first, and go with the next key")
  func candidates() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 100)
    terminal.enter("zz = phantom 2 size: 64")
    terminal.enter("aa = 3")
    try terminal.expectLastRows("cnp> aa = 3", "cnp>")
    terminal.type("train-net ")
    terminal.type(Key.tab)
    try terminal.expectScreen("what is asked for, the dataset first, the number last") { screen in
      let below = screen.lines.dropFirst(4)
      return below.first?.hasPrefix("data: angiograms") == true && below.dropFirst().first?.hasPrefix("  zz ") == true
        && below.dropFirst(2).contains { $0.hasSuffix("  aa") }
    }
    terminal.type("z")
    try terminal.expectLastRows("cnp> aa = 3", "cnp> train-net z")
  }

  @Test("Where nothing completes, Tab says what is asked for")
  func wanted() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, columns: 120)
    terminal.type("phantom size: " + Key.tab)
    try terminal.expectScreen("the parameter") { screen in
      screen.lines.last?.hasPrefix("size: side of the square image, in pixels (a whole number from") == true
    }
    terminal.type("64")
    try terminal.expectLastRows("cnp> phantom size: 64")
  }

  @Test("The prompt's own commands complete, and their files")
  func promptCommands() throws {
    try folder.write(Array("print 9 * 9".utf8), to: "nine.cnp")
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type(":lo" + Key.tab + "ni" + Key.tab)
    try terminal.expectLastRows("cnp> :load nine.cnp")
    terminal.type(Key.enter)
    try terminal.expectLastRows("[script]", "81", "cnp>")
  }
}
