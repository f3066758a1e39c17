import Books
import Foundation
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

  @Test(arguments: [
    (["epochs=soon"], ["parameter-type"]), (["epochs=0", "norm=batsh"], ["parameter-range", "parameter-choice"]),
    (["dato=x"], ["unknown-parameter"]), (["data=/etc/passwd", "wrong=1"], ["unknown-parameter"]),
    ([], ["parameter-missing"]),
  ])
  func oneMistakeIsNoReasonForAnother(_ given: [String], _ codes: [String]) throws {
    let text = book(
      cell("for i in 1..epochs { print norm }") + cell("print recall data"),
      frontMatter: """
        params:
          epochs: {type: int, default: 5, min: 1}
          norm: {type: choice, choices: [batch, none], default: batch}
          data: {type: path}

        """)
    let needed = given.contains { $0.hasPrefix("dat") } || given.isEmpty ? given : given + ["data=/etc/passwd"]
    #expect(try Workbench().run(text, given: needed).mistakes.map(\.code) == codes)
  }

  /// Where the params could not be read, nobody can say which there are.
  @Test(arguments: ["  epochs: 2\n", "  - epochs: 2\n", "  epochs: {type: integer, default: 2}\n"])
  func malformedParamsAreNotSaidToBeMissing(_ params: String) throws {
    let text = book(cell("print epochs"), frontMatter: "params:\n" + params)
    #expect(try Workbench().run(text, given: ["epochs=3"]).mistakes.count == 1)
  }

  @Test func undeclaredParamsAreDeclaredInTheHint() throws {
    let bench = Workbench()
    let found = try bench.run(book(cell("print 1")), given: ["epochs=3"]).mistakes
    #expect(found.map(\.code) == ["unknown-parameter"])
    #expect(found.first?.hint?.contains("`params:`, and indented below it `epochs: {type: int, default: 3}`") == true)
    let given = [try ParameterValues.Given(argument: "epochs=3")]
    let script = BookRunner(path: try bench.put("s.cnp", "print 1\n"), parameters: given, registry: fakeRegistry)
      .check()
    #expect(script.mistakes.first?.message == "the script has no param 'epochs'")
  }

  /// A path that nothing is at starts where it was written, not at the book's folder.
  @Test func missingPathsSayWhereTheyStart() throws {
    let bench = Workbench()
    let text = book(cell("print recall data"), frontMatter: "params:\n  data: {type: path, default: eyes}\n")
    let own = try bench.check(text).mistakes
    #expect(
      own.map(\.code) == ["missing-path"] && own.first?.hint?.contains("paths in a book start at its folder") == true)
    let given = try bench.check(text, given: ["data=no-such"]).mistakes
    #expect(given.map(\.code) == ["missing-path"])
    #expect(
      given.first?.hint
        == "the param 'data' is 'no-such', which starts at the working folder, as every path on the command line")
    #expect(try bench.check(text, given: ["data=/no-such"]).mistakes.first?.hint == "the param 'data' is '/no-such'")
    let path = try bench.put("book.cnpbook", text)
    let values = try ParameterValues.read(file: try bench.put("p.yml", "data: none-there\n"))
    let read = BookRunner(path: path, parameters: values, registry: fakeRegistry).check().mistakes
    #expect(read.first?.hint?.contains("starts at the folder of ") == true)
  }

  /// What each of these gives for a param of that type, as the cell prints it.
  @Test(arguments: [
    ("bool", "True", "true"), ("bool", "yes", "true"), ("bool", "ON", "true"), ("bool", "1", "true"),
    ("bool", "False", "false"), ("bool", "No", "false"), ("bool", "off", "false"), ("bool", " 0 ", "false"),
    ("int", "1e3", "1000"), ("int", "5.0", "5"), ("int", "+7", "7"), ("int", "'12'", "12"), ("number", "10%", "0.1"),
    ("number", "\"2.5\"", "2.5"), ("text", "'as is'", "'as is'"), ("text", "True", "True"),
    ("path", "/a/'b c'/d", "/a/'b c'/d"), ("path", "'/a b'", "/a b"),
  ])
  func valuesAreReadAsPeopleWriteThem(_ type: String, _ given: String, _ printed: String) throws {
    let bench = Workbench()
    let text = book(cell("print x"), frontMatter: "params:\n  x: {type: \(type)}\n")
    #expect(try bench.run(text, given: ["x=" + given]).mistakes.map { render($0) } == [])
    #expect(bench.text("book.out/report.md").contains("```out\n\(printed)\n```"))
    #expect(try bench.run(text, given: ["x = " + given]).mistakes.isEmpty)
    #expect(bench.text("book.out/report.md").contains("```out\n\(printed)\n```"))
  }

  @Test(arguments: [
    ("bool", "maybe", nil), ("int", "2.5", nil), ("number", "0,5", "write 0.5"), ("number", "inf", nil),
  ])
  func otherValuesAreRefused(_ type: String, _ given: String, _ hint: String?) throws {
    let text = book(cell("print x"), frontMatter: "params:\n  x: {type: \(type)}\n")
    let mistakes = try Workbench().run(text, given: ["x=" + given]).mistakes
    #expect(mistakes.map(\.code) == ["parameter-type"])
    #expect(mistakes.first?.hint == hint)
  }

  @Test func homeIsMeantByATilde() throws {
    let bench = Workbench()
    let home = try #require(ProcessInfo.processInfo.environment["HOME"])
    let text = book(
      cell("print a, b, c"),
      frontMatter: "params:\n" + ["a", "b", "c"].map { "  \($0): {type: path, default: ~/x}\n" }.joined())
    #expect(try bench.run(text, given: ["a=~", "b=~/eyes", "c=x~y"]).mistakes.map { render($0) } == [])
    let folder = FileManager.default.currentDirectoryPath
    #expect(bench.text("book.out/report.md").contains("\(home) \(home)/eyes \(folder)/x~y"))
    #expect(try bench.run(text).mistakes.isEmpty)
    #expect(bench.text("book.out/report.md").contains("\(home)/x \(home)/x \(home)/x"))
  }

  @Test func pathsInAFileStartAtItsFolder() throws {
    let bench = Workbench()
    try FileManager.default.createDirectory(atPath: bench.path("settings"), withIntermediateDirectories: true)
    let given = try ParameterValues.read(file: try bench.put("settings/p.yml", "data: images\nnote: images\n"))
    let path = try bench.put(
      "b.cnpbook", book(cell("print data, note"), frontMatter: "params:\n  data: {type: path}\n  note: {type: text}\n"))
    let outcome = BookRunner(path: path, parameters: given, registry: fakeRegistry).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(bench.text("b.out/report.md").contains("\(bench.folder)/settings/images images"))
  }

  @Test func argumentNeedsNameAndValue() {
    #expect(throws: Diagnostic.self) { try ParameterValues.Given(argument: " = 3") }
    do throws(Diagnostic) { _ = try ParameterValues.Given(argument: "epochs: 5") } catch {
      #expect(error.hint == "write -P epochs=5")
    }
    #expect(throws: Diagnostic.self) { try ParameterValues.Given(argument: "epochs") }
    #expect(throws: Diagnostic.self) { try ParameterValues.Given(argument: "=3") }
  }

  @Test func fileGivesValues() throws {
    let bench = Workbench()
    let given = try ParameterValues.read(file: try bench.put("p.yml", "epochs: 7\nnorm: none\n"))
    #expect(given.map(\.name) == ["epochs", "norm"])
    #expect(given.map(\.text) == ["7", "none"])
    let lists = try ParameterValues.read(file: try bench.put("l.yml", "epochs: [7, 8]\nwidth:\n  - 4\n  - 16\n"))
    #expect(lists.map(\.text) == ["7,8", "4,16"], "several values, as commas are")
    #expect(throws: BookMistakes.self) { try ParameterValues.read(file: try bench.put("q.yml", "epochs: {a: 7}\n")) }
    #expect(throws: BookMistakes.self) { try ParameterValues.read(file: try bench.put("r.yml", "epochs: [[7]]\n")) }
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
