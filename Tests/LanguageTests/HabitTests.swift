import Fuzzing
import Language
import Testing

/// What Python, MATLAB, R and others would write gets the line that works, made of the user's own.
@Suite struct HabitTests {
  static let setup = """
    x = 3
    y = true
    xs = [1, 2, 3]
    r = row [1, 2, 3]
    t = "text"
    """

  /// What somebody writes, and what the hint says to write.
  static let lines: [(String, String)] = [
    // Calls.
    ("a = train-net r epochs=5", "a = train-net r epochs: 5"),
    ("a = train-net r epochs = 5 loss=\"bce\"", "a = train-net r epochs: 5 loss: bce"),
    ("a = train_net(r, n_epochs=5, lr=1e-3)", "a = train-net r epochs: 5 rate: 1e-3"),
    ("train-net r, epochs: 5", "train-net r epochs: 5"),
    ("train-net(r,\n  epochs=5,\n  rate=0.1)", "train-net r epochs: 5 rate: 0.1"),
    ("train-net r lr: 0.1", "train-net r rate: 0.1"),
    ("train-net r num_epochs: 4", "train-net r epochs: 4"),
    ("train-net r log: here/x.txt", "train-net r log: \"here/x.txt\""),
    ("train-net r log: C:\\data\\x", "train-net r log: 'C:\\data\\x'"),
    ("write r notes", "write r \"notes\""),
    ("write(r, \"notes\")", "write r \"notes\""),
    ("mean(same(r, ))", "mean (same r)"),
    ("print pair(1, mean(r))", "print pair 1 (mean r)"),
    ("print mean(r)+1", "print mean r + 1"),
    ("five()", "five"),
    ("print five() + 1", "print five + 1"),
    ("r.fit(epochs=3)", "train-net r epochs: 3"),
    ("r.mean()", "r.mean"),
    ("r.show()", "show r"),
    ("np.mean(r)", "mean r"),
    ("r |> mean", "r | mean"),
    ("r %>% mean()", "r | mean"),
    ("train-net r epochs 5", "train-net r epochs: 5"),
    ("train-net r --epochs 5", "train-net r epochs: 5"),
    ("train-net r --epochs=5", "train-net r epochs: 5"),
    ("train-net r -e 5", "train-net r epochs: 5"),
    ("train-net r epochs: \"5\"", "train-net r epochs: 5"),
    ("train-net r log: ../here/x.txt", "train-net r log: \"../here/x.txt\""),
    ("pair 1 2 3", "pair 1 2 at: 3"),
    ("write \"notes\" r", "write r \"notes\""),
    ("mean(r), mean(r)", "[mean r, mean r]"),
    ("r.MEAN", "r.mean"),
    // Texts.
    ("print(f\"value {x:.2f}\")", "print \"value {x}\""),
    ("print f\"{x}\"", "print \"{x}\""),
    ("print \"{x:.2f} {{x:.2f}} {x:>8,.1%}\"", "print \"{x} {{x:.2f}} {x}\""),
    ("print(\"a\", x, end=\"\")", "print \"a\", x"),
    ("print \"a\" x", "print \"a\", x"),
    ("print x y", "print x, y"),
    ("print(\"%d of %s\" % (x, t))", "print \"{x} of {t}\""),
    ("print(\"{} of {}\".format(x, t))", "print \"{x} of {t}\""),
    ("printf(\"%.2f\\n\", x)", "print \"{x}\\n\""),
    ("print \"x = \" + x", "print \"x = {x}\""),
    ("a = str(x)", "a = \"{x}\""),
    ("\"\"\"a note\"\"\"", "'a note'"),
    // Lists and records.
    ("a = [i for i in xs]", "a = for i in xs { i }"),
    ("a = [i*2 for i in xs]", "a = for i in xs { i * 2 }"),
    ("a = (i+1 for i in range(3))", "a = for i in 0..2 { i + 1 }"),
    ("a = (1, 2)", "a = [1, 2]"),
    ("a, b = 1, 2", "a, b = [1, 2]"),
    ("a = [1 2 3]", "a = [1, 2, 3]"),
    ("a = [1, 2; 3, 4]", "a = [[1, 2], [3, 4]]"),
    ("a = {1, 2}", "a = [1, 2]"),
    ("a = {\"a\": 1}", "a = [\"a\": 1]"),
    ("a = dict(a=1, b=2)", "a = [a: 1, b: 2]"),
    ("a = c(1, 2)", "a = [1, 2]"),
    ("len(xs)", "xs.count"),
    ("print len xs", "print xs.count"),
    ("xs.length", "xs.count"),
    ("xs.len()", "xs.count"),
    ("r.size", "r.count"),
    ("xs[-1]", "xs[xs.count - 1]"),
    ("xs[0:2]", "xs[0..1]"),
    ("xs[:2]", "xs[0..1]"),
    ("xs[1:]", "xs[1..(xs.count - 1)]"),
    ("xs[1..]", "xs[1..(xs.count - 1)]"),
    ("a = 1:3", "a = 1..3"),
    ("xs[len(xs)-1]", "xs[xs.count - 1]"),
    // Operators and numbers.
    ("1+ 2", "1 + 2"),
    ("a = (1+ 2)*3", "a = (1 + 2) * 3"),
    ("x ** 2", "x ^ 2"),
    ("x.^2 .* 3", "x ^ 2 * 3"),
    ("y && !y", "y and not y"),
    ("~y", "not y"),
    ("1 < x < 5", "1 < x and x < 5"),
    ("x === 3", "x == 3"),
    ("x !== 3", "x != 3"),
    ("x is not None", "x != none"),
    ("a = 1_000", "a = 1000"),
    ("1,000", "1000"),
    ("a = .5", "a = 0.5"),
    ("a = 4 if y else 5", "a = if y { 4 } else { 5 }"),
    ("a = y ? 4 : 5", "a = if y { 4 } else { 5 }"),
    // Bindings.
    ("a = b = 1", "\n  b = 1\n  a = b"),
    ("a = 1; b = 2", "\n  a = 1\n  b = 2"),
    ("x += 1", "x = x + 1"),
    ("x++", "x = x + 1"),
    ("a := 1", "a = 1"),
    ("a <- 1", "a = 1"),
    ("5 -> a", "a = 5"),
    ("let a = 1", "a = 1"),
    ("int a = 1;", "a = 1"),
    ("a = 1 // the first one", "a = 1"),
    ("a = True", "a = true"),
    ("a = None", "a = none"),
    // Blocks.
    ("if x == 3: print 1", "if x == 3 { print 1 }"),
    ("if x == 3:", "if x == 3 { … }"),
    ("if x == 3 then print x end", "if x == 3 { print x }"),
    ("if x == 3 then print x else print y end", "if x == 3 { print x } else { print y }"),
    (
      "if x > 3:\n    print(1)\nelif x > 2:\n    print(2)\nelse:\n    print(3)",
      "if x > 3 { print 1 } else if x > 2 { print 2 } else { print 3 }"
    ),
    ("for i in range(1, 3): print(i)", "for i in 1..2 { print i }"),
    ("for i in range(len(xs)) { print i }", "for i in 0..(xs.count - 1) { print i }"),
    ("for (i in 1:3) { print(i) }", "for i in 1..3 { print i }"),
    ("for i = 1:3 { print i }", "for i in 1..3 { print i }"),
    ("for i in xs:\n    print(i)\n    print(x)", "\n  for i in xs {\n    print i\n    print x\n  }"),
    ("for i in xs { print(i, 1) }", "for i in xs { print i, 1 }"),
    ("def f(a, b=2): return a + b", "def f a b: 2 { a + b }"),
    ("def f(a) { a * 2 }", "def f a { a * 2 }"),
    ("def f a { return a * 2 }", "def f a { a * 2 }"),
    ("def f(a):\n    b = a * 2\n    return b", "\n  def f a {\n    b = a * 2\n    b\n  }"),
    ("function f(a) { a }", "def f a { a }"),
    ("f = lambda a, b: a + b", "def f a b { a + b }"),
    ("f = function(a) a * 2", "def f a { a * 2 }"),
    ("f = @(a) a.^2", "def f a { a ^ 2 }"),
    ("f = (a, b) => a * b", "def f a b { a * b }"),
  ]

