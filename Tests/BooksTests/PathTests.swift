import Base
import Books
import Foundation
import Language
import Synchronization
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
    let paths = BookPaths(bookFolder: bench.folder, output: folder)
    for path in ["link/x", "link/deep/x", "link"] {
      let error = #expect(throws: BookFileError.self) { try paths.write([1], to: path) }
      #expect(error?.code == "path-outside-output")
    }
    try paths.write([1], to: "deep/er/x")
    #expect(bench.names("other") == [])
    try folder.commit()
    #expect(bench.tree("o") == ["deep/er/x", "link", "run.json"])
    // The link is nobody's who could prove it.
    #expect(throws: BookFileError.self) { try OutputFolder(bench.path("o")) }
  }

  /// A book may come with links beside it, to files of the user's that it wants to write.
  @Test(arguments: [".cnp", ".cnp/checkpoints", ".cnp/checkpoints/sub", ".cnp/checkpoints/keys"])
  func linksBesideTheBookAreNoWayOut(_ link: String) throws {
    let bench = Workbench()
    let files = FileManager.default
    for folder in ["home/checkpoints/sub", "work/.cnp/checkpoints"] {
      try files.createDirectory(atPath: bench.path(folder), withIntermediateDirectories: true)
    }
    try bench.put("home/keys", "mine")
    try? files.removeItem(atPath: bench.path("work/\(link)"))
    let end = link.hasSuffix("keys") ? "home/keys" : "home"
    try files.createSymbolicLink(atPath: bench.path("work/\(link)"), withDestinationPath: bench.path(end))
    let paths = BookPaths(bookFolder: bench.path("work"))
    for path in ["keys", "sub/keys", "checkpoints/keys"] {
      let isThrough = link.hasSuffix("sub") ? path.hasPrefix("sub") : !link.hasSuffix("keys") || path == "keys"
      guard isThrough else { continue }
      let error = #expect(throws: BookFileError.self) { try paths.keep([1], as: path) }
      #expect(error?.code == "path-outside-output", "\(path)")
      let read = #expect(throws: BookFileError.self) { try paths.kept(path, limit: 10) }
      #expect(read?.code == "path-outside-output", "\(path)")
    }
    #expect(bench.tree("home") == ["checkpoints/sub", "keys"])
    #expect(bench.text("home/keys") == "mine")
  }

  @Test func pathsFromTheUsersHome() throws {
    let paths = BookPaths(bookFolder: Workbench().folder)
    #expect(try paths.toRead("~") == absolutePath(expandingHome("~"), from: "/"))
    let error = #expect(throws: BookFileError.self) { try paths.toRead("~/no such file of anyone's") }
    #expect(error?.code == "file-missing" && error?.hint == nil)
    #expect(throws: BookFileError.self) { try paths.write([1], to: "~/x") }
  }

  @Test func filesThatOutliveTheRun() throws {
    let bench = Workbench()
    let paths = BookPaths(bookFolder: bench.folder)
    #expect(try paths.kept("net/a", limit: 10) == nil)
    try paths.keep([1, 2], as: "net/a")
    #expect(try paths.kept("net/a", limit: 10) == [1, 2])
    #expect(throws: BookFileError.self) { try paths.kept("net/a", limit: 1) }
    for path in ["../a", "/a", "", "a/../../b"] {
      #expect(throws: BookFileError.self) { try paths.keep([1], as: path) }
      #expect(throws: BookFileError.self) { try paths.kept(path, limit: 10) }
    }
    #expect(bench.tree("") == [".cnp/checkpoints/net/a"])
  }

  /// A folder that is found to be taken is found before the first cell, with the book's other mistakes.
  @Test func theOutputFolderIsLookedAtFirst() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("book.out"), withIntermediateDirectories: true)
    try bench.put("book.out/thesis.txt", "years of work")
    let watch = StartWatch()
    let taken = try bench.run(book(cell("print 1")), observer: watch)
    #expect(taken.status == .refused && taken.mistakes.map(\.code) == ["output-folder-taken"])
    #expect(taken.replay == nil && !watch.hasStarted)
    #expect(!render(taken.mistakes[0]).contains("-->"), "no line of the book is wrong")
    let both = try bench.run(book(cell("print nothing-such")))
    #expect(both.mistakes.map(\.code) == ["unknown-name", "output-folder-taken"])
    #expect(bench.names("book.out") == ["thesis.txt"])
    try FileManager.default.removeItem(atPath: bench.path("book.out"))
    #expect(try bench.run(book(cell("print 1"))).status == .success)
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

/// Notes whether a cell was begun.
private final class StartWatch: ReplayObserver {
  private let started = Mutex(false)
  var hasStarted: Bool { started.withLock { $0 } }
  func started(_ cell: Cell, number: Int, of count: Int) { started.withLock { $0 = true } }
  func progressed(_ progress: Language.Progress, in cell: Cell) {}
  func remarked(_ text: String, in cell: Cell) {}
  func put(out output: CellOutput, by cell: Cell) {}
  func ended(_ record: CellRecord) {}
}
