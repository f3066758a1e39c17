import Foundation
import Fuzzing
import Language
import Testing

/// A program's text as an editor sees it.
@Suite struct SyntaxViewTests {
  /// The parts that are set apart, as `role text`.
  private func parts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return SyntaxView(text).highlights { $0 == "train-net" }.map { highlight in
      "\(highlight.role) \(String(decoding: bytes[highlight.range], as: UTF8.self))"
    }
  }

  @Test func rolesOfTokens() {
    #expect(
      parts("x = train-net r rate: 2e-4 # so\nif not true { 'a' }") == [
        "command train-net", "label rate:", "number 2e-4", "comment # so", "keyword if", "keyword not", "keyword true",
        "text 'a'",
      ])
  }

  @Test func textsWithProgramsInside() {
    #expect(parts("print \"a {x + 1} b\"") == ["keyword print", "text \"a {", "number 1", "text } b\""])
    #expect(parts("\"{train-net}\"") == ["text \"{", "command train-net", "text }\""])
  }

  @Test func mistakesAreSetApart() {
    #expect(parts("1 ? 2)") == ["number 1", "mistake ?", "number 2", "mistake )"])
    #expect(parts("x = \"never closed") == ["text \"never closed"])
    #expect(parts("# only\n\n  # comments") == ["comment # only", "comment # comments"])
    #expect(parts("") == [])
  }

  @Test func membersAreNoCommands() { #expect(parts("a.train-net") == []) }

  @Test func partsNeverOverlap() {
    for program in CorpusTests.programs {
      let text = (try? String(contentsOf: CorpusTests.folder.appending(path: program), encoding: .utf8)) ?? ""
      let found = SyntaxView(text).highlights { _ in true }
      for (first, second) in zip(found, found.dropFirst()) {
        #expect(first.range.upperBound <= second.range.lowerBound, "\(program)")
      }
      #expect(found.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= text.utf8.count }, "\(program)")
    }
  }

  @Test func pairsOfBrackets() {
    let view = SyntaxView("f (a [1]) \"(\" )")
    #expect(view.pair(at: 2).map { [$0.open, $0.close] } == [2, 8])
    #expect(view.pair(at: 9).map { [$0.open, $0.close] } == [2, 8])
    #expect(view.pair(at: 6).map { [$0.open, $0.close] } == [5, 7], "the bracket before the cursor counts first")
    #expect(view.pair(at: 12) == nil, "inside a text there are none")
    #expect(view.pair(at: 15) == nil, "it has no partner")
  }

  @Test func openBracketsAtTheEnd() {
    #expect(SyntaxView("for x in [1, 2] { f (").openBrackets == 2)
    #expect(SyntaxView("f (\"a").openBrackets == 0, "inside a text")
    #expect(SyntaxView("))").openBrackets == 0)
  }

  @Test func callsAsTheyAreWritten() {
    let program = parse(
      Source("a = f 1 x: true | g y: no\ndef h { f }\nif b { print (f x: 2) }", name: "t"), registry: fakeRegistry
    ).program
    let calls = program.calls
    #expect(calls.map(\.name).filter { $0 != "print" } == ["f", "g", "f", "b", "f"])
    #expect(calls[0].labels["x"]?.truth == true && calls[1].labels["y"]?.truth == nil)
    #expect(calls[1].labels["y"] != nil && calls[0].labels["z"] == nil)
  }
}
