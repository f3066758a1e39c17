import Books
import Foundation
import Language
import Testing

/// Params with several values run every combination.
struct GridTests {
  private let bench = Workbench()

  private static let text = book(
    cell("#| label: draw\nprint width, kind, seed-of-run\nscores"),
    frontMatter: """
      title: Widths
      seed: 5
      params:
        width: {type: int, default: 8, min: 1, max: 64}
        rate: {type: number, default: 0.5}
        kind: {type: choice, choices: [plain, "a,b"], default: plain}
        note: {type: text, default: none}

      """
  ).replacing("seed-of-run", with: "(phantom 1 size: 64)[0].name")

  private func grid(_ given: [String], _ text: String = text) throws -> ParameterGrid? {
    let path = try bench.put("book.cnpbook", text)
    return try ParameterGrid(given.map { try ParameterValues.Given(argument: $0) }, ofBookAt: path)
  }

  private func values(_ given: String) throws -> [String]? { try grid([given])?.axes.first?.texts }

  @Test func listsAndRanges() throws {
    #expect(try values("width=8,16") == ["8", "16"])
    #expect(try values("width=1..3") == ["1", "2", "3"])
    #expect(try values("width=8..32..8, 1") == ["8", "16", "24", "32", "1"])
    #expect(try values("rate=0.1..0.5..0.1") == ["0.1", "0.2", "0.3", "0.4", "0.5"])
    #expect(try values("rate=0.5,10%") == ["0.5", "10%"])
    #expect(try values("kind=plain,a") == ["plain", "a"])
    #expect(try values("seed=1..2") == ["1", "2"])
    #expect(try values("width=2,02,3") == ["2", "3"], "a value runs once")
    #expect(try values("rate=1e-3..3e-3..1e-3") == ["0.001", "0.002", "0.003"])
    #expect(try values("rate=1e-3..0.1..0.05") == ["0.001", "0.051"])
    #expect(try values("seed=1000000000000000..1000000000000001") == ["1000000000000000", "1000000000000001"])
  }

  @Test func whatIsOneValueIsNoGrid() throws {
    #expect(try grid(["width=8"]) == nil)
    #expect(try grid(["kind=a,b"]) == nil, "a choice with a comma in its name")
    #expect(try grid(["note=one,two"]) == nil, "a comma of a text")
    #expect(try grid(["width=8,16", "width=3"]) == nil, "the last value counts")
    #expect(try grid(["widht=8,16"]) == nil, "left to the run, which knows near names")
  }

  @Test(arguments: ["width=8..", "width=3..1", "width=,8", "width=1..3..0", "rate=0.1..0.5", "width=1...3"])
  func whatIsNoGridIsSaid(_ given: String) throws {
    let found = #expect(throws: BookMistakes.self) { try grid([given]) }
    #expect(found?.diagnostics.map(\.code) == ["grid-values"])
  }

  @Test func tooManyRuns() throws {
    #expect(throws: BookMistakes.self) { try grid(["seed=1..100", "width=1..64"]) }
    #expect(throws: BookMistakes.self) { try grid(["seed=1..9007199254740000"]) }
    #expect(try grid(["seed=1..1000"])?.combinations.count == 1000)
  }

