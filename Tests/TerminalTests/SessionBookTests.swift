import Base
import Books
import Glibc
import Language
import Terminal
import Testing

/// A session saved as a book gives the same outputs again.
@Suite("From session to book")
struct SessionBookTests {
  let prompt: ScriptedSession

  init() throws { prompt = try ScriptedSession() }

  private func replay(_ name: String) throws -> [ReplayedCell] { try prompt.replay(name) }

  @Test("What was printed, computed at random, continued and set as a table comes out the same")
  func sameOutputs() throws {
    let inputs = [
      "eyes = phantom 4 size: 64", "eyes.count", "nonsense 3", "| print", "print 1 / 0",
      "train, test = split eyes test: 2\nprint train.names, test.names", "found = dark-threshold test",
      "metrics found", "help", "describe test", "for w in [4, 8] {\n  print w\n}", "[3, 4]", "| describe", "| print",
      "print \"```\"", "net = train-net train width: 4 epochs: 1 rate: 1e-3", "areas (predict net test)",
    ]
    let saved = try prompt.run(inputs.map(LineEvent.text) + [.text(":save work")])
    #expect(saved.output.contains("14 cells saved; `cnp run work.cnpbook` replays them"))
    let cells = try replay("work.cnpbook")
    let numbers = [1, 2, 4, 6, 7, 8] + (10...17)
    #expect(cells.map(\.label) == numbers.map { "in-\($0)" }, "mistakes and help are no part of the work")
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
    #expect(cells.contains { $0.recorded.contains("SEN") })
    let check = BookRunner(path: prompt.folder.path + "/work.cnpbook").run(.check)
    #expect(check.status == .success && check.comparison?.isSame == true, "\(check.comparison?.diff ?? "")")
  }

  @Test("Of an input that failed half-way, the statements that worked are kept whole, and that is said")
  func halfAnInput() throws {
    let outcome = try prompt.run([
      .text("x = 20\nprint x\ny = (phantom 1 size: 64)[5]\nprint 5"), .text(":save half.cnpbook"),
    ])
    let text = try prompt.folder.read("half.cnpbook")
    #expect(text.contains("```cnp\n#| label: in-1\nx = 20\nprint x\n```\n\n```out\n20\n```"))
    #expect(outcome.errors.contains("in-1 is saved without what of it did not run to its end"))
    #expect(try replay("half.cnpbook").map(\.found) == ["20"])
  }

  @Test("Nothing that is there is overwritten, but the session's own book is")
  func overwriting() throws {
    try prompt.folder.write(Array("mine".utf8), to: "notes.cnpbook")
    let outcome = try prompt.run([
      .text(":save empty"), .text("print 1"), .text(":save notes"), .text(":save a.txt"), .text(":save"),
      .text(":save ok"), .text("print 2"), .text(":save ok"),
    ])
    #expect(outcome.errors.contains("nothing-to-save"))
    #expect(outcome.errors.contains("file-exists"))
    #expect(outcome.errors.contains("unknown-ending"))
    #expect(outcome.errors.contains("missing-argument"))
    #expect(try prompt.folder.read("notes.cnpbook") == "mine")
    #expect(try replay("ok.cnpbook").map(\.found) == ["1", "2"])
  }

  @Test("What was put out on the way to a failure belongs to no cell")
  func outputOfAFailure() throws {
    _ = try prompt.run([.text("print 1\nfor i in 0..1 {\n  print [7][i]\n}"), .text("[2]"), .text(":save part")])
    let cells = try replay("part.cnpbook")
    #expect(cells.map(\.recorded) == ["1", "[2]"])
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
  }

  @Test("Comments, and names that hide the help, are saved")
  func commentsAndHelp() throws {
    _ = try prompt.run([
      .text("# why\nx = 1  # my note\n# and more\n"), .text("help = 5"), .text("print help"), .text("help"),
      .text("7  # seven"), .text("| print"), .text(":save notes"),
    ])
    let text = try prompt.folder.read("notes.cnpbook")
    #expect(text.contains("# why\nx = 1  # my note\n# and more\n```"))
    let cells = try replay("notes.cnpbook")
    #expect(cells.map(\.found) == ["", "", "5", "7", "7"])
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
  }

  @Test("A book whose replay would refuse is saved with a warning")
  func refusedReplay() throws {
    let path = prompt.folder.path + "/eyes.csv"
    try prompt.folder.write(Array("word".utf8), to: "eyes.csv")
    let moved = Command("moved", "takes the file away") { _, _ in
      unlink(path)
      return .none
    }
    let read = Command("read", "a text", [.argument("path", .path, "where")], result: .text) { arguments, context in
      .text(String(decoding: try readFile(try context.host.pathToRead(arguments.text("path"))), as: UTF8.self))
    }
    let outcome = try prompt.run(
      [.text("print read \"eyes.csv\""), .text("moved"), .text(":save late")], also: [moved, read])
    #expect(outcome.output.hasPrefix("word\n"))
    #expect(outcome.errors.contains("a replay will stop at this mistake"))
  }

