import Fuzzing
import Language
import Testing

@Suite struct CompletionTests {
  private func session() -> Session {
    var session = Session(registry: fakeRegistry)
    session.bind("result", to: .record(Record(["alpha": .number(1), "rows": .object(Row(numbers: [1]))])))
    session.bind("r", to: .object(Row(numbers: [1, 2])))
    session.bind("mean", to: .number(2))
    return session
  }

  private func texts(_ line: String) -> (start: Int, texts: [String], wantsPath: Bool) {
    let found = completions(in: line, at: line.utf8.count, session: session())
    return (found.start, found.items.map(\.text), found.wantsPath)
  }

  /// A command's name with a colon behind it, and a label behind a label: neither is an argument.
  @Test func labelsThatAreNoArguments() {
    #expect(texts("fail :e").start == 6)
    #expect(texts("train-net:e").start == 10)
    #expect(texts("train-net x epochs: epochs: rat").texts.isEmpty, "where a value is asked for, no label is proposed")
    #expect(texts("train-net x epochs: epochs: 3 rat").texts == ["rate: "])
  }

  @Test func commandsStandAtTheHead() {
    #expect(texts("tra").texts == ["train-net"])
    #expect(texts("x = tra").texts == ["train-net"])
    #expect(texts("r | tra").texts == ["train-net"])
    #expect(texts("print (tra").texts == ["train-net"])
    #expect(texts("train-").texts == ["train-net"])
    #expect(texts("train-").start == 0)
    #expect(texts("").texts.contains("pair"))
  }

  @Test func boundNamesHideCommands() {
    let found = completions(in: "me", at: 2, session: session())
    #expect(found.items.map(\.kind) == [.name])
  }

  @Test func labelsOfTheCommandThatIsCalled() {
    #expect(texts("train-net r e").texts == ["epochs: "])
    #expect(texts("x = train-net r epochs: 3 r").texts == ["rate: ", "rotate: "])
    #expect(texts("r | train-net l").texts == ["loss: ", "log: "])
    #expect(texts("x = (pair 1 2) + train-net r lo").texts == ["loss: ", "log: "])
  }

  @Test func namesOfTheRightKindComeFirst() {
    #expect(texts("train-net ").texts.first == "r")
    #expect(texts("train-net ").texts.suffix(2) == ["mean", "result"])
    #expect(texts("train-net r epochs: ").texts == ["mean"], "only a number fits")
    #expect(texts("train-net (same r) epochs: ").texts == ["mean"])
    #expect(texts("r | train-net ").texts.prefix(1) == ["epochs: "], "the pipe gives the first argument")
  }

  @Test func whatIsAskedForAtTheCursor() {
    func wanted(_ line: String) -> String? {
      completions(in: line, at: line.utf8.count, session: session()).wanted
    }
    #expect(wanted("train-net r epochs: ")?.hasPrefix("epochs: ") == true)
    #expect(wanted("train-net r epochs: ")?.contains("default") == true)
    #expect(wanted("train-net ")?.hasPrefix("row: ") == true)
    #expect(wanted("train-net r log: 'da")?.hasPrefix("log: ") == true)
    #expect(wanted("train-net r ") == nil)
    #expect(wanted("x = ") == nil)
    #expect(wanted("f -1 (3) x: 2 ") == nil)
  }

  @Test func choicesBehindTheirLabel() {
    #expect(texts("train-net r loss: ").texts == ["dice", "bce", "xor"])
    #expect(texts("train-net r loss: b").texts == ["bce"])
    #expect(texts("train-net r epochs: res").texts == ["result"])
  }

  /// Also where they read as numbers, in whole or in part.
  @Test func choicesThatReadAsNumbers() {
    #expect(texts("bits depth: 1").texts == ["16", "10%"] && texts("bits depth: 1").start == 12)
    #expect(texts("bits depth: 16").texts == ["16"])
    #expect(texts("bits depth: ").texts.count == 8)
    #expect(texts("pair 1 2 at: 1").texts.isEmpty)
  }

  @Test func whatCanBeLookedUp() {
    #expect(texts("look-up ").texts == ["first", "second"])
    #expect(texts("look-up first s").texts == ["second"])
  }