  @Test func everyCombinationRunsIntoItsFolder() throws {
    let grid = try #require(try grid(["width=8,16", "seed=1..3"]))
    #expect(grid.combinations.map(\.folder).first == "width-8_seed-1")
    #expect(Set(grid.combinations.map(\.folder)).count == 6)
    let outcome = runner(grid).run()
    #expect(outcome.status == .success && outcome.mistakes.isEmpty)
    #expect(bench.names("book.grid").count == 7)
    #expect(bench.text("book.grid/width-16_seed-2/report.md").contains("16 plain"))
    #expect(bench.text("book.grid/width-16_seed-2/run.json").contains("\"seed\": \"2\""))
    #expect(outcome.tables.count == 2, "each run, and over the seeds")
    #expect(outcome.tables[0].rows.count == 6 && outcome.tables[0].columns.prefix(3) == ["width", "seed", "DSC"])
    #expect(outcome.tables[1].rows.map { $0[1].text } == ["87.50 ± 0.00", "87.50 ± 0.00"])
    let csv = bench.text("book.grid/table/metrics.csv").split(separator: "\n")
    #expect(
      csv.count == 7 && csv[1].hasPrefix("width-8_seed-1,8,1,success,")
        && csv[0].hasPrefix("folder,param-width,param-seed,"))
    #expect(bench.text("book.grid/table/report.html").contains("../width-8_seed-3/report.html"))
    #expect(bench.text("book.grid/table/report.md").hasPrefix("# Widths: width, seed\n"))
    // And again, in its own place.
    #expect(runner(grid).run().status == .success)
    #expect(bench.names("book.grid").count == 7)
  }

  @Test func oneThatFailsKeepsNoneFromRunning() throws {
    let text = Self.text.replacing(
      "#| label: draw\n", with: "#| label: draw\nif width == 8 { refuse \"too-narrow\" }\n")
    let outcome = runner(try #require(try grid(["width=8,16"], text))).run()
    #expect(outcome.status == .failed)
    #expect(outcome.tables.first?.rows.map { $0.last?.text } == ["failed", "success"])
  }

  @Test func allAreCheckedBeforeAnyRuns() throws {
    let outcome = runner(try #require(try grid(["width=8,65", "seed=1..2"]))).run()
    #expect(outcome.status == .refused && outcome.mistakes.map(\.code) == ["parameter-range"])
    #expect(bench.names("book.grid").isEmpty)
  }

  @Test func whatStandsInTheWayIsFoundBefore() throws {
    let grid = try #require(try grid(["width=8,16"]))
    for name in ["width-16", "table"] {
      try bench.folder("book.grid/\(name)")
      try bench.put("book.grid/\(name)/mine.txt", "mine")
      #expect(runner(grid).run().mistakes.map(\.code) == ["output-folder-taken"])
      #expect(bench.tree("book.grid") == ["\(name)/mine.txt"], "nothing ran")
      try FileManager.default.removeItem(atPath: bench.path("book.grid"))
    }
    #expect(try bench.run(Self.text).status == .success)
    let single = GridRunner(grid, ofBookAt: bench.path("book.cnpbook"), outputFolder: bench.path("book.out")) {
      BookRunner(path: bench.path("book.cnpbook"), parameters: $0, outputFolder: $1, registry: fakeRegistry)
    }
    #expect(single.run().mistakes.map(\.code) == ["output-folder-taken"])
  }

  @Test func allRunsAreOfOneText() throws {
    let given = try #require(try grid(["width=8,16"]))
    let runner = runner(given)
    let outcome = runner.run(announce: { line in
      if line.contains("16") {
        _ = try? self.bench.put("book.cnpbook", Self.text.replacing("print width", with: "print 7"))
      }
    })
    #expect(outcome.status == .success && bench.text("book.grid/width-16/report.md").contains("16 plain"))
  }

  @Test func spreadOverSeeds() throws {
    let text = book(
      cell("#| label: m\nmetrics (dark-threshold (phantom 3 size: 64 least: 5%))"), frontMatter: "seed: 5\n")
    let found = runner(try #require(try grid(["seed=1..3"], text))).run()
    let dice = found.tables[0].rows.compactMap { row in
      if case .number(let value, _) = row[1] { value } else { nil }
    }
    let mean = dice.reduce(0, +) / 3
    let deviation = (dice.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
    #expect(Set(dice).count == 3 && deviation > 0)
    let said = found.tables[1].rows[0][0].text.split(separator: " ").compactMap { Double($0) }
    #expect(said.count == 2 && abs(said[0] - mean) < 0.006 && abs(said[1] - deviation) < 0.006)
  }

  @Test func theSeedMayBeGiven() throws {
    let text = book(cell("print sum (phantom 1 size: 64)[0].image"), frontMatter: "seed: 5\n")
    func printed(_ given: [String], _ text: String) throws -> String? {
      try bench.run(text, given: given).replay?.records.first?.textOnRecord
    }
    let own = try printed([], text)
    #expect(try printed(["seed=5"], text) == own && printed(["seed=6"], text) != own)
    #expect(try bench.run(text, given: ["seed=-1"]).mistakes.map(\.code) == ["parameter-type"])
    let declared = book(cell("print seed"), frontMatter: "params:\n  seed: {type: text, default: a}\n")
    #expect(try printed(["seed=b"], declared) == "b", "a param of that name is meant")
  }

  @Test func aRecordIsOfItsSeed() throws {
    let text = book(cell("print sum (phantom 1 size: 64)[0].image"), frontMatter: "seed: 5\n")
    #expect(try bench.runner(text).run(.update).status == .success)
    let recorded = bench.text("book.cnpbook")
    let other = try bench.runner(recorded, given: ["seed=6"]).run(.check)
    #expect(other.mistakes.map(\.code) == ["record-params"])
    #expect(other.mistakes.first?.hint?.contains("leave -P seed out") == true)
    #expect(try bench.runner(recorded, given: ["seed=6"]).run(.update).status == .success)
    let own = try bench.runner(bench.text("book.cnpbook")).run(.check)
    #expect(own.mistakes.first?.hint?.contains("-P seed=6") == true)
  }

  private func runner(_ grid: ParameterGrid) -> GridRunner {
    GridRunner(grid, ofBookAt: bench.path("book.cnpbook"), outputFolder: nil) { given, folder in
      BookRunner(path: bench.path("book.cnpbook"), parameters: given, outputFolder: folder, registry: fakeRegistry)
    }
  }
}