  /// What is found in a program behind the setup.
  static func findings(in text: String) throws -> [Diagnostic] {
    var session = Session(registry: fakeRegistry)
    try session.run(program(setup), cell: "c", host: Recorder())
    let result = parse(Source(text, name: "t"), registry: fakeRegistry)
    if !result.diagnostics.isEmpty { return result.diagnostics }
    return session.check(result.program) { _ in .found("/x") }.errors
  }

  @Test(arguments: lines) func theLineThatWorks(_ theirs: String, _ ours: String) throws {
    let found = try Self.findings(in: theirs)
    let first = try #require(found.first, "\(theirs) is right as it stands")
    let isLine = !ours.hasPrefix("\n")
    #expect(first.hint == "write:" + (isLine ? " " : "") + ours)
    #expect(found.dropFirst().allSatisfy { $0.hint == nil }, "one help for one statement")
    let program = try #require(first.advised)
    #expect(try Self.findings(in: program).map { render($0) } == [], "what it says to write is right")
  }

  /// Where nothing of ours says it, the advice is in words.
  @Test(arguments: [
    ("import numpy as np", "nothing is imported"), ("while x < 3 { x }", "the one loop"),
    ("exit()", "Ctrl-D"), ("quit()", "Ctrl-D"), ("exit", "Ctrl-D"), ("ls", "no shell"), ("cd data", "no shell"),
    ("!ls", "shell"), ("clear", "Ctrl-L"), ("5 % 2", "no remainder"), ("xs.append(1)", "lists don't change"),
    ("a = [i for i in xs if i > 1]", "leaves no element out"), ("xs[0, 1]", "x[0][1]"), ("/* note */", "#"),
    ("zeros 3", "`help` lists the commands"), ("linspace(0, 1, 5)", "no command is called `linspace`"),
    ("a = input()", "no command is called `input`"), ("np.zeros((3, 3))", "no libraries"),
    ("range(1, 10, 2)", "`1..5`"), ("lambda x: x*2", "write `def name"), ("row(1, 2)", "called as `row numbers`"),
    ("epochs: 5", "labels stand in a call: `train-net row epochs: …`"), ("lr: 0.1", "`train-net row rate: …`"),
    ("xs\nepochs: 5", "goes on with the line above; labels"), ("mean r\nlr: 1", "goes on with the line above; labels"),
    ("5.", "write `5` or `5.0`"), ("torch.load(\"x.pt\")", "no libraries"),
  ])
  func adviceInWords(_ theirs: String, _ words: String) throws {
    let found = try Self.findings(in: theirs)
    #expect(found.first?.hint?.contains(words) == true, "\(found.map { render($0) })")
    #expect(found.count == 1 || !theirs.hasPrefix("import"), "what stands behind it is no mistake of its own")
  }

