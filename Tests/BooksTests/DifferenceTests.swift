import Books
import Foundation
import Testing

/// Two runs side by side.
struct DifferenceTests {
  private let bench = Workbench()

  private static let text = book(
    cell("#| label: first\nprint tag\nshow ramp") + cell("#| label: eyes\n(phantom 1 size: 64)[0].image")
      + cell("#| label: measured\nscores"),
    frontMatter: "params:\n  tag: {type: text, default: one}\n")

  private func run(_ folder: String, _ given: [String] = [], text: String = text) throws -> String {
    let path = try bench.put("book.cnpbook", text)
    let outcome = BookRunner(
      path: path, parameters: try given.map { try ParameterValues.Given(argument: $0) },
      outputFolder: bench.path(folder), registry: fakeRegistry
    ).run()
    #expect(outcome.status == .success)
    return bench.path(folder)
  }

  @Test func theSameRunTwice() throws {
    let difference = try RunDifference(try run("a"), try run("b"))
    #expect(difference.isSame)
    #expect(difference.lines == ["settings: the same", "metrics: the same", "figures: the same", "text: the same"])
  }

  @Test func whatDiffersIsShown() throws {
    let difference = try RunDifference(try run("a"), try run("b", ["tag=two", "seed=3"]))
    #expect(!difference.isSame)
    #expect(difference.lines[0] == "settings: seed, param tag")
    #expect(difference.lines[2] == "figures: 1 of 2 differ: eyes-1", "the ramp is the same")
    #expect(difference.lines[3] == "text: differs")
    let html = difference.html
    #expect(html.contains("-one\n+two") && html.contains("Difference, up to "))
    #expect(html.components(separatedBy: "<img src=\"data:image/png").count == 4, "before, after and the difference")
    #expect(!html.contains("src=\"http") && html.hasSuffix("</html>\n"))
  }

  /// The difference of two moving pictures is that of their first drawings.
  @Test func drawingsByTurns() throws {
    let moving = book(cell("#| label: both\nshow blink"))
    let difference = try RunDifference(
      try run("a", text: moving), try run("b", text: moving.replacing("blink", with: "(blink grey: 0.75)")))
    #expect(difference.lines[2] == "figures: 1 of 1 differ: both-1")
    #expect(difference.html.contains("those that take turns with them differ"))
  }

  @Test func metricsImageByImage() throws {
    let a = try run("a")
    let b = try run("b", text: Self.text.replacing("\nscores", with: "\nother-scores"))
    let difference = try RunDifference(a, b)
    #expect(difference.lines[1].contains("of 5 differ: measured DSC 87.50 → 62.50"))
    #expect(difference.html.contains("DSC of the 1 image where it differs"))
  }

  @Test func figuresOfOneRunAlone() throws {
    let difference = try RunDifference(try run("a"), try run("b", text: Self.text.replacing("\nshow ramp", with: "")))
    #expect(difference.lines[2] == "figures: 1 of 2 differ: first-1")
    #expect(difference.html.contains("No such figure."))
  }

  @Test func whatIsNoRunIsRefused() throws {
    let a = try run("a")
    #expect(throws: BookFileError.self) { try RunDifference(a, bench.folder) }
    #expect(try RunDifference(a, a).isSame)
    try bench.put("a/report.md", "changed")
    let found = #expect(throws: BookFileError.self) { try RunDifference(a, a) }
    #expect(found?.code == "run-changed")
    try bench.put("a/run.json", "{}")
    #expect(#expect(throws: BookFileError.self) { try RunDifference(a, a) }?.code == "no-run")
  }

  @Test(arguments: ["metrics.json", "metrics.csv", "first-1.png"]) func changedResultsAreNoDifference(_ file: String)
    throws
  {
    let (a, b) = (try run("a"), try run("b", ["tag=two"]))
    try bench.put("a/\(file)", "{}")
    if file != "first-1.png" {
      #expect(#expect(throws: BookFileError.self) { try RunDifference(a, b) }?.code == "run-changed")
    }
    try FileManager.default.removeItem(atPath: bench.path("a/metrics.json"))
    #expect(#expect(throws: BookFileError.self) { try RunDifference(a, b) }?.code == "run-changed")
  }

  @Test func aFileThatIsThereStays() throws {
    let difference = try RunDifference(try run("a"), try run("b"))
    try difference.write(to: bench.path("d.html"), isReplacing: false)
    try difference.write(to: bench.path("d.html"), isReplacing: false)
    try bench.put("d.html", "mine")
    #expect(throws: BookFileError.self) { try difference.write(to: bench.path("d.html"), isReplacing: false) }
    try difference.write(to: bench.path("d.html"), isReplacing: true)
  }
}
