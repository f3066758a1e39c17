import Fuzzing
import Language
import Testing

/// Parses without mistakes, or fails the test.
func program(_ text: String) -> Program {
  let result = parse(Source(text, name: "test"), registry: fakeRegistry)
  #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map { render($0) })")
  return result.program
}

@Suite struct SessionTests {
  @Test func failingStatementLeavesNamesAsTheyWere() {
    var session = Session(registry: fakeRegistry)
    let host = Recorder()
    #expect(throws: Diagnostic.self) {
      try session.run(program("a = 1\nb = 2\na = if true {\n  b = 3\n  1 / (b - 3)\n}\nc = 4"), cell: "c", host: host)
    }
    #expect(inline(session.bindings["a"] ?? .none) == "1")
    #expect(inline(session.bindings["b"] ?? .none) == "2")
    #expect(session.bindings["c"] == nil)
  }

  @Test func lineThatStartsWithPipeContinuesFromLastValue() throws {
    var session = Session(registry: fakeRegistry)
    let host = Recorder()
    try session.run(program("row [1, 2, 3]"), cell: "in-1", host: host)
    let next = program("| mean | print")
    #expect(session.check(next) { _ in .unknown }.isEmpty)
    try session.run(next, cell: "in-2", host: host)
    #expect(host.output == ["= row 1 2 3", "2"])
  }

  @Test func cancelledHostInterruptsLoop() {
    var session = Session(registry: fakeRegistry)
    let host = Recorder(polls: 6)
    let error = #expect(throws: Diagnostic.self) {
      try session.run(program("print 'on'\nfor i in 1..100 { print i }"), cell: "c", host: host)
    }
    #expect(error?.code == "interrupted")
    #expect(host.output == ["on", "1", "2"])
  }

  @Test func randomKeysDependOnTheCellAlone() throws {
    func keys(_ before: String) throws -> [String] {
      var session = Session(registry: fakeRegistry, seed: 3)
      let host = Recorder()
      try session.run(program(before), cell: "first", host: host)
      let skipped = host.output.count
      try session.run(program("print draw\nfor i in 1..2 { print draw }"), cell: "second", host: host)
      return Array(host.output.dropFirst(skipped))
    }
    let expected = ["3/second/0", "3/second/1", "3/second/2"]
    #expect(try keys("x = 1") == expected)
    #expect(try keys("print draw, draw, draw") == expected)
  }

  @Test func aStatementRunAgainDrawsTheSameFromItsPlaceInTheCell() throws {
    var session = Session(registry: fakeRegistry, seed: 3)
    let host = Recorder()
    try session.run(program("print draw, draw\nx = 1\nprint draw, draw"), cell: "c", host: host)
    let place = try #require(session.reach.lastStreams)
    #expect(place == StreamPlace(cell: "c", taken: 2) && !session.reach.wasCancelled)
    try session.run(program("print draw, draw"), streams: place, host: host)
    #expect(host.output == ["3/c/0 3/c/1", "3/c/2 3/c/3", "3/c/2 3/c/3"])
  }

  @Test func checkerCarriesKindsFromCellToCell() {
    var checker = Checker(registry: fakeRegistry, params: ["epochs": .number(900)])
    #expect(checker.check(program("r = row [1]\nn = five")) { _ in .unknown }.isEmpty)
    let findings = checker.check(program("train-net n epochs: epochs\nprint r.men")) { _ in .unknown }
    #expect(findings.map(\.code) == ["wrong-kind", "out-of-range", "unknown-member"])
  }

  @Test func boundNamesHideCommandsInLaterPrograms() throws {
    var session = Session(registry: fakeRegistry)
    session.bind("mean", to: .number(4))
    #expect(session.check(program("print mean + 1")) { _ in .unknown }.isEmpty)
    let host = Recorder()
    try session.run(program("print mean + 1"), cell: "c", host: host)
    #expect(host.output == ["5"])
  }

  @Test func mistakeInFunctionPointsIntoItsOwnSource() throws {
    var session = Session(registry: fakeRegistry)
    let host = Recorder()
    let definition = parse(Source("# one\ndef over x { 1 / x }", name: "book", firstLine: 40), registry: fakeRegistry)
    try session.run(definition.program, cell: "a", host: host)
    let error = #expect(throws: Diagnostic.self) { try session.run(program("over 0"), cell: "b", host: host) }
    #expect(error?.source.name == "book")
    #expect(error?.place.line == 41)
  }

  @Test func namesOfProgram() {
    let tree = program(
      """
      a, b = split data by: case
      if a > limit { c = 1 } else { d = 2 }
      for i in a { total = total + i * c }
      def f x y: base { x + y + outer + f 1 }
      print total, i
      """)
    #expect(tree.boundNames == ["a", "b", "c", "d", "total", "f"])
    #expect(
      tree.readNames == ["split", "data", "case", "limit", "total", "c", "base", "outer", "print", "i"])
  }

  @Test func digestMindsTheTreeAlone() {
    let first = program("x = f 1 label: 'a'  # comment\n\nprint x").digest
    #expect(first == program("x = (f 1\n  label: 'a')\nprint   x").digest)
    #expect(first.count == 32)
    let others = ["x = f 1 label: 'b'\nprint x", "x = f 1 label: 'a'", "x = f (1) lable: 'a'\nprint x"].map {
      program($0).digest
    }
    #expect(Set(others + [first]).count == 4)
  }

  @Test(arguments: [
    ("f (1,", true), ("x = [1\n", true), ("def f x {\n  x", true), ("x = 1 +", true), ("print 'abc", true),
    ("a |", true), ("x =", true), ("train r epochs:", true), ("if x", true), ("print 1", false), ("f )", false),
    ("x = 2 3 (", false), ("x = (2 3", true), ("", false), ("a = \"x {1", false), ("# only", false),
    ("for i in 1..2 {\n a = 2 3\n", false),
  ])
  func incompleteInput(_ text: String, _ expected: Bool) {
    #expect(parse(Source(text, name: "t"), registry: fakeRegistry).isIncomplete == expected)
  }
}
