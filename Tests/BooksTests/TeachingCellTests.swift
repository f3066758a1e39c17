import Books
import Foundation
import Language
import Testing

/// Cells for teaching: solutions that are folded, runs over seeds, cells that are there to fail.
@Suite struct TeachingCellTests {
  private let bench = Workbench()

  private func run(_ cells: String..., seed: Int = 3) throws -> BookRunner.RunOutcome {
    try bench.run(book(cells.map(cell).joined(), frontMatter: "seed: \(seed)\n"))
  }

  @Test func solutionsAreFolded() throws {
    let outcome = try run("print \"task\"", "#| solution: true\n#| label: answer\nx = 41 + 1\nprint x", "print x")
    #expect(outcome.status == .success, "a solution runs, so that it is known to be one")
    let page = bench.text("book.out/report.html")
    let section =
      page.components(separatedBy: "id=\"cell-answer\"").last?.components(separatedBy: "</section>").first ?? ""
    let folded = section.components(separatedBy: "<summary>Solution</summary>")
    #expect(folded.count == 2 && !folded[0].contains("41") && folded[1].contains("42"))
    #expect(page.components(separatedBy: "<summary>Solution</summary>").count == 2)
    let markdown = bench.text("book.out/report.md")
    #expect(markdown.contains("<details><summary>Solution</summary>\n\n```cnp\nx = 41 + 1"))
    #expect(markdown.components(separatedBy: "</details>").count == 2)
  }

  /// The means are those of the same cell run by hand with each seed.
  @Test func runsOverSeeds() throws {
    let draw = "mean (phantom 1 size: 64)[0].image"
    var values: [Double] = []
    for seed in 3...5 {
      let outcome = try run("#| label: draw\n\(draw)", seed: seed)
      guard case .text(let text)? = outcome.replay?.records[0].outputs.first?.shown else { continue }
      values.append(try #require(Double(text)))
    }
    #expect(Set(values).count == 3)
    let outcome = try run("#| label: draw\n#| repeat: 3\nprint \"once\"\ny = 1\n\(draw)", "print y")
    let record = try #require(outcome.replay?.records.first)
    #expect(record.outputs.count == 3 || record.outputs.count == 2, "what the further runs put out is not kept")
    guard case .table(let table)? = record.outputs.last?.shown else {
      Issue.record("no table")
      return
    }
    #expect(table.title == "Over 3 runs, seeds 3 to 5")
    #expect(table.columns == ["", "mean", "SD (n − 1)", "least", "largest", "runs"])
    guard case .number(let mean, _) = table.rows[0][1], case .number(let least, _) = table.rows[0][3] else {
      Issue.record("no numbers")
      return
    }
    #expect(abs(mean - values.reduce(0, +) / 3) < 1e-3 && abs(least - (values.min() ?? 0)) < 1e-3)
    #expect(
      bench.text("book.out/report.md").components(separatedBy: "once").count == 3, "in the code and once below it")
  }

  @Test func namesOfWhatIsSummedUp() throws {
    let outcome = try run("#| repeat: 2\nscores", "#| repeat: 2\n[loss: 0.5, parts: [1, 2]]")
    #expect(outcome.status == .success)
    let names = (outcome.replay?.records ?? []).map { record -> [String] in
      guard case .table(let table)? = record.outputs.last?.shown else { return [] }
      return table.rows.map { $0[0].text }
    }
    #expect(names == [["DSC", "SEN", "SPE", "ACC", "pooled DSC"], ["loss", "parts[0]", "parts[1]"]])
  }

  @Test(arguments: ["print 1", "x = 1", "\"text\""]) func nothingToSumUp(_ code: String) throws {
    let outcome = try run("4", "#| repeat: 2\n\(code)")
    #expect(outcome.status == .failed && outcome.mistakes.map(\.code) == ["repeat-without-numbers"])
  }

  @Test(arguments: ["0", "1", "1001", "many", "2.5"]) func timesThatAreNone(_ value: String) throws {
    #expect(try bench.check(book(cell("#| repeat: \(value)\n1"))).codes == ["option-value"])
  }

  @Test func aFurtherRunThatFailsStopsTheCell() throws {
    let outcome = try run("#| repeat: 4\nassert (mean (phantom 1 size: 64)[0].image > 2)\n1")
    #expect(outcome.mistakes.map(\.code) == ["assertion-failed"])
  }

  @Test func whatCheckingFindsMayBeExpected() throws {
    let outcome = try run(
      "#| error: unknown-label\nphantom 1 siez: 64", "#| error: uneven-spacing\nx = 1\ny = x* 2",
      "#| error: unknown-command\nprint nothing-here\nphantm 3", "#| error: assertion-failed\nassert 1 2")
    #expect(outcome.mistakes.map { render($0) } == [])
    let endings = (outcome.replay?.records ?? []).map { record -> String in
      if case .failedAsExpected(let mistake) = record.ending { mistake.code } else { "another ending" }
    }
    #expect(endings == ["unknown-label", "uneven-spacing", "unknown-command", "assertion-failed"])
  }

  /// A cell that does not come past the checks binds nothing, and that is known before anything runs.
  @Test func whatNeverRanIsNotThere() throws {
    let text = book(cell("#| error: unknown-name\nx = nothing-here") + cell("print x"))
    #expect(try bench.check(text).codes == ["unknown-name"])
    #expect(try bench.check(book(cell("#| error: unknown-label\nx = 1\nphantom 1 siez: 2"))).codes == [])
  }

  @Test func anotherMistakeIsStillOne() throws {
    #expect(try bench.check(book(cell("#| error: unknown-label\nprint nothing-here"))).codes == ["unknown-name"])
  }
}
