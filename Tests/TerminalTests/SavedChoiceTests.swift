import Terminal
import Testing

/// Which inputs of a session become a book.
@Suite("What is saved of a session")
struct SavedChoiceTests {
  let prompt: ScriptedSession

  init() throws { prompt = try ScriptedSession() }

  /// The labels of the book that a session saves at its end.
  private func labels(_ inputs: [String], save: String = "") throws -> [String] {
    let outcome = try prompt.run((inputs + [":save \"a book\" \(save)"]).map(LineEvent.text))
    guard outcome.output.contains(" saved; `cnp run 'a book.cnpbook'`") else { return [outcome.errors] }
    let cells = try prompt.replay("a book.cnpbook")
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
    return cells.map { String($0.label.dropFirst(3)) }
  }

  @Test(
    "Looks at values and pages of help are left out; what is printed, shown, measured or computed stays",
    arguments: [
      ("x", false), ("x[0]", false), ("x[-1]", false), ("r.a", false), ("x[i]", false), ("help", false),
      ("help phantom", false), ("explain", false), ("apropos 'loss'", false), ("x  # as it is\nr.a", false),
      ("print x", true), ("show x", true), ("x.count + 1", true), ("sum x", true), ("[x, x]", true),
      ("describe x", true),
      ("f 3", true), ("g", true), ("7", true), ("x\nprint x", true), ("x\ny = x", true), ("sum x | print", true),
    ])
  func looks(input: String, isKept: Bool) throws {
    let begin = "x = [4, 5]\nr = [a: 1]\ni = 0\ndef f n { n }\ndef g { print 8 }"
    let lines = begin.split(separator: "\n").map(String.init).joined(separator: "\n")
    #expect(try labels([lines, input]) == (isKept ? ["1", "2"] : ["1"]))
  }

  @Test("A look stays where another input goes on from its value")
  func neededLooks() throws {
    #expect(try labels(["help = 3", "x = [4, 5]", "x", "help", "| print"]) == ["1", "2", "4", "5"])
  }

  @Test(
    "Inputs are chosen by their numbers, in ranges or alone; a look that is named alone stays",
    arguments: [
      ("1-3", ["1", "2", "3"]), ("1,3-4", ["1", "3"]), ("1 - 2, 5", ["1", "2", "5"]), ("1–2", ["1", "2"]),
      ("1..3", ["1", "2", "3"]), ("3,1,4", ["1", "3", "4"]), ("3-,1", ["1", "3", "5"]), ("5-5,1", ["1", "5"]),
      ("1-6", ["1", "2", "3", "5"]),
    ])
  func choices(choice: String, labels expected: [String]) throws {
    let inputs = ["x = [4, 5]", "print 2", "print x", "x", "y = x", "nonsense"]
    #expect(try labels(inputs, save: choice) == expected)
  }

  @Test(
    "What is no choice is refused with what to write",
    arguments: [
      (":save b 3-1", "write 1-3"), (":save b 9", "they go from 1 to 4"), (":save b 2-9", "they go from 1 to 4"),
      (":save b 0", "there is no input 0"), (":save b 2", "input 2 did not work"),
      (":save b 3x", "'3x' says no inputs"),
      (":save 1-3", ":save session.cnpbook 1-3"), (":save 'b' one", "'one' says no inputs"),
      (":save b 1-2-3", "'1-2-3' says no inputs"), (":save b 4-", "none of these inputs did more than look"),
    ])
  func refused(line: String, words: String) throws {
    let inputs = ["x = 4", "nonsense", "print 3", "x", line]
    let outcome = try prompt.run(inputs.map(LineEvent.text))
    #expect(outcome.errors.contains(words) && !outcome.output.contains("saved"), "\(outcome.errors)")
  }

  @Test("What the chosen inputs need of others is said, and the line that saves all of it comes back by the key")
  func needs() throws {
    let inputs = [
      "a = 1", "b = a + 1", "print 5", "a = 7", "print a, b", "[a]", "x = 2", "| print",
    ]
    let outcome = try prompt.run((inputs + [":save part 5", ":save part 8", ":save part 2,5"]).map(LineEvent.text))
    #expect(outcome.errors.contains("in-5 needs `a` of input 4, in-5 needs `b` of input 2"))
    #expect(outcome.errors.contains("in-8 needs the value of input 6"))
    #expect(outcome.errors.contains("in-2 needs `a` of input 1, in-5 needs `a` of input 4"))
    let offered = outcome.reader.remembered.filter { $0.hasPrefix(":save part.cnpbook") }
    #expect(offered == [":save part.cnpbook 1-2,4-5", ":save part.cnpbook 4,6,8", ":save part.cnpbook 1-2,4-5"])
    let saved = try prompt.run((inputs + [offered[0]]).map(LineEvent.text))
    #expect(saved.output.hasSuffix("4 cells saved; `cnp run part.cnpbook` replays them\n"))
    #expect(try prompt.replay("part.cnpbook").map(\.found) == ["", "", "", "7 2"])
  }

  @Test("Tab lists the inputs behind the file")
  func completion() throws {
    let terminal = try PseudoTerminal.atPrompt(in: prompt.folder)
    terminal.enter("eyes = 3")
    terminal.enter("print eyes")
    try terminal.expectLastRows("3", "cnp>")
    terminal.type(":save work " + Key.tab)
    try terminal.expectScreen("the inputs") { screen in
      screen.lines.suffix(2).map { $0.split(separator: " ").joined(separator: " ") } == ["1 eyes = 3", "2 print eyes"]
    }
    terminal.type("1-2" + Key.enter)
    try terminal.expect("2 cells saved")
  }
}
