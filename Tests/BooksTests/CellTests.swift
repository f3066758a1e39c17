import Books
import Language
import Testing

@Suite struct CellTests {
  private func labels(_ body: String) throws -> [String] {
    let (book, mistakes) = BookReader.read(BookText(book(body), name: "b"), registry: fakeRegistry)
    #expect(mistakes.map { render($0) } == [])
    return book.cells.map(\.label)
  }

  @Test func labelsComeFromNamesAndStayUnique() throws {
    let found = try labels(
      cell("net = 1") + cell("net = 2") + cell("#| label: net-2\nx = 1") + cell("a, b = [1, 2]") + cell("print 1")
        + cell("# said again\nprint  1"))
    // The written label comes first, so the second `net` moves on to 3; comments don't count in a digest.
    #expect(found.prefix(4) == ["net", "net-3", "net-2", "a"])
    #expect(found[4].hasPrefix("cell-"))
    #expect(found[5] == found[4] + "-2")
  }

  @Test func optionsAreRead() throws {
    let text = book(
      cell(
        """
        #| label: train
        #| verify: number rtol=1e-3
        #| cache: No
        #| timeout: 5 min
        #| echo: false
        #| caption: "Loss: by epoch"
        x = 1
        """))
    let (book, mistakes) = BookReader.read(BookText(text, name: "b"), registry: fakeRegistry)
    #expect(mistakes.isEmpty)
    let cell = try #require(book.cells.first)
    #expect(cell.options.timeout == 300)
    #expect(cell.options.caption == "Loss: by epoch")
    #expect(!cell.options.echo && !cell.options.cache)
    #expect(cell.code == "x = 1")
  }

  @Test func seedAndStreamsAreThoseOfAnotherCell() throws {
    let bench = Workbench()
    let draw = "print sum (phantom 1 size: 64)[0].image"
    let first = try bench.run(book(cell("#| label: a\n" + draw), frontMatter: "seed: 7\n"))
    let again = try bench.run(
      book(
        cell("#| label: b\n#| seed: 7\n#| streams: a\n" + draw) + cell("#| label: c\n#| seed: 7\n" + draw)
          + cell("#| label: d\n" + draw) + cell("#| label: a\n" + draw), frontMatter: "seed: 3\n"))
    let drawn = try #require(first.replay?.records.first?.textOnRecord)
    let found = try #require(again.replay).records.map(\.textOnRecord)
    #expect(found[0] == drawn)
    #expect(Set(found).count == 4)
    #expect(bench.text("book.out/run.json").contains("\"streams\": \"a\""))
  }

  @Test(arguments: [
    ("#| seed: -1", "option-value"), ("#| streams: a/b", "option-value"), ("#| lable: x", "unknown-option"),
    ("#| echo: maybe", "option-value"), ("#| label: a/b", "option-value"),
    ("#| label: ../x", "option-value"), ("#| timeout: -3", "option-value"), ("#| caption", "option-syntax"),
    ("#| echo: true\n#| echo: true", "option-repeated"), ("#| verify: closely", "option-value"),
  ])
  func badOptionsAreMistakes(_ options: String, _ code: String) throws {
    #expect(try Workbench().check(book(cell(options + "\nprint 1"))).codes == [code])
  }

  @Test func diagnosticsPointIntoTheBook() throws {
    let text = book("Some prose.\n\n" + cell("#| label: a\nx = 1\ny = x + + 2") + cell("print nowhere"))
    let mistakes = try Workbench().check(text).mistakes
    #expect(mistakes.map(\.line) == [10, 14])
    #expect(mistakes.last?.column == 7)
  }

  @Test(arguments: [
    ("```cnp\nx = 1\n", "fence-unclosed"), ("> ```cnp\n> x = 1\n> ```\n", "cell-nested"),
    ("- a\n\n  ```cnp\n  x = 1\n  ```\n", "cell-nested"), ("```cnp run\nx = 1\n```\n", "cell-info"),
    ("```{cnp}\nx = 1\n```\n", "cell-info"), ("```out\n1\n```\n", "out-without-cell"),
    ("```cnp\n#| label: a\n```\n\n~~~cnp\n#| label: a\n~~~\n", "duplicate-label"),
  ])
  func fencesAreStrict(_ body: String, _ code: String) throws {
    #expect(try Workbench().check(book(body)).codes == [code])
  }

  @Test func recordedTextIsKeptAside() throws {
    let text = book(cell("print 1") + "```out\n1\n```\n\nProse.\n")
    let (book, mistakes) = BookReader.read(BookText(text, name: "b"), registry: fakeRegistry)
    #expect(mistakes.isEmpty)
    #expect(book.cells[0].recordedText == "1\n")
    #expect(book.sections.count == 2)
  }

  @Test func cellsAreCheckedInSequence() throws {
    #expect(try Workbench().check(book(cell("a = 1") + cell("print a"))).codes == [])
    let late = try Workbench().check(book(cell("print a") + cell("a = 1"))).mistakes
    #expect(late.count == 1)
    // A skipped cell binds nothing.
    let skipped = book(cell("#| skip: too slow\na = 1") + cell("print a"))
    #expect(try Workbench().check(skipped).mistakes.count == 1)
  }
}
