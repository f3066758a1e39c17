import Books
import Testing

/// What a cell prints, line by line, is kept in order, as blocks between its figures and tables.
@Suite struct ManyPrintsTests {
  @Test func linesOfOneBlock() throws {
    let bench = Workbench()
    let outcome = try bench.run(book(cell("for i in 0..39999 { print i }\ntiny-table\nfor i in 0..9 { print i }")))
    #expect(outcome.status == .success)
    let outputs = try #require(outcome.replay?.records.first?.outputs.map(\.shown))
    #expect(outputs.count == 3)
    guard case .text(let first) = outputs[0], case .table = outputs[1], case .text(let last) = outputs[2] else {
      Issue.record("blocks are text, table, text")
      return
    }
    #expect(first == (0..<40_000).map(String.init).joined(separator: "\n"))
    #expect(last == (0..<10).map(String.init).joined(separator: "\n"))
    #expect(bench.text("book.out/report.md").contains("39998\n39999\n```"))
  }

  @Test func textsWithLineEndsOfTheirOwn() throws {
    let outcome = try Workbench().run(book(cell("print \"\"\nprint \"a\\nb\"\nprint \"\"\nprint \"c\"")))
    guard case .text(let text)? = outcome.replay?.records.first?.outputs.first?.shown else {
      Issue.record("no text")
      return
    }
    #expect(text == "\na\nb\n\nc")
  }
}
