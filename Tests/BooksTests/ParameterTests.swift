import Books
import Language
import Testing

@Suite struct ParameterTests {
  private let text = book(
    cell("print epochs, norm"),
    frontMatter: """
      params:
        epochs: {type: int, default: 5, min: 1, max: 500, help: passes}
        norm: {type: choice, choices: [batch, none], default: batch}

      """)

  @Test func givenValuesReplaceDefaults() throws {
    let bench = Workbench()
    let outcome = try bench.run(text, given: ["epochs=20"])
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(bench.text("book.out/report.md").contains("20 batch"))
    #expect(bench.text("book.out/run.json").contains("\"epochs\": \"20\""))
  }

  @Test(arguments: [
    ("epochs=0", "parameter-range"), ("epochs=many", "parameter-type"), ("epoch=3", "unknown-parameter"),
    ("norm=batsh", "parameter-choice"), ("epochs=", "parameter-type"),
  ])
  func badValuesAreRefusedBeforeAnythingRuns(_ given: String, _ code: String) throws {
    let bench = Workbench()
    let outcome = try bench.run(text, given: [given])
    #expect(outcome.status == .refused)
    #expect(outcome.mistakes.first?.code == code)
    #expect(bench.names("") == ["book.cnpbook"])
  }

  @Test func argumentNeedsNameAndValue() {
    #expect(throws: Diagnostic.self) { try ParameterValues.Given(argument: "epochs") }
    #expect(throws: Diagnostic.self) { try ParameterValues.Given(argument: "=3") }
  }

  @Test func fileGivesValues() throws {
    let bench = Workbench()
    let given = try ParameterValues.read(file: try bench.put("p.yml", "epochs: 7\nnorm: none\n"))
    #expect(given.map(\.name) == ["epochs", "norm"])
    #expect(given.map(\.text) == ["7", "none"])
    #expect(throws: BookMistakes.self) { try ParameterValues.read(file: try bench.put("q.yml", "epochs: [7]\n")) }
    #expect(throws: BookMistakes.self) { try ParameterValues.read(file: bench.path("missing.yml")) }
  }

  @Test func requiredParameterIsMissedByRunOnly() throws {
    let bench = Workbench()
    let text = book(cell("print recall data"), frontMatter: "params:\n  data: {type: path, help: a folder}\n")
    #expect(try bench.check(text).codes == [])
    let outcome = try bench.run(text)
    #expect(outcome.mistakes.map(\.code) == ["parameter-missing"])
    #expect(outcome.mistakes.first?.line == 4)
  }
}
