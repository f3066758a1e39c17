import Glibc
import Terminal
import Testing

/// The editor of the prompt, as it stands on the screen while keys are pressed.
@Suite("Editing at a terminal")
struct EditorSessionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(
    _ environment: [String: String] = [:], columns: UInt16 = 60, rows: UInt16 = 20, program: String = cnp
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      program, in: folder.path, environment: folder.environment.merging(environment) { $1 }, columns: columns,
      rows: rows)
    try terminal.expect("cnp> ")
    return terminal
  }

  /// Waits until the last rows of the screen are these.
  private func expect(_ rows: String..., on terminal: PseudoTerminal) throws {
    try terminal.expectScreen(rows.joined(separator: " / ")) { $0.lines.suffix(rows.count) == rows[...] }
  }

  @Test("Enter begins another line while the input is not whole, indented by its brackets, and runs it when it is")
  func severalLines() throws {
    let terminal = try start()
    terminal.type("for w in [31, 32] {" + Key.enter + "print w" + Key.enter + "}")
    try expect("cnp> for w in [31, 32] {", "...>   print w", "...> }", on: terminal)
    terminal.type(Key.enter)
    try expect("...> }", "31", "32", "cnp>", on: terminal)
  }

  @Test("Earlier lines of an input are changed before it runs, by Enter from wherever the cursor is")
  func changingLines() throws {
    let terminal = try start()
    terminal.type("for w in [1] {" + Key.enter + "print w" + Key.up + Key.home)
    try terminal.expectScreen("the cursor in the first line") { screen in
      screen.cursor.column == 5 && screen.lines[screen.cursor.row].hasPrefix("cnp> for")
    }
    terminal.type("x = 5" + Key.newLine)
    try expect("cnp> x = 5", "...> for w in [1] {", "...>   print w", on: terminal)
    terminal.type(Key.down + Key.end + " + x" + Key.enter + "}" + Key.up + Key.up + Key.enter)
    try expect("...>   print w + x", "...> }", "6", "cnp>", on: terminal)
    terminal.type(Key.controlR + "print w" + Key.enter)
    try expect("...>   print w + x", "...> }", "6", "cnp>", on: terminal)
  }

  @Test("The keys for the start, the end and the rest of a line keep to that line")
  func lineKeys() throws {
    let terminal = try start()
    try terminal.paste("a = [1,\n2,\n3]")
    terminal.type(Key.up + Key.end + " 9,")
    try expect("cnp> a = [1,", "...> 2, 9,", "...> 3]", on: terminal)
    terminal.type(Key.home + "\u{0B}5, ")
    try expect("cnp> a = [1,", "...> 5,", "...> 3]", on: terminal)
    terminal.type("\u{19}" + Key.up + Key.home + "b = ")
    try expect("cnp> b = a = [1,", "...> 5, 2, 9,", "...> 3]", on: terminal)
    terminal.type(Key.home + Key.end + Key.end + "\u{15}]")
    try expect("...> 5, 2, 9,", "...> ]", on: terminal)
  }

  @Test("A pasted cell may begin with a comment")
  func comment() throws {
    let terminal = try start()
    try terminal.paste("# setup\nx = 40\n\nprint x + 2")
    terminal.type(Key.enter)
    try expect("...> print x + 2", "42", "cnp>", on: terminal)
  }

  @Test("In vi mode inputs of several lines are edited too")
  func viMode() throws {
    try folder.write(Array("set editing-mode vi\n".utf8), to: "inputrc")
    let terminal = try start(["INPUTRC": folder.path + "/inputrc"])
    terminal.type("for w in [31] {" + Key.enter + "print w" + Key.enter + "}" + Key.enter)
    try expect("...> }", "31", "cnp>", on: terminal)
  }

  @Test("Ctrl-C leaves an input of several lines; nothing of it runs")
  func interrupt() throws {
    let terminal = try start()
    terminal.type("print (1 +" + Key.enter + "40")
    try expect("cnp> print (1 +", "...>   40", on: terminal)
    terminal.type(Key.controlC)
    try expect("...>   40^C", "cnp>", on: terminal)
    terminal.enter("print 5 * 5")
    try expect("cnp> print 5 * 5", "25", "cnp>", on: terminal)
  }

  @Test("Ctrl-D behind an input that is not whole says what is missing")
  func unfinished() throws {
    let terminal = try start()
    terminal.type("print [1," + Key.enter + Key.controlD)
    try terminal.expect("error[unclosed-bracket]")
    try terminal.expect("cnp> ")
    terminal.type(Key.controlD)
    #expect(try terminal.exitCode() == 0)
  }

  @Test("What is pasted is edited, not run, until Enter")
  func paste() throws {
    let terminal = try start()
    try terminal.paste("a = 41\nb = a + 1\nprint b")
    try expect("cnp> a = 41", "...> b = a + 1", "...> print b", on: terminal)
    terminal.type(Key.enter)
    try expect("...> print b", "42", "cnp>", on: terminal)
  }

  @Test("Keys that come at once are drawn once, not each")
  func keysAtOnce() throws {
    let terminal = try start()
    terminal.type("print ([" + String(repeating: "(1),", count: 700) + "1]).count" + Key.enter)
    let drawn = try terminal.expect("\n701\n")
    #expect(drawn.utf8.count < 100_000)
    terminal.type("print \"a\" # unfinished" + Key.left + Key.left)
    try expect("701", "cnp> print \"a\" # unfinished", on: terminal)
  }

  @Test("A NUL that is pasted shows, and is complained of")
  func pastedNUL() throws {
    let terminal = try start()
    try terminal.paste("a\n\0b\nc")
    terminal.type(Key.left + Key.left + "-" + Key.down + Key.tab + Key.enter)
    try terminal.expect("error[unexpected-character]")
    terminal.enter("print 5 * 5")
    try terminal.expect("\n25\n")
  }

  @Test("Up and down walk through the lines of an input, then through the history, whose inputs keep their lines")
  func history() throws {
    let terminal = try start()
    terminal.enter("print 100")
    try expect("100", "cnp>", on: terminal)
    try terminal.paste("if true {\n  print 200\n}")
    terminal.type(Key.enter)
    try expect("200", "cnp>", on: terminal)
    terminal.type(Key.up)
    try expect("cnp> if true {", "...>   print 200", "...> }", on: terminal)
    terminal.type(Key.up)
    try expect("200", "cnp> print 100", on: terminal)
    terminal.type(Key.down)
    try expect("cnp> if true {", "...>   print 200", "...> }", on: terminal)
    terminal.type(Key.left + Key.up + Key.up + Key.home + "x = 3" + Key.newLine)
    terminal.type(Key.down + Key.down + Key.down + Key.enter)
    try expect("...> if true {", "...>   print 200", "...> }", "200", "cnp>", on: terminal)
  }

  @Test("Ctrl-R shows what it searches and what it found")
  func search() throws {
    let terminal = try start()
    terminal.enter("print 100 + 11")
    try expect("111", "cnp>", on: terminal)
    terminal.type(Key.controlR + "00 +")
    try expect("(reverse-i-search)`00 +': print 100 + 11", on: terminal)
    terminal.type(Key.enter)
    try expect("cnp> print 100 + 11", "111", "cnp>", on: terminal)
  }

  @Test("Ctrl-] before a key of several characters does no harm", arguments: ["\u{1D}", "\u{1B}\u{1D}"])
  func characterSearch(key: String) throws {
    let terminal = try start()
    terminal.type("print 7" + key + "\u{1B}h" + "0" + Key.enter)
    try terminal.expect("\n70\n")
  }

  @Test("Candidates stand below the input, names of the right kind first, and go with the next key")
  func candidates() throws {
    let terminal = try start(columns: 100)
    terminal.enter("zz = phantom 2 size: 64")
    terminal.enter("aa = 3")
    try expect("cnp> aa = 3", "cnp>", on: terminal)
    terminal.type("train-net ")
    terminal.type(Key.tab)
    try terminal.expectScreen("what is asked for, the dataset first, the number last") { screen in
      let below = screen.lines.dropFirst(4)
      return below.first?.hasPrefix("data: angiograms") == true && below.dropFirst().first?.hasPrefix("  zz ") == true
        && below.dropFirst(2).contains { $0.hasSuffix("  aa") }
    }
    terminal.type("z")
    try expect("cnp> aa = 3", "cnp> train-net z", on: terminal)
  }

  @Test("Where nothing completes, Tab says what is asked for")
  func wanted() throws {
    let terminal = try start(columns: 120)
    terminal.type("phantom size: " + Key.tab)
    try terminal.expectScreen("the parameter") { screen in
      screen.lines.last?.hasPrefix("size: side of the square image, in pixels (a whole number from") == true
    }
    terminal.type("64")
    try expect("cnp> phantom size: 64", on: terminal)
  }

  @Test("The prompt's own commands complete, and their files")
  func promptCommands() throws {
    try folder.write(Array("print 9 * 9".utf8), to: "nine.cnp")
    let terminal = try start()
    terminal.type(":lo" + Key.tab + "ni" + Key.tab)
    try expect("cnp> :load nine.cnp", on: terminal)
    terminal.type(Key.enter)
    try expect("[script]", "81", "cnp>", on: terminal)
  }

  @Test("A command of the prompt may be pasted with its newline")
  func pastedPromptCommand() throws {
    let terminal = try start()
    terminal.enter("print 1")
    try terminal.paste(":save session \n")
    terminal.type(Key.enter)
    try terminal.expect("1 cell saved; `cnp run session.cnpbook` replays them")
    try terminal.paste(":history 1\r\n")
    terminal.type(Key.enter)
    try terminal.expect("print 1\n")
  }

  @Test("A line longer than the screen is wrapped, and stays whole when the screen is made narrower")
  func resize() throws {
    let terminal = try start(columns: 40, rows: 10)
    let line = "print \"" + String(repeating: "abcdefghi ", count: 6) + "\""
    terminal.type(line)
    try expect("cnp> print \"abcdefghi abcdefghi abcdefgh", "i abcdefghi abcdefghi abcdefghi \"", on: terminal)
    terminal.type(Key.home)
    try terminal.expectScreen("the cursor at the start") { $0.cursor.column == 5 }
    terminal.resize(columns: 30, rows: 10)
    kill(terminal.process, SIGWINCH)
    try expect(
      "cnp> print \"abcdefghi abcdefgh", "i abcdefghi abcdefghi abcdefgh", "i abcdefghi \"", on: terminal)
    terminal.type(Key.enter)
    try terminal.expect("\nabcdefghi abcdefghi")
  }

  @Test("A line of emoji is wrapped where the terminal would wrap it, and is drawn once")
  func emoji() throws {
    let terminal = try start(columns: 20, rows: 10)
    terminal.type("print \"✅🟢🇩🇪e\u{301}✅🟢")
    try expect("cnp> print \"✅🟢🇩🇪e\u{301}", "✅🟢", on: terminal)
    terminal.type("🟢\"")
    try expect("cnp> print \"✅🟢🇩🇪e\u{301}", "✅🟢🟢\"", on: terminal)
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
    let terminal = try start(environment)
    terminal.type("print \"aé画b\"" + Key.left + Key.left + Key.left + "\u{08}x\u{19}" + Key.enter)
    try terminal.expect("\nax画b\n")
  }

  @Test("An input taller than the screen shows the lines around the cursor")
  func tall() throws {
    let terminal = try start(rows: 6)
    try terminal.paste((1...40).map { "x\($0) = \($0)" }.joined(separator: "\n"))
    try expect("...> x39 = 39", "...> x40 = 40", on: terminal)
    terminal.type(Key.enter)
    try expect("...> x40 = 40", "cnp>", on: terminal)
    terminal.enter("print x1 + x40")
    try expect("41", "cnp>", on: terminal)
  }

  @Test("Ctrl-L clears the screen and keeps the input")
  func clear() throws {
    let terminal = try start()
    terminal.enter("print 1")
    try expect("1", "cnp>", on: terminal)
    terminal.type("print 2" + Key.controlL)
    try terminal.expectScreen("the input alone") { $0.lines == ["cnp> print 2"] }
  }

  @Test("An input opened in the user's editor comes back to the prompt")
  func external() throws {
    try folder.write(Array("#!/bin/sh\nsed -i 's/2/30/' \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/ed", 0o700)
    let terminal = try start(["EDITOR": folder.path + "/ed"])
    terminal.type("print 1 + 2" + Key.edit)
    try expect("cnp> print 1 + 30", on: terminal)
    terminal.type(Key.enter)
    try expect("31", "cnp>", on: terminal)
    terminal.enter(":edit 1")
    try expect("cnp> print 1 + 30", on: terminal)
    terminal.type(Key.controlC)
    try terminal.expect("^C")
    terminal.enter(":edit 7")
    try terminal.expect("error[no-input]")
  }

  @Test("What is handed to the user's editor is for nobody else to read")
  func externalIsPrivate() throws {
    try folder.write(Array("#!/bin/sh\nmode=$(stat -c %a \"$1\")\necho \"print $mode\" > \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/ed", 0o700)
    let terminal = try start(["EDITOR": folder.path + "/ed"])
    terminal.type("x" + Key.edit)
    try expect("cnp> print 600", on: terminal)
  }

  @Test("A signal that was ignored at the start stays so in the user's editor; those the prompt catches do not")
  func externalSignals() throws {
    try folder.write(Array("#!/bin/sh\ntrap '' INT\nexec \(cnp)\n".utf8), to: "start")
    // The last digit stands for the signals 1 to 4: of SIGHUP, SIGINT and SIGQUIT, the second is ignored.
    let ignored = "$(sed -n 's/^SigIgn:.*\\(.\\)$/\\1/p' /proc/self/status)"
    try folder.write(Array("#!/bin/sh\necho \"print 0, \(ignored)\" > \"$1\"\n".utf8), to: "ed")
    chmod(folder.path + "/start", 0o700)
    chmod(folder.path + "/ed", 0o700)
    let terminal = try start(["EDITOR": folder.path + "/ed"], program: folder.path + "/start")
    terminal.type("x" + Key.edit)
    try expect("cnp> print 0, 2", on: terminal)
  }

  @Test("A training in the background leaves the prompt free, and binds its name when it ends")
  func background() throws {
    let terminal = try start(columns: 110, rows: 40)
    terminal.enter("eyes = phantom 4 size: 64")
    terminal.enter("net = train-net eyes width: 4 epochs: 1000000 background: true")
    try terminal.expect("[1] runs in the background; net will be bound when it ends")
    try terminal.expect("cnp> ")
    terminal.enter("print 6 * 7, eyes.count")
    try terminal.expect("\n42 4\n")
    terminal.enter("print net")
    try terminal.expect("job 1 in the background will bind it")
    terminal.enter("jobs")
    try terminal.expect("[1] ")
    terminal.enter(":watch")
    try terminal.expect("epoch ")
    terminal.type(Key.controlC)
    try terminal.expect("cnp> ")
    terminal.type(Key.controlD)
    try terminal.expect("a job still runs in the background")
    terminal.type("print 1 + ")
    terminal.type(Key.home)
    try terminal.expectScreen("the draft") { $0.lines.last == "cnp> print 1 +" }
    terminal.type(Key.controlC)
    try terminal.expect("^C")
    terminal.enter(":names")
    try terminal.expect("net   being computed by job 1")
    terminal.enter(":stop")
    try terminal.expect("[1] has ended")
    try terminal.expect("to go on (↑ brings it):")
    try terminal.expect("cnp> ")
    terminal.enter("print net.interrupted")
    try terminal.expect("\ntrue\n")
  }

  @Test("What ends in the background is said above what is being typed, which stays")
  func news() throws {
    let terminal = try start(columns: 110, rows: 40)
    terminal.enter("net = train-net (phantom 4 size: 64) width: 4 epochs: 40 background: true")
    terminal.type("print 8 * 8" + Key.left + Key.left + Key.left + Key.left)
    try terminal.expectScreen("the news and the draft") { screen in
      screen.text.contains("[1] has ended") && screen.lines.last == "cnp> print 8 * 8"
    }
    terminal.type("0" + Key.enter)
    try terminal.expect("\n640\n")
    terminal.enter("print net.epochs")
    try terminal.expect("\n40\n")
  }
}
