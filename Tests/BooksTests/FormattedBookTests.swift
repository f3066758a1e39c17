import Base
import Books
import Language
import Testing
import Vocabulary

/// Books in the usual form: cells are set, everything else says what it said.
@Suite struct FormattedBookTests {
  private let bench = Workbench()

  private func formatted(_ text: String, as name: String = "book.cnpbook") throws -> FormattedBook {
    try FormattedBook(path: bench.put(name, text))
  }

  @Test func cellsAndFences() throws {
    let written = """
      ---
      cnpbook: 1  \("")
      seed: 3
      ---
      # A title   \("")
      Prose with a break  \("")
      and more.
      ~~~cnp\u{20}\u{20}
      #|caption:  A sum
      #| label: sum

      x=1+2


      print x   # why
      ~~~


      ``` out
       3  \("")
      ```
      ```python
      y=1   \("")
      ```


      The end.


      """
    let usual = """
      ---
      cnpbook: 1
      seed: 3
      ---

      # A title
      Prose with a break  \("")
      and more.

      ~~~cnp
      #| label: sum
      #| caption: A sum
      x = 1 + 2

      print x  # why
      ~~~

      ```out
       3  \("")
      ```

      ```python
      y=1   \("")
      ```


      The end.

      """
    let book = try formatted(written)
    #expect(book.text == usual)
    #expect(try formatted(book.text).isChanged == false)
    #expect(book.diff.hasPrefix("--- ") && book.diff.contains("\n-x=1+2\n") && book.diff.contains("\n+x = 1 + 2\n"))
  }

  @Test func aCellThatIsThereToFailStaysAsItIs() throws {
    let text = book(
      "```cnp\n#| error: uneven-spacing\nx = 1\ny = x* 2\n```\n\n```cnp\n#| error: unknown-name\nprint  a\n```\n")
    let result = try formatted(text)
    #expect(result.text.contains("y = x* 2\n") && result.text.contains("\nprint a\n"))
  }

  @Test func mistakesAreToldAndNothingIsChanged() throws {
    let mistakes = #expect(throws: BookMistakes.self) { try formatted(book(cell("x = 1 +2") + cell("#| lable: x"))) }
    #expect(mistakes?.diagnostics.map(\.code) == ["ambiguous-sign", "unknown-option"])
    #expect(throws: BookMistakes.self) { try formatted("no front matter") }
    #expect(throws: BookMistakes.self) { try FormattedBook(path: bench.path("missing.cnpbook")) }
  }

  /// Where setting it would change what it does, that is said.
  @Test func aCommentThatWouldBecomeAnOption() throws {
    let mistakes = #expect(throws: BookMistakes.self) { try formatted(book(cell("\n#| echo: false\nprint 1"))) }
    #expect(mistakes?.diagnostics.map(\.code) == ["format-unsafe"])
  }

  @Test func scripts() throws {
    #expect(try formatted("\n\nx=1\n\n\n", as: "a.cnp").text == "x = 1\n")
    #expect(try formatted("\n", as: "b.cnp").text == "")
    #expect(try formatted("x=1\r\ny=2\r\n", as: "c.cnp").text == "x = 1\ny = 2\n")
  }

  static let shipped =
    ShippedBooksTests.files(in: "examples", ending: ".cnp")
    + ShippedBooksTests.files(in: "notebooks", ending: ".cnpbook")

  /// Every program keeps its digest, and the usual form is one.
  @Test(arguments: shipped) func whatIsShipped(path: String) throws {
    let registry = standardRegistry()
    let path = "\(ShippedBooksTests.root)/\(path)"
    let once = try FormattedBook(path: path)
    let name = path.hasSuffix(".cnp") ? "again.cnp" : "again.cnpbook"
    #expect(try formatted(once.text, as: name).isChanged == false)
    func cells(_ text: String) -> [Cell] {
      let text = BookText(text, name: name)
      let read =
        name.hasSuffix(".cnp")
        ? BookReader.read(script: text, registry: registry) : BookReader.read(text, registry: registry)
      return read.book.cells
    }
    let (before, after) = (cells(once.original), cells(once.text))
    #expect(before.map(\.program.digest) == after.map(\.program.digest))
    #expect(before.map(\.label) == after.map(\.label))
  }
}

/// A diff as `diff -u` writes it.
@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String { unifiedDiff(old, new, named: "a", "b") }

  @Test func hunks() {
    #expect(diff("x\n", "x\n") == "")
    #expect(diff("", "x\n") == "--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n")
    #expect(diff("x\n", "") == "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-x\n")
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacing("\n2\n", with: "\ntwo\n").replacing("\n19\n", with: "\n")
    let expected = """
      --- a
      +++ b
      @@ -1,5 +1,5 @@
       1
      -2
      +two
       3
       4
       5
      @@ -16,5 +16,4 @@
       16
       17
       18
      -19
       20

      """
    #expect(diff(old, new) == expected)
    #expect(
      diff("1\n2\n3\n4\n5\n6\n7\n8\n", "one\n2\n3\n4\n5\n6\n7\neight\n").components(separatedBy: "@@ -").count == 2)
  }

  @Test func aLineWithoutItsEnd() {
    #expect(diff("x", "x\n") == "--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n")
  }
}
