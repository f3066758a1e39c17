import Books
import Foundation
import Language
import Testing

/// What a file is read as, whatever wrote it.
@Suite struct ProgramFileTests {
  private let script = "print 6 * 7\n"

  @Test(arguments: [
    ("b.cnpbook", true), ("B.CNPBOOK", true), ("b.CnpBook", true), ("notes.md", true), ("notes", true),
    ("s.cnp", false),
    ("S.CNP", false), ("s.txt", false), ("s", false),
  ])
  func bookOrScript(_ name: String, _ isBook: Bool) throws {
    let bench = Workbench()
    let path = try bench.put(name, isBook ? book(cell(script)) : script)
    let outcome = BookRunner(path: path, registry: fakeRegistry).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    let label = try #require(outcome.replay?.records.first?.cell.label)
    #expect((label != "script") == isBook)
    let stem = name.split(separator: ".")[0]
    let expected =
      ["cnpbook", "cnp"].contains(name.lowercased().split(separator: ".").last.map(String.init)) ? stem : name[...]
    #expect(bench.names("").sorted() == [name, expected + ".out"].sorted())
  }

  @Test(arguments: [
    (String.Encoding.utf16, "UTF-16"), (.utf16LittleEndian, "UTF-16"), (.utf16BigEndian, "UTF-16"), (.utf32, "UTF-32"),
    (.windowsCP1252, "in Latin-1 (Windows-1252) the next letter is ö"),
  ])
  func otherEncodingsAreNamed(_ encoding: String.Encoding, _ words: String) throws {
    let bench = Workbench()
    let bytes = try #require(book("Größe\n\n" + cell(script)).data(using: encoding))
    try putFile(Array(bytes), at: bench.path("b.cnpbook"))
    let mistakes = BookRunner(path: bench.path("b.cnpbook"), registry: fakeRegistry).check().mistakes
    #expect(mistakes.map(\.code) == ["book-not-utf8"])
    let mistake = try #require(mistakes.first)
    #expect((mistake.message + (mistake.hint ?? "")).contains(words))
  }

  @Test(arguments: ["n.ipynb", "n.cnpbook", "n.cnp", "n.json"])
  func aNotebookOfJupytersIsNamed(_ name: String) throws {
    let bench = Workbench()
    let path = try bench.put(name, "{\n \"cells\": [],\n \"metadata\": {},\n \"nbformat\": 4\n}\n")
    for mistakes in [BookRunner(path: path).check().mistakes, BookRunner(path: path).run().mistakes] {
      #expect(mistakes.map(\.code) == ["jupyter-notebook"])
      #expect(mistakes.first?.hint?.contains("`.cnpbook` books and `.cnp` scripts") == true)
    }
  }

  @Test(arguments: ["README.md", "notes.Markdown"])
  func aMarkdownFileNeedsAFrontMatter(_ name: String) throws {
    let bench = Workbench()
    let path = try bench.put(name, "# Notes\n\nSome words, and a list:\n\n- one\n")
    let mistakes = BookRunner(path: path, registry: fakeRegistry).check().mistakes
    #expect(mistakes.map(\.code) == ["front-matter-missing"])
    #expect(mistakes.first?.message == "a Markdown file is a book only with a front matter")
    #expect(mistakes.first?.hint?.contains("`---`, `cnpbook: 1`, `---`") == true)
  }

  @Test(arguments: ["", "\n \n", "# a comment\n"])
  func aScriptWithoutAStatementIsWarnedOf(_ text: String) throws {
    let bench = Workbench()
    let path = try bench.put("s.cnp", text)
    let outcome = BookRunner(path: path, registry: fakeRegistry).check()
    #expect(outcome.diagnostics.map(\.code) == ["nothing-to-run"] && outcome.status == .success)
    var warned: [String] = []
    #expect(BookRunner(path: path, registry: fakeRegistry).run { warned += $0.map(\.code) }.status == .success)
    #expect(warned == ["nothing-to-run"])
  }

  @Test func aStreamIsReadUnderItsName() throws {
    let mistake = BookRunner(path: "/dev/zero", registry: fakeRegistry).check().mistakes.first
    #expect(mistake?.code == "not-a-file")
    #expect(mistake?.hint?.contains("`-`") == true)
  }
}
