import Books
import Language
import Testing

/// Warnings are told before the first cell runs, and stop nothing.
@Suite struct WarningTests {
  @Test func warningsDoNotStopARun() throws {
    let bench = Workbench()
    let path = try bench.put("book.cnpbook", book(cell("if 1 > 2 { print 7 }\nprint 41")))
    var warned: [String] = []
    let outcome = BookRunner(path: path, registry: fakeRegistry).run { warned += $0.map(\.code) }
    #expect(warned == ["unreachable-code"])
    #expect(outcome.status == .success && outcome.mistakes.isEmpty)
    #expect(bench.text("book.out/report.md").contains("41"))
  }

  /// A book of which nothing runs says so, and what its fences are instead.
  @Test(arguments: [
    ("Words.\n", "cells are fences whose info string is `cnp`; `help books` at the prompt shows a whole book", 1),
    (
      "```python\nprint(1)\n```\n\n```python title\nprint(2)\n```\n",
      "two fences are `python`: cells are fences whose info string is `cnp`", 5
    ),
    ("Words.\n\n```\nprint 1\n```\n", "a fence has no info string: cells are fences whose info string is `cnp`", 7),
    (
      "~~~r\n1\n~~~\n\n   ```\n   1\n   ```\n\n```\n2\n```\n\n    ```\n    prose\n",
      "a fence is `r`, two fences have no info string: cells are fences whose info string is `cnp`", 5
    ),
  ])
  func aBookWithoutCellsIsWarnedOf(_ body: String, _ hint: String, _ line: Int) throws {
    let outcome = try Workbench().check(book(body))
    #expect(outcome.diagnostics.map(\.code) == ["no-cells"] && outcome.status == .success)
    #expect(outcome.diagnostics.first?.hint == hint)
    #expect(outcome.diagnostics.first?.line == line)
  }

  @Test func aCellIsEnough() throws {
    #expect(try Workbench().check(book("```python\n1\n```\n\n" + cell("print 1"))).diagnostics.isEmpty)
    #expect(try Workbench().check(book(cell("#| skip: true\nprint 1"))).diagnostics.isEmpty)
    #expect(try Workbench().check(book("```cnp run\nprint 1\n```\n")).diagnostics.map(\.code) == ["cell-info"])
  }

  @Test func mistakesStillRefuse() throws {
    let outcome = try Workbench().check(book(cell("if 1 > 2 { print 7 }\nprint nothing-of-that-name")))
    #expect(outcome.diagnostics.map(\.code) == ["unreachable-code", "unknown-name"])
    #expect(outcome.mistakes.map(\.code) == ["unknown-name"] && outcome.status == .refused)
  }

  /// A param that nobody has given yet has a kind, and no value to draw conclusions from.
  @Test func requiredParamsAreOpen() throws {
    let params = "params:\n  size: {type: int, min: 16}\n  data: {type: path}\n  word: {type: text}\n"
    let body = cell("train-gan (phantom 2 size: size)\nx = load data") + cell("print word * 2")
    #expect(try Workbench().check(book(body, frontMatter: params)).codes == ["operator-kinds"])
    let given = try Workbench().check(book(body, frontMatter: params), given: ["size=100"])
    #expect(given.codes == ["network-size-not-supported", "network-size-not-supported", "operator-kinds"])
  }

  @Test func factsGoFromCellToCell() throws {
    let text = book(cell("eyes = phantom 4 size: 100") + cell("net = unet width: 4") + cell("predict net eyes"))
    let outcome = try Workbench().check(text)
    #expect(outcome.diagnostics.map(\.code) == ["network-untrained", "network-size-not-supported"])
    #expect(outcome.mistakes.first?.line == 14)
  }

  @Test func whatACellWritesALaterOneReads() throws {
    let saved = cell("save (phantom 2 size: 64) \"made\"")
    let read = cell("print load \"made/images\"")
    #expect(try Workbench().check(book(saved + read)).codes == [])
    #expect(try Workbench().check(book(read + saved)).codes == ["missing-path"])
  }

  @Test func nearPathsAreSuggested() throws {
    let bench = Workbench()
    try bench.put("angiograms.csv", "image\n")
    let found = try bench.check(book(cell("load \"angiogram.csv\""))).mistakes
    #expect(found.first?.hint == "did you mean 'angiograms.csv'?")
  }
}