  @Test func signsThatLookLikeHyphensAreNone() {
    #expect(texts("train-").texts == ["train-net"])
    #expect(texts("train\u{2212}").start == 8)
  }

  @Test func choicesInsideTexts() {
    let found = texts("train-net r loss: 'd")
    #expect(found.texts == ["dice"] && found.start == 19 && !found.wantsPath)
  }

  @Test func membersBehindTheDot() {
    #expect(texts("r.").texts == ["mean", "broken", "count"])
    #expect(texts("print result.al").texts == ["alpha"])
    #expect(texts("result.rows.m").texts == ["mean"])
    #expect(texts("unknown.").texts.isEmpty)
  }

  @Test func membersOfPartsOfValues() {
    var session = session()
    let inner = Record(["a": .number(1), "b": .list([.text("x")]), "c d": .number(2)])
    session.bind("nest", to: .record(Record(["in": .record(inner)])))
    session.bind("all", to: .list([.object(Row(numbers: [1])), .list([])]))
    func texts(_ line: String) -> [String] {
      completions(in: line, at: line.utf8.count, session: session).items.map(\.text)
    }
    #expect(texts("nest.in.") == ["a", "b"])
    #expect(texts("nest.in.b.") == ["count"])
    #expect(texts("print all[0].") == ["mean", "broken", "count"])
    #expect(texts("all[1].") == ["count"] && texts("all[2].").isEmpty)
  }

  @Test func pathsInsideTexts() {
    let found = texts("train-net r log: 'data/im")
    #expect(found.wantsPath && found.start == 18)
    #expect(!texts("print 'closed' ").wantsPath)
    #expect(texts("x = 1 # tra").texts.isEmpty)
  }

  @Test func everyPlaceOfTheCorpusIsAnswered() throws {
    let session = session()
    for line in ["f \"a {x", "[a: ", "a.b[", "x = | ", "(((", "é画 - ", "label: ", "\u{0}"] {
      for offset in -1...line.utf8.count + 1 {
        let found = completions(in: line, at: offset, session: session)
        #expect(found.start >= 0 && found.start <= line.utf8.count)
      }
    }
  }
}

@Suite struct HelpTests {
  @Test func pageOfACommand() throws {
    let command = try #require(fakeRegistry.commands["train-net"])
    #expect(
      helpPage(for: command) == """
        train-net: pretend to train

        usage
          train-net ROW [epochs: N] [rate: X] [rotate: Xdeg] [loss: dice|bce|xor] [log: PATH|none]

        arguments
          row      what to train on (a row)
          epochs:  passes (a whole number from 1 to 500; default 5)
          rate:    learning rate (a number above 0; default 0.0002)
          rotate:  rotation (a number in deg from 0deg to 180deg; default 0deg)
          loss:    loss (one of dice, bce, xor; default dice)
          log:     a file to read settings from (a path, or none; default none)

        gives
          a record
        """)
  }

  /// Under their headings in the order of the registry, those of a folded one by their names alone.
  @Test func indexListsEveryCommandByGroup() {
    let text = helpIndex(fakeRegistry)
    let lines = text.split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("  ") } == ["rows", "networks", "others"])
    #expect(lines[1] == "  row        make a row of numbers")
    #expect(text.contains("print  show") && !text.contains("write values on one line"))
    for name in fakeRegistry.commands.keys { #expect(text.contains(name)) }
    #expect(lines.allSatisfy { displayWidth(String($0)) <= 80 })
  }

  @Test func pagesOfLabelsAndTypes() {
    let page = parameterPage(for: "row", in: fakeRegistry)
    #expect(page == "in mean, halve\n  row: the row (a row)\n\nin train-net\n  row: what to train on (a row)")
    #expect(parameterPage(for: "mean", in: fakeRegistry) == "of a row\n  .mean  the mean of its numbers (a number)")
    #expect(parameterPage(for: "nothing", in: fakeRegistry) == nil)
    #expect(helpPage(for: Row.self).hasPrefix("a row has\n  .mean    the mean of its numbers (a number)"))
  }
}

