import Books
import Language
import Testing

@Suite(.serialized) struct ReplayTests {
  @Test func failingCellStopsTheRunAndLeavesAReport() throws {
    let bench = Workbench()
    let outcome = try bench.run(
      book(cell("#| label: one\nprint 11") + cell("#| label: two\nprint 22\nrefuse \"disk-full\"") + cell("print 33")))
    #expect(outcome.status == .failed)
    #expect(outcome.mistakes.map(\.code) == ["disk-full"])
    #expect(outcome.mistakes.first?.line == 13)
    for report in ["report.md", "report.html"] {
      let text = bench.text("book.out/" + report)
      #expect(text.contains("22") && text.contains("refused as asked") && text.contains("line 13"))
      #expect(!text.contains("33\n```\n\n## This run"))
    }
    #expect(bench.text("book.out/run.json").contains("\"status\": \"not-reached\""))
  }

  @Test func expectedErrorsAreOutput() throws {
    let bench = Workbench()
    let text = book(
      cell("#| error: unknown-name\nprint nowhere") + cell("#| error: disk-full\nrefuse \"disk-full\"")
        + cell("print 7"))
    let outcome = try bench.run(text)
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(outcome.status == .success)
    let missing = try bench.run(book(cell("#| error: disk-full\nprint 1")))
    #expect(missing.mistakes.map(\.code) == ["expected-error-missing"])
    let other = try bench.run(book(cell("#| error: disk-full\nrefuse \"other\"")))
    #expect(other.mistakes.map(\.code) == ["other"])
  }

  /// Files that the run has written lie elsewhere meanwhile; messages and notes call them as the program does.
  @Test func whatWasWrittenIsCalledAsTheProgramCallsIt() throws {
    let bench = Workbench()
    let first =
      "save (phantom 1 size: 64)[0].image \"eyes/a.png\"\nsave \"a note\" \"eyes/b.txt\"\nprint (load \"eyes\")"
    let text = book(cell(first) + cell("save \"a note\" \"notes/a.txt\"\nprint (load \"notes\")"))
    let outcome = BookRunner(path: try bench.put("book.cnpbook", text)).run()
    #expect(outcome.mistakes.map(\.code) == ["no-images"])
    #expect(outcome.mistakes.first?.message.hasPrefix("notes holds no image") == true, "\(outcome.mistakes)")
    let report = bench.text("book.out/report.md")
    #expect(report.contains("left out of eyes, not images: b.txt") && !report.contains(".part"), "\(report)")
  }

  @Test func timeoutStopsTheCell() throws {
    let bench = Workbench()
    let outcome = try bench.run(book(cell("#| timeout: 0.05\nlinger") + cell("print 5")))
    #expect(outcome.status == .stopped)
    #expect(bench.text("book.out/report.md").contains("longer than 0.05 s"))
  }

  @Test func interruptLeavesAReportOfWhatRan() throws {
    let bench = Workbench()
    let cancellation = Cancellation()
    stopSwitch.withLock { $0 = cancellation }
    let outcome = try bench.run(
      book(cell("print 41") + cell("stop-now\nlinger") + cell("print 43")), cancellation: cancellation)
    #expect(outcome.status == .stopped)
    let report = bench.text("book.out/report.md")
    #expect(report.contains("41") && report.contains("*Interrupted.*") && report.contains("*Not run.*"))
  }

  @Test func skippedCellsSayWhy() throws {
    let bench = Workbench()
    #expect(try bench.run(book(cell("#| skip: needs a camera\nprint 1"))).status == .success)
    #expect(bench.text("book.out/report.md").contains("*Skipped: needs a camera.*"))
  }

  @Test func figuresAndMetricsAreFiles() throws {
    let bench = Workbench()
    let outcome = try bench.run(
      book(cell("#| label: pictures\n#| caption: A ramp.\nshow ramp\nshow ramp") + cell("#| label: result\nscores")))
    #expect(outcome.mistakes.map { render($0) } == [])
    let names = bench.names("book.out")
    for name in ["pictures-1.png", "pictures-1.pgm", "pictures-1.svg", "pictures-2.png"] {
      #expect(names.contains(name))
    }
    #expect(bench.text("book.out/metrics.json").contains("\"result\": {"))
    #expect(bench.text("book.out/metrics.csv").contains("result,\"one, two\",30,10,50,10"))
    let pgm = try fileBytes(bench.path("book.out/pictures-1.pgm"), limit: 1 << 20)
    #expect(pgm.starts(with: Array("P5\n16 8\n255\n".utf8)))
  }

  @Test func everyFileReadIsDigested() throws {
    let bench = Workbench()
    try bench.put("in.txt", "abc")
    #expect(try bench.run(book(cell("print recall \"in.txt\""))).status == .success)
    // SHA-256 of "abc", FIPS 180-2.
    #expect(
      bench.text("book.out/run.json").contains(
        "\"in.txt\": \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""))
  }

  @Test func randomStreamsFollowTheLabel() throws {
    let bench = Workbench()
    func printed(_ body: String) throws -> Substring? {
      _ = try bench.run(book(body, frontMatter: "seed: 3\n"))
      return bench.text("book.out/report.md").split(separator: "\n## This run").first?.split(separator: "```out").last
    }
    let cells = cell("#| label: last\nprint (phantom images: 1 size: 128)[0].name")
    #expect(try printed(cell("x = 1") + cells) == printed(cells))
  }

  @Test func scriptRunsAsOneCell() throws {
    let bench = Workbench()
    let path = try bench.put("s.cnp", "x = 20\nprint x + 1\n")
    let outcome = BookRunner(path: path, registry: fakeRegistry).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(bench.text("s.out/report.md").contains("21"))
  }
}
