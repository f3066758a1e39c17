import Base
import Fuzzing
import Language
import Testing

/// A line that is proposed means what was written; where none of ours does, or it may mean two things, none is proposed.
@Suite struct HabitMeaningTests {
  /// What somebody writes, and what the hint says to write.
  static let lines: [(String, String)] = [
    // Comments.
    ("a = 1; // 2", "a = 1"),
    ("a += 1 // counts up", "a = a + 1"),
    ("print(x, 1) /* both of them */", "print x, 1"),
    ("def f(a): // twice it\n    return a * 2", "def f a { a * 2 }"),
    ("def f(a):  # twice it\n    return a * 2", "def f a { a * 2 }"),
    // Numbers, and signs before powers.
    ("a = 12,000", "a = 12000"),
    ("a = 1,048,576", "a = 1048576"),
    ("a = 64, 128, 256", "a = [64, 128, 256]"),
    ("a, b = 100, 200", "a, b = [100, 200]"),
    ("f = lambda a: -a ** 2", "def f a { -(a ^ 2) }"),
    ("f = lambda a: - -a ** 2", "def f a { --(a ^ 2) }"),
    ("f = lambda a: (-a) ** 2", "def f a { (-a) ^ 2 }"),
    ("f = lambda a: 2 ** -a", "def f a { 2 ^ (-a) }"),
    ("n = pair(1, -x ** 2)", "n = pair 1 -(x ^ 2)"),
    ("f = @(a) -a.^2", "def f a { -(a ^ 2) }"),
    ("int a = xs.count * 2", "a = xs.count * 2"),
    ("a = int(3)", "a = 3"),
    ("a = int(len(xs))", "a = xs.count"),
    ("a = float(x)", "a = x"),
    // Functions that return.
    ("def f(a): return a, 1", "def f a { [a, 1] }"),
    (
      "def f(a):\n    if a > 0:\n        return 1\n    else:\n        return 2",
      "def f a { if a > 0 { 1 } else { 2 } }"
    ),
    ("def f a { if a > 0 { return 1 } else { return 2 } }", "def f a { if a > 0 { 1 } else { return 2 } }"),
    ("def f(a):\n\n    b = a * 2\n    # twice\n\n    return b\n\nc = 1", "\n  def f a {\n    b = a * 2\n    b\n  }"),
    // Parts.
    ("xs[:-1]", "xs[0..(xs.count - 2)]"),
    ("xs[-2:]", "xs[(xs.count - 2)..(xs.count - 1)]"),
    ("xs.size()", "xs.count"), ("xs.size(0)", "xs.count"),
    // Fields of texts.
    ("a = f\"{x != 3}\"", "a = \"{x != 3}\""),
    ("a = f\"{x!r} {x!s:>5} {xs[0:2]} {len(xs)}\"", "a = \"{x} {x} {xs[0..1]} {xs.count}\""),
    ("a = f\"{x=} {x = :.2f} {x==3} {{x}}\"", "a = \"x={x} x ={x} {x == 3} {{x}}\""),
    ("print(\"{1} {0}\".format(x, t))", "print \"{t} {x}\""),
    ("print(\"{0} {0}\".format(x))", "print \"{x} {x}\""),
    ("print(\"{a} {b:.2f}%\".format(b=x, a=t))", "print \"{t} {x}%\""),
    ("print(\"{{}} {}\".format(x))", "print \"{{}} {x}\""),
    ("print(\"%(b)s %(a)d\" % {\"a\": x, \"b\": t})", "print \"{t} {x}\""),
    ("print(\"%d%% {of} %5.2f\" % (x, 2))", "print \"{x}% {{of}} {2}\""),
  ]

  @Test(arguments: lines) func itMeansTheSame(_ theirs: String, _ ours: String) throws {
    let found = try HabitTests.findings(in: theirs)
    let first = try #require(found.first, "\(theirs) is right as it stands")
    let isLine = !ours.hasPrefix("\n")
    #expect(first.hint == "write:" + (isLine ? " " : "") + ours)
  }

