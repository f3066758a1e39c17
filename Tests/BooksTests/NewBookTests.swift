import Books
import Language
import Testing

/// Books to begin with pass checking, run in seconds and are in the usual form; and the list of a book's params.
@Suite struct NewBookTests {
  private let bench = Workbench()

  @Test(arguments: BookTemplate.allCases) func templateRuns(_ template: BookTemplate) throws {
    let path = try template.write(as: bench.path("my-first_book"))
    #expect(path == bench.path("my-first_book.cnpbook"))
    #expect(bench.text("my-first_book.cnpbook").contains("# My first book\n"))
    #expect(try !FormattedBook(path: path).isChanged)
    let outcome = BookRunner(path: path).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    #expect(outcome.status == .success)
  }

  @Test func aFileIsNeverReplaced() throws {
    try bench.put("eyes.cnpbook", "mine")
    let failure = #expect(throws: BookFileError.self) { try BookTemplate.empty.write(as: bench.path("eyes.cnpbook")) }
    #expect(failure?.code == "file-exists")
    #expect(bench.text("eyes.cnpbook") == "mine")
    #expect(throws: BookFileError.self) { try BookTemplate.empty.write(as: bench.path("missing/eyes")) }
  }

  @Test func aTitleWithMarksIsStillYAML() throws {
    let path = try BookTemplate.empty.write(as: bench.path("what's: \"this\""))
    #expect(BookRunner(path: path).check().mistakes.isEmpty)
  }

  @Test func paramsInColumns() throws {
    let front = """
      params:
        epochs: {type: int, default: 5, min: 1, max: 500, help: passes over the images}
        rate: {type: number, default: 2e-4, min: 0}
        norm: {type: choice, choices: [batch, none], default: batch}
        data: {type: path, help: "your images, in a folder"}

      """
    let path = try bench.put("book.cnpbook", book(cell("print nothing-there"), frontMatter: front))
    let list = try ParameterList(path: path)
    let expected = """
      epochs  int from 1 to 500      default 5      passes over the images
      rate    number of at least 0   default 2e-4
      norm    choice of batch, none  default batch
      data    path                   required       your images, in a folder
      """
    #expect(list.text == expected)
    #expect(list.json.contains("\"default\": 5,") && list.json.contains("\"max\": 500.0"))
    #expect(list.json.contains("\"default\": null") && list.json.contains("\"batch\","))
    #expect(try ParameterList(path: bench.put("a.cnp", "print 1")).text == "no params")
    #expect(try ParameterList(path: bench.put("b.cnpbook", book(""))).json == "[]")
    let mistakes = #expect(throws: BookMistakes.self) {
      try ParameterList(path: bench.put("c.cnpbook", book("", frontMatter: "params:\n  n: {type: integer}\n")))
    }
    #expect(mistakes?.diagnostics.map(\.code) == ["parameter-type-unknown"])
  }
}