  @Test("A book that was changed since it was saved is left as it is")
  func changedBook() throws {
    let path = prompt.folder.path + "/mine.cnpbook"
    let change = Command("add-prose", "writes prose into the book") { _, _ in
      try writeFile("My own words.\n\n" + String(decoding: try readFile(path), as: UTF8.self), to: path)
      return .none
    }
    let outcome = try prompt.run(
      [.text("print 1"), .text(":save mine"), .text("add-prose"), .text(":save mine")], also: [change])
    #expect(outcome.errors.contains("error[file-changed]"))
    #expect(try prompt.folder.read("mine.cnpbook").hasPrefix("My own words."))
  }

  @Test("An input that was stopped is saved with a warning, without its output")
  func interrupted() throws {
    let outcome = try prompt.run([.text("x = interrupted"), .text("print x"), .text(":save stopped")])
    #expect(outcome.errors.contains("in-1 was stopped;"))
  }

  @Test("An input of several statements that was stopped counts as stopped, and keeps what came before whole")
  func interruptedWithin() throws {
    let outcome = try prompt.run([
      .text("print 4\nx = interrupted\nprint x"), .text(":history"), .text(":save stopped"),
    ])
    #expect(outcome.output.contains("1 ~ print 4"))
    #expect(outcome.errors.contains("in-1 was stopped;"))
    #expect(outcome.session.bindings["x"].map(display) == "7")
  }

  @Test(
    "What goes on from the last value does so in the book, whatever stands between",
    arguments: [
      ["[3, 4]", "x = 1", "| print"], ["[1]", "| print", "[2]", "x = 1", "| print"],
      ["# this | that\n[3, 4]", "# this | that\n| print"], ["[1]", "| print\n[5, 6]", "| print"],
      ["it = 5", "it", "| print", "| print"], ["[1]\nx = 2", "y = 3", "| print", "print x, y"],
    ])
  func continuations(inputs: [String]) throws {
    let saved = try prompt.run(inputs.map(LineEvent.text) + [.text(":save on")])
    #expect(saved.errors == "" || !saved.errors.contains("error"), "\(saved.errors)")
    for cell in try replay("on.cnpbook") { #expect(cell.found == cell.recorded, "\(cell.label)") }
  }

  @Test("Undo takes back what a background job bound, and leaves what was typed meanwhile")
  func undoOfAJob() throws {
    let terminal = try PseudoTerminal.atPrompt(in: prompt.folder, columns: 110, rows: 40)
    terminal.enter("net = train-net (phantom 4 size: 64) width: 4 epochs: 12 background: true")
    try terminal.expect("[1] runs")
    terminal.enter("y = 2")
    try terminal.expect("[1] has ended")
    terminal.enter("print net.epochs, y")
    try terminal.expect("\n12 2\n")
    terminal.enter(":save job")
    try terminal.expect("replays them")
    terminal.enter(":undo")
    try terminal.expect("taken back: print")
    terminal.enter(":undo")
    try terminal.expect("taken back: net = train-net")
    terminal.enter("print y")
    try terminal.expect("\n2\n")
    terminal.enter("print net")
    try terminal.expect("nothing is called `net`")
    let cells = try replay("job.cnpbook")
    #expect(Set(cells.map(\.label)) == ["in-1", "in-2", "in-3"])
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
  }

  @Test("A background input with a mistake runs nothing, and can be edited")
  func mistakenJob() throws {
    let terminal = try PseudoTerminal.atPrompt(in: prompt.folder, columns: 110, rows: 40)
    terminal.enter("a = train-net eyess width: 4 epochs: 9 background: true")
    try terminal.expect("nothing is called `eyess`")
    terminal.enter("print 1")
    try terminal.expect("\n1\n")
    terminal.enter(":save none")
    try terminal.expect("1 cell saved")
    #expect(try replay("none.cnpbook").map(\.label) == ["in-2"])
    terminal.enter(":history")
    try terminal.expect("1 ! a = train-net eyess")
  }

  @Test("Where memory is short, only the last input can be taken back, and that is said")
  func undoInLittleMemory() throws {
    let inputs = ["x = 1", "x = 2", "x = 3", ":undo", ":undo", "print x"]
    let outcome = try prompt.run(inputs.map(LineEvent.text), memoryLeft: { 1 << 20 })
    #expect(outcome.output == "2\n")
    #expect(outcome.errors.contains("the session before input 2 is not kept any more"))
    #expect(try prompt.run(inputs.map(LineEvent.text)).output == "1\n")
  }

  @Test("Undo takes the last input back, with its names and its cell; the labels of later inputs stay theirs")
  func undo() throws {
    let outcome = try prompt.run([
      .text(":undo"), .text("x = 1"), .text("x = 2\nprint nonsense"), .text("x = 3"), .text(":undo"), .text("print x"),
      .text(":undo"), .text(":undo"), .text("print x"), .text("y = 5"), .text(":save undone"), .text(":history"),
    ])
    #expect(outcome.errors.contains("nothing-to-undo"))
    #expect(outcome.output.hasPrefix("1\n"))
    #expect(outcome.errors.contains("taken back: x = 3"))
    #expect(outcome.errors.contains("nothing is called `x`"))
    #expect(outcome.session.bindings.names == ["y"])
    #expect(try replay("undone.cnpbook").map(\.label) == ["in-6"])
  }
}