  /// What nothing of ours says, or what may mean two things.
  @Test(arguments: [
    // Whole division.
    "n = 7 // 2", "n = 7 // x", "n = 7 // (1 + 1)", "n = 7 // mean r", "n = 7 // x if y else 0", "n = 7//2",
    "n = [7 // -2]", "n = 7 /* 2", "n = (7\n// 2)",
    // Numbers or lists.
    "n = 64,128,256", "n = 1,500", "64,128",
    // Readings that the hints show side by side.
    "n = -x ** 2", "print(x -1, 2)", "n = [1 -2; 3 4]", "n = [1; 3 -2]", "n = 2.^3.^2",
    // Early returns.
    "def f(a):\n    if a > 0:\n        return 1\n    return 2",
    "def f(a):\n    for i in xs:\n        return i\n    return 2",
    "def f(a):\n    if a > 0:\n        return 1",
    "def f(a):\n    return 1\n    a",
    "f = function(a) { if (a > 0) { return(1) }; 2 }",
    "def f a { if a > 0 { return 1 }\n  2 }", "return x",
    // Places.
    "xs[:-9223372036854775807]", "xs[-9223372036854775807]", "xs[0:0]", "xs[2:1]",
    "xs[-1:-2]", "xs[:-x]", "xs[-x:]", "for i in range(-9223372036854775808) { i }",
    "for i in np.arange(0, 1.5) { i }", "n = 0xFFFFFFFFFFFFFFF",
    // Axes and lost fractions.
    "xs.size(1)", "xs.dim()", "xs.count(2)", "r.length(2)",
    "n = int(2.7)", "n = int(x / 2)", "n = int(x)", "int n = 7 / 2", "n = x.astype(int)", "n = x.to(torch.long)",
    "n = float(\"3\")",
    // Fields that name what is not there, and values that no field names.
    "print(\"{2} {0}\".format(x, t))", "print(\"{a}\".format(b=x))", "print(\"{}\".format(x, t))",
    "print(\"{0} {}\".format(x, t))", "print(\"{a.b}\".format(a=x))", "print(\"{:{}}\".format(x, 3))",
    "print(\"%x\" % x)", "print(\"%(a)s\" % {\"b\": x})", "print(\"%(a)s\" % x)", "print(\"%*d\" % (x, 3))",
    // Labels and arguments that a command does not have, where the statement can't be read either.
    "n = np.mean(r, axis=0)", "n = mean(r, 2)", "n = [i for i in pair(1)]", "n = r |> mean(2)",
    "n = train-net(rate=0.1)",
    // What nothing is known of, what is no function here, and files of other tools.
    "linspace(0, 1, 5)", "zip(xs, xs)", "isinstance(xs, list)", "np.zeros((3, 3))", "range(1, 10, 2)", "lambda x: x*2",
    "n = input()", "f(1, 2)", "torch.save(r, \"x.pt\")", "function n = f(x)",
    // Labels and arguments that several parameters may take.
    "train-net r -r 5", "train-net r 3",
  ])
  func noLineIsProposed(_ theirs: String) throws {
    let found = try HabitTests.findings(in: theirs)
    #expect(!found.isEmpty, "\(theirs) is right as it stands")
    #expect(found.allSatisfy { $0.hint?.hasPrefix("write:") != true }, "\(found.map { render($0) })")
  }

  /// What can be read in two ways keeps the help that shows both, whatever else is wrong there.
  @Test func bothReadingsAreShown() throws {
    let found = try HabitTests.findings(in: "n = -x ** 2")
    #expect(found.contains { $0.hint?.contains("(x^2)") == true || $0.hint?.contains("(x**2)") == true })
  }

  /// A name that the program binds may hide a command, whose labels say nothing then.
  @Test func hiddenCommandsTakeAnything() throws {
    let found = try HabitTests.findings(in: "def mean a b { a + b }\nn = mean(1, 2)")
    #expect(found.first?.hint == "write: n = mean 1 2")
  }

  /// The shape's first axis is the first one elsewhere too.
  @Test func theFirstAxis() throws {
    let shape = Command("shape", "the sizes", [.argument("x", .list(of: .any), "it")], result: .list(of: .number)) {
      arguments, _ in .list([.number(Double(arguments.list("x").count))])
    }
    let registry = Registry(commands: [shape], types: [])
    let result = parse(Source("n = [xs.size(0); 1]", name: "t"), registry: registry)
    #expect(result.diagnostics.first?.hint == "write: n = [[(shape xs)[0]], [1]]")
  }

  /// Where a command leaves fractions out, it stands for theirs.
  @Test func fractionsAreLeftOutByACommand() throws {
    let truncate = Command("trunc", "without its fraction", [.argument("x", .number(.one, Bounds()), "it")]) {
      arguments, _ in arguments["x"]
    }
    let registry = Registry(commands: [truncate], types: [])
    #expect(
      parse(Source("n = [int(x); 1]", name: "t"), registry: registry).diagnostics.first?.hint?
        .hasPrefix("write: n = [[trunc x], [1]]") == true)
  }
}