@Suite struct DisplayTests {
  @Test(arguments: [
    (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333"), (2e-4, "0.0002"), (1.25e-7, "1.25e-7"), (123456.789, "123457"),
    (12345678.9, "12345679"), (1e15, "1e15"), (-0.5, "-0.5"), (0, "0"), (999999.5, "1000000"), (0.99999999, "1"),
    (1e300, "1e300"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (100.25, "100.25"),
  ])
  func numbers(_ number: Double, _ text: String) { #expect(display(number: number) == text) }

  /// What is shown is read back to the number, within half a unit of the last of 6 digits.
  @Test func shownNumbersAreReadBack() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let number =
        Double.random(in: 1...10, using: &generator) * [1e-9, 1e-3, 1, 1e4, 1e12].randomElement(using: &generator)!
      let read = try #require(Double(display(number: number)))
      #expect(abs(read - number) <= 0.5000001e-5 * number)
    }
  }

  /// A value on one line is a program that gives the value.
  @Test(arguments: [
    "[1, 'a', [x: 2deg, 'y z': none]]", "\"it's {{1}} \\\"\\\\\"", "1..4", "[:]", "[true, -2px]", "'{x}'",
  ])
  func inlineValuesAreReadBack(_ text: String) throws {
    func value(_ text: String) throws -> Value {
      var session = Session(registry: fakeRegistry)
      try session.run(program("x = " + text), cell: "c", host: Recorder())
      return session.bindings["x"] ?? .none
    }
    let shown = inline(try value(text))
    #expect(inline(try value(shown)) == shown)
    var session = Session(registry: fakeRegistry)
    try session.run(program("x = \(text) == \(shown)"), cell: "c", host: Recorder())
    #expect(inline(session.bindings["x"] ?? .none) == "true")
  }
}

@Suite struct SuggestionTests {
  @Test func distances() {
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("epoch", "epochs") == 1)
    #expect(editDistance("maen", "mean") == 1)
    #expect(editDistance("kitten", "sitting") == 3)
  }

  @Test func nearestWithinAThird() {
    let names = ["epochs", "rate", "rotate", "train-net"]
    #expect(closest(to: "epoch", in: names) == "epochs")
    #expect(closest(to: "train_net", in: names) == "train-net")
    #expect(closest(to: "Rate", in: names) == "rate")
    #expect(closest(to: "zzz", in: names) == nil)
    #expect(closest(to: "x", in: ["y"]) == nil)
  }

  /// The distance is a metric where no swaps overlap: symmetric, and nothing is nearer by a detour over deletions.
  @Test func distanceIsSymmetric() {
    var generator = SeededGenerator(seed: 5)
    let letters = Array("abc-")
    func word() -> String {
      String((0..<Int.random(in: 0...8, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
    }
    for _ in 0..<500 {
      let (first, second) = (word(), word())
      #expect(editDistance(first, second) == editDistance(second, first))
      #expect((editDistance(first, second) == 0) == (first == second))
      #expect(editDistance(first, second) >= abs(first.count - second.count))
    }
  }
}

@Suite struct RendererTests {
  @Test func longLinesAreCutAroundTheMistake() {
    let text = "x = [" + String(repeating: "1, ", count: 1000) + "pi, " + String(repeating: "2, ", count: 1000) + "]"
    var checker = Checker(registry: fakeRegistry)
    let findings = checker.check(program(text)) { _ in .unknown }
    let lines = render(findings[0]).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[3].count < 200 && lines[3].contains("pi"))
    let caret = lines[4].firstIndex(of: "^").map { lines[4].distance(from: lines[4].startIndex, to: $0) }
    let word = lines[3].firstRange(of: "pi").map { lines[3].distance(from: lines[3].startIndex, to: $0.lowerBound) }
    #expect(caret == word)
  }

  @Test func controlCharactersNeverReachTheTerminal() {
    let result = parse(Source("x = \u{1B}[31m @", name: "t"), registry: fakeRegistry)
    #expect(!result.diagnostics.map { render($0) }.joined().contains("\u{1B}"))
    #expect(result.diagnostics.map { render($0, colour: true) }.joined().contains("\u{1B}[1;31m"))
  }

  @Test func linesAreThoseOfTheFile() throws {
    let source = Source("a = 1\nb = a 2", name: "book.cnpbook", firstLine: 12)
    var checker = Checker(registry: fakeRegistry)
    let found = try #require(checker.check(parse(source, registry: fakeRegistry).program) { _ in .unknown }.first)
    #expect(render(found).contains("--> book.cnpbook:13:5"))
  }
}
