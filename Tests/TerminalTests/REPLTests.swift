import Base
import Glibc
import Language
import Terminal
import Testing

@Suite("Read–run–print loop")
struct REPLTests {
  let prompt: ScriptedSession

  init() throws { prompt = try ScriptedSession() }

  @Test("Values typed alone show themselves, names stay bound, each input is labelled")
  func values() throws {
    let outcome = try prompt.run([.text("x = 20"), .text("x + 1"), .text("print x")])
    #expect(outcome.output == "21\n20\n")
    #expect(outcome.errors == "")
    #expect(outcome.exitCode == 0)
    #expect(outcome.reader.remembered == ["x = 20", "x + 1", "print x"])
  }

  @Test("An input goes on until its brackets are closed, and is remembered as one")
  func severalLines() throws {
    let outcome = try prompt.run([.text("for w in [1, 2] {"), .text("  print w"), .text("}")])
    #expect(outcome.output.hasPrefix("1\n2\n"))
    #expect(outcome.reader.prompts == ["cnp> ", "...> ", "...> ", "cnp> "])
    #expect(outcome.reader.remembered == ["for w in [1, 2] {\n  print w\n}"])
  }

  @Test(
    "Lines inside brackets and texts, and after operators, are put together as a script reads them",
    arguments: [
      (["print [1,", "(2", "),", "3]"], "[1, 2, 3]\n"), (["print 1 +", "2"], "3\n"),
      (["print [1, # )]", "2", "]"], "[1, 2]\n"), (["print (", "\")\"", ")"], ")\n"),
      (["print 1 +", "(2", ") +", "4"], "7\n"), (["if true {", "x = [", "1]", "print x", "}"], "[1]\n"),
    ])
  func gathered(lines: [String], output: String) throws {
    let outcome = try prompt.run(lines.map(LineEvent.text))
    #expect(outcome.output.hasPrefix(output))
    #expect(outcome.errors == "")
    #expect(outcome.reader.remembered == [lines.joined(separator: "\n")])
  }

  @Test("A block of many lines is not read again at every line")
  func longBlock() throws {
    let lines = ["for i in 1..1 {"] + (0..<20_000).map { "x\($0 % 9) = i + (\($0))" } + ["print x0", "}"]
    let outcome = try prompt.run(lines.map(LineEvent.text))
    #expect(outcome.output.hasPrefix("19999\n"))
    #expect(outcome.errors == "")
  }

  @Test("Ctrl-C leaves an input of several lines; Ctrl-D in one says what is missing")
  func leavingAnInput() throws {
    let outcome = try prompt.run([.text("print ("), .interrupted, .text("print 2"), .text("print ["), .endOfInput])
    #expect(outcome.output == "2\n")
    #expect(outcome.errors.contains("error["))
    #expect(outcome.exitCode == 0)
  }

  @Test("A line that starts with a bar goes on from the last value")
  func bar() throws {
    let outcome = try prompt.run([.text("[4, 5]"), .text("| print")])
    #expect(outcome.output == "[4, 5]\n[4, 5]\n")
  }

  @Test("A mistake is shown where it is; the session goes on with its names")
  func mistake() throws {
    let outcome = try prompt.run([.text("x = 1"), .text("x = 1 / nonsense"), .text("print x")])
    #expect(outcome.output == "1\n")
    #expect(outcome.errors.contains("nonsense") && outcome.errors.contains("^") && outcome.errors.contains("in-2"))
    #expect(!outcome.errors.contains("\u{1B}"))
    #expect(outcome.exitCode == 0)
  }

  @Test("From a program, an error makes the exit code 3, after the rest has run")
  func pipedError() throws {
    let outcome = try prompt.run([.text("print nonsense"), .text("print 2")], isInteractive: false)
    #expect(outcome.output == "2\n")
    #expect(outcome.exitCode == 3)
    #expect(try prompt.run([.text("print 2")], isInteractive: false).exitCode == 0)
  }

  @Test("From a program, lines that start with a bar or a label belong to the statement above")
  func pipedContinuation() throws {
    let outcome = try prompt.run(
      ["x = [3]", "# a comment", "", "  | describe", "print x", "print", "  1"].map(LineEvent.text),
      isInteractive: false)
    #expect(outcome.session.bindings["x"].map(display) == "[3]")
    guard case .text = outcome.session.bindings["x"] else {
      Issue.record("x is not what the stage after the bar gave")
      return
    }
  }

