import Books
import Foundation
import Language
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    "/etc/x", "../x", "a/../../x", "a/..", "..", ".", "", "a/b/../../../x",
  ])
  func writingOutsideIsRefused(_ path: String) throws {
    let bench = Workbench()
    let outcome = try bench.run(book(cell("keep \"\(path)\" \"x\"")))
    #expect(outcome.mistakes.map(\.code) == ["path-outside-output"])
    #expect(bench.names("") == ["book.cnpbook", "book.out"])
  }

  @Test(arguments: ["report.html", "./run.json", "Metrics.csv"]) func reportsAreNotOverwritten(_ path: String) throws {
    #expect(try Workbench().run(book(cell("keep \"\(path)\" \"x\""))).mistakes.map(\.code) == ["path-reserved"])
  }

  @Test func linkInTheOutputFolderIsNoWayOut() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("other"), withIntermediateDirectories: true)
    let folder = try OutputFolder(bench.path("o"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.staging + "/link", withDestinationPath: bench.path("other"))
    let paths = BookPaths(bookFolder: bench.folder, outputFolder: folder.staging)
    #expect(throws: BookFileError.self) { try paths.toWrite("link/x") }
    #expect(throws: BookFileError.self) { try paths.toWrite("link") }
    #expect(try paths.toWrite("deep/er/x").hasSuffix("deep/er/x"))
    folder.discard()
  }

  @Test func whatWasWrittenCanBeReadBack() throws {
    let bench = Workbench()
    let outcome = try bench.run(
      book(cell("keep \"sub/a.txt\" \"kept\"") + cell("print recall \"sub/a.txt\"")))
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(bench.text("book.out/sub/a.txt") == "kept")
    #expect(bench.text("book.out/report.md").contains("kept\n```"))
  }

  @Test func missingFileIsFoundByChecking() throws {
    let outcome = try Workbench().run(book(cell("print recall \"nowhere.txt\"")))
    #expect(outcome.status == .refused)
  }

  @Test func imagesOfTheBookStayInItsFolder() throws {
    let bench = Workbench()
    #expect(
      try bench.run(book("![a](../../../../etc/passwd) ![b](http://example.org/x.png) ![c](file:///etc/passwd)\n"))
        .status
        == .success)
    let html = bench.text("book.out/report.html")
    #expect(!html.contains("<img"))
    #expect(html.contains("image not included"))
  }
}
