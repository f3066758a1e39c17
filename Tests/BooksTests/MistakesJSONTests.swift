import Books
import Foundation
import Language
import Testing

/// What `cnp check --json` writes, read back by another JSON reader.
@Suite struct MistakesJSONTests {
  private struct Position: Decodable, Equatable { let line, column, byteColumn: Int }
  private struct Mistake: Decodable {
    let severity, code, message, file: String
    let hint: String?
    let start, end: Position
  }

  private func decoded(_ mistakes: [Diagnostic]) throws -> [Mistake] {
    try JSONDecoder().decode([Mistake].self, from: Data(json(of: mistakes).utf8))
  }

  @Test func positionsAreThoseOfTheBook() throws {
    // The cell starts behind a front matter and its fence; `👁` has 4 bytes and 2 code units.
    let mistakes = try Workbench().check(book(cell("x = \"👁\" + pi") + cell("y = \"é\" * 2"))).mistakes
    let found = try decoded(mistakes)
    #expect(found.map(\.code) == ["unknown-name", "operator-kinds"])
    #expect(found[0].start == Position(line: 6, column: 12, byteColumn: 14))
    #expect(found[0].end == Position(line: 6, column: 14, byteColumn: 16))
    #expect(found[1].start == Position(line: 10, column: 5, byteColumn: 5))
    #expect(found[1].end == Position(line: 10, column: 12, byteColumn: 13))
    #expect(found.map(\.file) == mistakes.map(\.source.name))
    #expect(found.map(\.message) == mistakes.map(\.message))
    #expect(found.map(\.hint) == mistakes.map(\.hint))
  }

  @Test func nothingWrong() throws {
    #expect(json(of: []) == "[]")
  }

  @Test func textsThatJSONEscapes() throws {
    let mistake = Diagnostic(
      "some-code", "a \"quoted\"\\ line\nand \u{1B} more \u{2028}", in: Source("", name: "a\t\"b\".cnp"), at: Span(0, 0)
    )
    let found = try decoded([mistake])
    #expect(found[0].message == mistake.message)
    #expect(found[0].file == mistake.source.name)
    #expect(found[0].hint == nil)
    #expect(found[0].severity == "error")
    #expect(found[0].start == Position(line: 1, column: 1, byteColumn: 1) && found[0].start == found[0].end)
    #expect(json(of: [mistake]).contains("\"hint\": null"))
  }

  @Test func warningsSaySo() throws {
    let outcome = try Workbench().check(book(cell("if 1 > 2 { print 3 }")))
    #expect(try decoded(outcome.diagnostics).map(\.severity) == ["warning"])
    #expect(outcome.mistakes.isEmpty && outcome.status == .success)
  }

  @Test func unreadableFile() throws {
    let outcome = BookRunner(path: Workbench().path("nothing-here.cnpbook")).check()
    #expect(try decoded(outcome.mistakes).count == 1)
  }
}