  @Test("Ctrl-C lets a command hand over what it has")
  func interrupt() throws {
    let outcome = try prompt.run([.text("x = interrupted"), .text("print 1")])
    #expect(outcome.session.bindings["x"].map(display) == "7")
    #expect(outcome.errors.contains("stopping after the current step"))
    #expect(outcome.output.hasSuffix("1\n"))
    #expect(outcome.exitCode == 0)
  }

  @Test("Ctrl-C twice abandons a command: no name changes, nothing it does later is seen, the next one waits for it")
  func abandon() throws {
    let outcome = try prompt.run([.text("x = 1"), .text("x = left"), .text("print x")])
    #expect(outcome.output == "1\n")
    #expect(outcome.errors.contains("abandoned:"))
    #expect(!outcome.errors.contains("too late"))
    #expect(try !namesInFolder(prompt.folder.path).contains("late.txt"))
  }

  @Test("From a program, Ctrl-C ends the session with 4")
  func pipedInterrupt() throws {
    let outcome = try prompt.run([.text("interrupted"), .text("print 2")], isInteractive: false)
    #expect(outcome.exitCode == 4)
    #expect(!outcome.output.contains("2\n"))
    #expect(try prompt.run([.interrupted], isInteractive: false).exitCode == 4)
  }

  @Test("Asked to leave, the program leaves: at the prompt and in a command")
  func terminate() throws {
    #expect(try prompt.run([.terminated(signal: SIGHUP), .text("print 1")]).exitCode == 128 + SIGHUP)
    let piped = try prompt.run([.text("print 5"), .terminated(signal: SIGTERM)], isInteractive: false)
    #expect(piped.exitCode == 128 + SIGTERM && piped.output == "", "while the next line was looked for")
    let outcome = try prompt.run([.text("terminated"), .text("print 1")])
    #expect(outcome.exitCode == 128 + SIGTERM)
    #expect(outcome.output == "")
  }

  @Test("Bytes that are no text, NUL, deep nesting and long lines are errors, not the end")
  func badInput() throws {
    let deep = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    let long = "print \"" + String(repeating: "x", count: 1 << 20) + "\""
    let outcome = try prompt.run(
      [.line([0x70, 0xFF, 0xFE]), .text("print \0"), .text(deep), .text(long), .text("print 2")], isInteractive: false)
    #expect(outcome.errors.contains("invalid-utf8"))
    #expect(outcome.output.hasSuffix(String(repeating: "x", count: 1 << 20) + "\n2\n"))
    #expect(outcome.exitCode == 3)
  }

  @Test("In a log, the way of long work is its milestones")
  func milestones() throws {
    let outcome = try prompt.run([.text("milestones")])
    #expect(outcome.errors == "work 2/4  loss 0.5000\nwork 4/4  loss 0.5000\n")
  }

  @Test("The prompt's own commands start with a colon")
  func promptCommands() throws {
    let outcome = try prompt.run([.text(":help"), .text(" :nonsense x"), .text(":quit"), .text("print 1")])
    #expect(outcome.output.contains(":quit") && !outcome.output.hasSuffix("1\n"))
    #expect(outcome.errors.contains("':nonsense'"))
    #expect(outcome.exitCode == 0)
  }

  @Test("What was pasted behind a line for the prompt is run after it")
  func linesBehindPromptCommands() throws {
    let outcome = try prompt.run([.text("x = 2"), .text(":save pasted\n\n:undo\nx = 3\nprint x\n")])
    #expect(outcome.errors.contains("taken back: x = 2"))
    #expect(outcome.output.hasSuffix("\n3\n"))
    #expect(try namesInFolder(prompt.folder.path).contains("pasted.cnpbook"))
  }

  @Test("Blank lines and comments run nothing")
  func blanks() throws {
    let outcome = try prompt.run([.text(""), .text("   "), .text("# a comment"), .text("print 1\n")])
    #expect(outcome.output == "1\n")
    #expect(outcome.reader.remembered == ["print 1"])
  }
}
