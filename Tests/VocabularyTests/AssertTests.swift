import Language
import Testing
import Vocabulary

/// `assert` holds its peace where something holds, and tells where it does not and by how much.
@Suite struct AssertTests {
  private static let images = """
    a = (phantom 1 size: 64 seed: 1)[0].image
    b = (phantom 1 size: 64 seed: 2)[0].image

    """

  private func run(_ program: String) throws(Diagnostic) -> String {
    let registry = standardRegistry()
    let result = parse(Source(program, name: "test"), registry: registry)
    if let mistake = result.diagnostics.first { throw mistake }
    var session = Session(registry: registry, seed: 1)
    if let mistake = session.check(result.program, locate: { _ in .missing() }).errors.first { throw mistake }
    guard let host = try? RecordingHost() else { return "no host" }
    try session.run(result.program, cell: "test", host: host)
    return host.text
  }

  @Test(arguments: [
    "assert (1 < 2)", "assert true", "assert 1 1", "assert 0.1 0.2 tolerance: 0.11", "assert \"a\" \"a\"",
    "assert [1, [2, 3]] [1, [2, 3.01]] tolerance: 0.02", "assert 1..3 [1, 2, 3]", "assert [a: 1, b: 2] [b: 2, a: 1]",
    "assert none none", "assert 5px 5px", "assert (a == a) (b == b) tolerance: 1", "assert a a", "assert (a + 0) a",
    "assert (log 0) (log 0)", "net = train-net (phantom 2 size: 64) width: 4 epochs: 1\nassert net.history net.history",
  ])
  func holds(_ program: String) throws { #expect(try run(Self.images + program) == "") }

  @Test(arguments: [
    ("assert (1 > 2)", "what was asserted is false"),
    ("assert (1 > 2) message: \"order\"", "order: what was asserted is false"),
    ("assert 1 2", "1 is not 2, the largest difference: 1"),
    ("assert 1 2 tolerance: 0.5", "1 is not within 0.5 of 2, the largest difference: 1"),
    (
      "assert [1, 2.5, 9] [1, 2, 3] tolerance: 0.1",
      "9 is not within 0.1 of 3 at [2], the largest difference: 6; 2 of 3 numbers are too far apart"
    ),
    (
      "assert [a: [1, 2]] [a: [1, 4]]",
      "2 is not 4 at .a[1], the largest difference: 2; 1 of 2 numbers are too far apart"
    ),
    ("assert [1, 2] [1]", "there are 2 elements, not 1"), ("assert [a: 1] [b: 1]", "the fields are a, not b"),
    ("assert \"a\" \"b\"", "\"a\" is not \"b\""), ("assert [1, \"a\"] [1, \"b\"]", "\"a\" is not \"b\", at [1]"),
    ("assert 1px 1mm", "1px is not 1mm"), ("assert 1 true", "1 is not true"), ("assert none 1", "none is not 1"),
    ("assert a (phantom 1 size: 128)[0].image", "the size is 64×64, not 128×128"),
    ("assert a (phantom 2 size: 64)", "is not dataset"),
    ("assert (phantom 2 size: 64) (phantom 2 size: 64)", "dataset can't be compared: compare what they hold"),
    ("assert (0 * log 0) 0", "nan is not 0, the largest difference: inf"),
  ])
  func fails(_ program: String, _ message: String) throws {
    let mistake = #expect(throws: Diagnostic.self) { try run(Self.images + program) }
    #expect(mistake?.code == "assertion-failed")
    #expect(mistake?.message.contains(message) == true, "\(mistake?.message ?? "")")
  }

  @Test func theWorstPixelIsTold() throws {
    let mistake = #expect(throws: Diagnostic.self) { try run(Self.images + "assert a b tolerance: 1e-3") }
    let message = try #require(mistake?.message)
    #expect(
      message.contains(#/ at row \d+, column \d+, the largest difference: 0\.\d+; \d+ of 4096 numbers/#), "\(message)")
  }

  @Test(arguments: ["assert 1", "assert \"yes\"", "x = [1]\nassert x", "assert (phantom 1)"])
  func aConditionIsTrueOrFalse(_ program: String) throws {
    let mistake = #expect(throws: Diagnostic.self) { try run(program) }
    #expect(mistake?.code == "wrong-kind")
  }

  @Test func aForgottenParenthesisIsFound() throws {
    #expect(throws: Diagnostic.self) { try run("x = 4\nassert x > 3") }
  }
}
