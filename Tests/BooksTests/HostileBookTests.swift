import Books
import Language
import Testing

@Suite struct HostileBookTests {
  private func codes(_ bytes: [UInt8]) throws -> [String] {
    let bench = Workbench()
    try putFile(bytes, at: bench.path("book.cnpbook"))
    let outcome = BookRunner(path: bench.path("book.cnpbook"), registry: fakeRegistry).run()
    return outcome.mistakes.map(\.code)
  }

  @Test func bytesThatAreNoText() throws {
    let good = Array(book("Prose.\n").utf8)
    #expect(try codes(good + [0] + good) == ["book-nul-byte"])
    #expect(try codes(good + [0xC3, 0x28]) == ["book-not-utf8"])
    #expect(try codes([0xFF, 0xFE, 0x2D, 0x00]) == ["book-not-utf8"], "UTF-16 is named")
    #expect(try codes([]) == ["front-matter-missing"])
    #expect(try codes([0xEF, 0xBB, 0xBF] + good) == [])
    #expect(try codes(Array(book("Prose.\r\n").replacing("\n", with: "\r\n").utf8)) == [])
  }

  @Test func mistakeInBytesHasItsLine() {
    let error = #expect(throws: Diagnostic.self) { try BookText(bytes: Array("a\nb\nc".utf8) + [0x80], name: "b") }
    #expect(error?.line == 3)
  }

  @Test func hugeLinesAndFrontMatter() throws {
    let long = String(repeating: "a $x `b` ", count: 120_000)
    #expect(try codes(Array(book(long).utf8)) == [])
    let comment = "# " + String(repeating: "y", count: 1 << 20)
    #expect(try codes(Array(book(cell(comment)).utf8)) == [])
    let keys = (0..<20_000).map { "k\($0): 1\n" }.joined()
    #expect(try codes(Array(book("", frontMatter: keys).utf8)) == ["front-matter-too-large"])
    #expect(try codes([UInt8](repeating: 0x61, count: 17 << 20)) == ["file-too-large"])
  }

  @Test func markdownThatNestsWithoutEnd() throws {
    for text in [
      String(repeating: "> ", count: 5_000), String(repeating: "[", count: 20_000),
      String(repeating: "*a ", count: 20_000),
      String(repeating: "$$", count: 20_000) + "$", "$" + String(repeating: "{", count: 1_900) + "$",
      "$" + String(repeating: "x^", count: 900) + "$", String(repeating: "`", count: 9_999),
      "\u{E000}0\u{E001}\u{E000}7\u{E001}",
    ] {
      #expect(try codes(Array(book(text + "\n").utf8)) == [])
    }
  }

  @Test func foldersAndMissingFilesAreNoBooks() throws {
    let bench = Workbench()
    for (path, code) in [
      (bench.folder, "not-a-file"), (bench.path("none.cnpbook"), "file-missing"), ("/dev/zero", "not-a-file"),
    ] {
      let outcome = BookRunner(path: path, registry: fakeRegistry).check()
      #expect(outcome.mistakes.map(\.code) == [code])
      #expect(outcome.status == .refused)
    }
  }
}
