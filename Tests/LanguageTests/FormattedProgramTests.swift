import Foundation
import Fuzzing
import Language
import Testing

/// The usual form of a program: what changes, what stays, and that its meaning does.
@Suite struct FormattedProgramTests {
  private func formatted(_ text: String) -> String? { formattedProgram(text, registry: fakeRegistry) }

  @Test(arguments: [
    ("x=1", "x = 1"), ("x  =  1+2*3", "x = 1 + 2 * 3"), ("y = [ 1,2 , -3 ]", "y = [1, 2, -3]"),
    ("x = 1\nprint x-1, -x, (-x)", "x = 1\nprint x - 1, -x, (-x)"), ("def f a { a }\nf -1", "def f a { a }\nf -1"),
    ("r = [ a : 1 ,\"b c\" :2]", "r = [a: 1, \"b c\": 2]"), ("x = [:]", "x = [:]"), ("x = 1 .. 5", "x = 1..5"),
    ("x = [1]\ny = x[0]+x [0]", "x = [1]\ny = x[0] + x [0]"),
    ("if 1>0{print 1}else{print 2}", "if 1 > 0 { print 1 } else { print 2 }"),
    ("x = 2\ny = x^2", "x = 2\ny = x ^ 2"), ("def f a{a}\nx = f(1)", "def f a { a }\nx = f (1)"),
    ("x = \"a  {1+1}  b\"", "x = \"a  {1+1}  b\""), ("print 1  \n\n\n\nprint 2\n\n", "print 1\n\nprint 2"), ("", ""),
    ("  # a  \n\n", "# a"), ("print 1# x  ", "print 1  # x"),
  ])
  func spacing(_ written: String, _ usual: String) { #expect(formatted(written) == usual) }

  @Test func linesAndComments() {
    let written = """
      show (sum [
      1,# one
        23,      # more
          ]) # all
      def f x by: 2 {
          x*by
            # the end
      }
      y = f 2
         by: 3
      # between
        | print
      z = 1 +
      2
      t = "two
        lines"
      """
    let usual = """
      show (sum [
        1,   # one
        23,  # more
      ])     # all
      def f x by: 2 {
        x * by
        # the end
      }
      y = f 2
        by: 3
        # between
        | print
      z = 1 +
        2
      t = "two
        lines"
      """
    #expect(formatted(written) == usual)
    #expect(formatted(usual) == usual)
  }

  @Test(arguments: ["x = ", "x = 1 ? 2", "x = (1", "print \"a", "x = 1 +2", "f(1, 2)"])
  func mistakesAreNotTouched(_ text: String) { #expect(formatted(text) == nil) }

  /// Whatever can be read keeps its meaning and its comments, and is in the usual form after one time.
  private func check(_ text: String) {
    let program = parse(Source(text, name: ""), registry: fakeRegistry)
    guard program.diagnostics.isEmpty else { return }
    guard let once = formatted(text) else {
      Issue.record("refused: \(text.debugDescription)")
      return
    }
    #expect(parse(Source(once, name: ""), registry: fakeRegistry).program.digest == program.program.digest)
    #expect(formatted(once) == once, "\(text.debugDescription) became \(once.debugDescription)")
    #expect(once.count { $0 == "#" } == text.count { $0 == "#" })
  }

  @Test func theCorpus() throws {
    for path in CorpusTests.programs {
      check(try String(contentsOf: CorpusTests.folder.appending(path: path), encoding: .utf8))
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>) func randomPrograms(_ seed: UInt64) {
    let seeds = CorpusTests.programs.compactMap { path in
      (try? Data(contentsOf: CorpusTests.folder.appending(path: path))).map(Array.init)
    }
    let mutator = Mutator(seeds: seeds, fragments: Mutator.languageFragments)
    for index in 0..<1500 { check(LanguageInput(seed: seed, index: index, mutator: mutator).text) }
  }
}