  /// A typing mistake is named as one; what can be read in two ways is not decided for the user.
  @Test(arguments: [
    ("print xss", "did you mean `xs`?"), ("train-net r epoch: 3", "did you mean `epochs:`?"), ("a = x +1", "or `(+1)`"),
    ("a = -2^2", "(2^2)"), ("print \"a", "close it"),
  ])
  func otherHelpStays(_ theirs: String, _ words: String) throws {
    #expect(try Self.findings(in: theirs).first?.hint?.contains(words) == true)
  }

  /// Statements that nobody can read, and thousands of them, cost no more than a few looks.
  @Test func rubbishIsGivenUp() throws {
    let braces = "a = " + String(repeating: "{", count: 38) + "1, 2" + String(repeating: "}", count: 38)
    #expect(try !Self.findings(in: braces).isEmpty)
    let many = String(repeating: "print(x, 1)\n", count: 2000)
    #expect(try Self.findings(in: many).count { $0.hint?.hasPrefix("write:") == true } == 20)
    let long = "print(" + (0..<400).map { "x\($0)" }.joined(separator: ", ") + ")"
    #expect(try Self.findings(in: long).first?.hint?.hasPrefix("write:") == false)
  }

  /// A mistake that is none of form keeps its help: the line without parentheses would make it again.
  @Test(arguments: [
    "print (written-at \"nothere\")", "a = written-at(\"nothere\")", "print (same (train-net r log: \"nothere\"))",
  ])
  func mistakesOfFilesKeepTheirHelp(_ text: String) throws {
    var session = Session(registry: fakeRegistry)
    try session.run(program(Self.setup), cell: "c", host: Recorder())
    let found = session.check(program(text)) { _ in .missing(near: "there") }.errors
    #expect(found.map(\.hint) == ["did you mean 'there'?"])
    let both = session.check(program("a = written-at(\"nothere\") + len(xs)")) { _ in .missing(near: "there") }.errors
    #expect(both.map(\.hint).first == "did you mean 'there'?")
    #expect(both.last?.hint == "write: a = written-at \"nothere\" + xs.count")
  }

  /// Outside of a statement's own mistake nothing of the line changes.
  @Test func theRestOfTheLineStays() throws {
    #expect(try Self.findings(in: "for i in xs { print (i), \"a\"+t; }").first?.hint?.contains("for i in xs {") == true)
    #expect(try Self.findings(in: "a = len(xs) # so many").first?.hint == "write: a = xs.count # so many")
  }

  @Test func synonymsAreFoundInAnySpelling() {
    #expect(fakeRegistry.synonyms.command("Fit") == "train-net")
    #expect(fakeRegistry.synonyms.labels("Learning_Rate", among: ["rate", "epochs"]) == ["rate"])
    #expect(fakeRegistry.synonyms.labels("lr", among: ["epochs"]).isEmpty)
  }
}
