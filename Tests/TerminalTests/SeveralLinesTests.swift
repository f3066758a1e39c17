import Testing

/// Inputs of several lines, edited as a whole on the screen.
@Suite("Inputs of several lines")
struct SeveralLinesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Enter begins another line while the input is not whole, indented by its brackets, and runs it when it is")
  func severalLines() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type("for w in [31, 32] {" + Key.enter + "print w" + Key.enter + "}")
    try terminal.expectLastRows("cnp> for w in [31, 32] {", "...>   print w", "...> }")
    terminal.type(Key.enter)
    try terminal.expectLastRows("...> }", "31", "32", "cnp>")
  }

  @Test("Earlier lines of an input are changed before it runs, by Enter from wherever the cursor is")
  func changingLines() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type("for w in [1] {" + Key.enter + "print w" + Key.up + Key.home)
    try terminal.expectScreen("the cursor in the first line") { screen in
      screen.cursor.column == 5 && screen.lines[screen.cursor.row].hasPrefix("cnp> for")
    }
    terminal.type("x = 5" + Key.newLine)
    try terminal.expectLastRows("cnp> x = 5", "...> for w in [1] {", "...>   print w")
    terminal.type(Key.down + Key.end + " + x" + Key.enter + "}" + Key.up + Key.up + Key.enter)
    try terminal.expectLastRows("...>   print w + x", "...> }", "6", "cnp>")
    terminal.type(Key.controlR + "print w" + Key.enter)
    try terminal.expectLastRows("...>   print w + x", "...> }", "6", "cnp>")
  }

  @Test("The keys for the start, the end and the rest of a line keep to that line")
  func lineKeys() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    try terminal.paste("a = [1,\n2,\n3]")
    terminal.type(Key.up + Key.end + " 9,")
    try terminal.expectLastRows("cnp> a = [1,", "...> 2, 9,", "...> 3]")
    terminal.type(Key.home + "\u{0B}5, ")
    try terminal.expectLastRows("cnp> a = [1,", "...> 5,", "...> 3]")
    terminal.type("\u{19}" + Key.up + Key.home + "b = ")
    try terminal.expectLastRows("cnp> b = a = [1,", "...> 5, 2, 9,", "...> 3]")
    terminal.type(Key.home + Key.end + Key.end + "\u{15}]")
    try terminal.expectLastRows("...> 5, 2, 9,", "...> ]")
  }

  @Test("A pasted cell may begin with a comment")
  func comment() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    try terminal.paste("# setup\nx = 40\n\nprint x + 2")
    terminal.type(Key.enter)
    try terminal.expectLastRows("...> print x + 2", "42", "cnp>")
  }

  @Test("In vi mode inputs of several lines are edited too")
  func viMode() throws {
    try folder.write(Array("set editing-mode vi\n".utf8), to: "inputrc")
    let terminal = try PseudoTerminal.atPrompt(in: folder, ["INPUTRC": folder.path + "/inputrc"])
    terminal.type("for w in [31] {" + Key.enter + "print w" + Key.enter + "}" + Key.enter)
    try terminal.expectLastRows("...> }", "31", "cnp>")
  }

  @Test("Ctrl-C leaves an input of several lines; nothing of it runs")
  func interrupt() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type("print (1 +" + Key.enter + "40")
    try terminal.expectLastRows("cnp> print (1 +", "...>   40")
    terminal.type(Key.controlC)
    try terminal.expectLastRows("...>   40^C", "cnp>")
    terminal.enter("print 5 * 5")
    try terminal.expectLastRows("cnp> print 5 * 5", "25", "cnp>")
  }

  @Test("Keys behind a Ctrl-C that come at once with it belong to the next input")
  func keysBehindInterrupt() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    for number in 1...100 {
      terminal.type("print 1 + ")
      try terminal.expectScreen("the draft") { $0.lines.last == "cnp> print 1 +" }
      terminal.type(Key.controlC + "print \(number) * 1000" + Key.enter)
      try terminal.expect("\n\(number)000\n")
      try terminal.expectScreen("the next prompt") { $0.lines.last == "cnp>" }
    }
  }

  @Test("Ctrl-D behind an input that is not whole says what is missing")
  func unfinished() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder)
    terminal.type("print [1," + Key.enter + Key.controlD)
    try terminal.expect("error[unclosed-bracket]")
    try terminal.expect("cnp> ")
    terminal.type(Key.controlD)
    #expect(try terminal.exitCode() == 0)
  }

  @Test("An input taller than the screen shows the lines around the cursor")
  func tall() throws {
    let terminal = try PseudoTerminal.atPrompt(in: folder, rows: 6)
    try terminal.paste((1...40).map { "x\($0) = \($0)" }.joined(separator: "\n"))
    try terminal.expectLastRows("...> x39 = 39", "...> x40 = 40")
    terminal.type(Key.enter)
    try terminal.expectLastRows("...> x40 = 40", "cnp>")
    terminal.enter("print x1 + x40")
    try terminal.expectLastRows("41", "cnp>")
  }
}
