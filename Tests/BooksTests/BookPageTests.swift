import Books
import Language
import Testing
import Vocabulary

/// What `help books` shows is a book that runs, and tells of all that a book may hold.
@Suite struct BookPageTests {
  private func page() throws -> String {
    let bench = Workbench()
    #expect(try bench.run(book(cell("help books"))).mistakes.map { render($0) } == [])
    return bench.text("book.out/report.md")
  }

  @Test func theExampleRuns() throws {
    let bench = Workbench()
    let path = try bench.put("eyes.cnpbook", BookPage.example)
    let outcome = BookRunner(path: path, parameters: [try ParameterValues.Given(argument: "epochs=1")]).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(outcome.replay?.records.map(\.cell.label).first == "train")
    #expect(bench.text("eyes.out/report.md").contains("first run, small batch true made"))
  }

  @Test func everyKeyTypeAndOptionIsTold() throws {
    let page = try page()
    for line in BookPage.example.split(separator: "\n") { #expect(page.contains(line), "\(line)") }
    for name in CellOptions.names { #expect(page.contains("#| \(name): "), "\(name)") }
    let words = Set(page.split { !$0.isLetter }.map(String.init))
    let types = BookParameter.ValueType.allCases.map(\.rawValue)
    for name in FrontMatter.keys + BookParameter.keys + types { #expect(words.contains(name), "\(name)") }
  }
}
