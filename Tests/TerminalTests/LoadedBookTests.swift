import Books
import Language
import Terminal
import Testing

/// Books and scripts that are loaded into a session, and what is saved of it afterwards.
@Suite("From book to session")
struct LoadedBookTests {
  let prompt: ScriptedSession

  init() throws { prompt = try ScriptedSession() }

  private func replay(_ name: String) throws -> [ReplayedCell] { try prompt.replay(name) }

  @Test("Inputs that follow a loaded session have streams and labels of their own")
  func afterLoading() throws {
    let made = try prompt.run([.text("a = phantom 1 size: 64"), .text("print sum a[0].image"), .text(":save one")])
    #expect(!made.errors.contains("error"))
    let outcome = try prompt.run([
      .text(":load one.cnpbook"), .text(":next all"), .text("b = phantom 1 size: 64"), .text("print sum b[0].image"),
      .text(":save \"two\""),
    ])
    let cells = try replay("two.cnpbook")
    #expect(cells.map(\.label) == ["in-1", "in-2", "in-3", "in-4"])
    #expect(cells[1].found != cells[3].found)
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
    #expect(!outcome.errors.contains("ran more than once"))
  }

  @Test("In a session that has begun, a book's cells keep their seed and their streams, and the session its own")
  func seedOfEachCell() throws {
    let book = """
      ---
      cnpbook: 1
      seed: 77
      ---
      ```cnp
      #| label: in-1
      #| caption: One eye

      eyes = phantom 1 size: 64
      print sum eyes[0].image
      ```
      """
    try prompt.folder.write(Array(book.utf8), to: "given.cnpbook")
    let lines = [
      "a = phantom 1 size: 64\nprint sum a[0].image", ":load given.cnpbook", ":next all",
      "b = phantom 1 size: 64\nprint sum b[0].image",
      ":load given.cnpbook", ":next all", "print 3", ":save mixed",
    ]
    let outcome = try prompt.run(lines.map(LineEvent.text))
    #expect(outcome.session.seed == 1)
    #expect(outcome.errors.contains("its cells run with the seed 77"))
    let cells = try replay("mixed.cnpbook")
    #expect(cells.map(\.label) == ["in-1", "in-2", "in-3", "in-4", "in-5"])
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
    #expect(Set(cells.prefix(3).map(\.found)).count == 3 && cells[3].found == cells[1].found)
    let text = try prompt.folder.read("mixed.cnpbook")
    #expect(text.contains("seed: 1\n---") && !text.contains("#| label: in-5\n#| "), "only what differs is said")
    #expect(text.contains("#| label: in-4\n#| caption: One eye\n#| seed: 77\n#| streams: in-1\neyes = phantom"))
    let own = BookRunner(
      path: prompt.folder.path + "/given.cnpbook", outputFolder: prompt.folder.path + "/given.out"
    ).run()
    #expect(own.replay?.records.first?.textOnRecord == cells[1].found)
    // What was saved can be loaded and saved again.
    _ = try prompt.run([.text(":load mixed.cnpbook"), .text(":next all"), .text(":save again")])
    #expect(try replay("again.cnpbook").map(\.found) == cells.map(\.found))
  }

  @Test("Of a loaded cell that was stopped or failed, whole statements are saved, whatever stands above them")
  func cutShort() throws {
    let book = """
      ---
      cnpbook: 1
      ---
      ```cnp
      #| label: stopped
      #| caption: A caption that is long enough to move everything behind it

      first = "née"
      print first
      second = interrupted
      ```
      """
    try prompt.folder.write(Array(book.utf8), to: "given.cnpbook")
    _ = try prompt.run([.text(":load given.cnpbook"), .text(":next all"), .text("print first"), .text(":save cut")])
    let text = try prompt.folder.read("cut.cnpbook")
    #expect(text.contains("behind it\nfirst = \"née\"\nprint first\nsecond = interrupted\n```\n"))
    let failing = book.replacing("second = interrupted", with: "third = (phantom 1 size: 64)[5]\nprint 5")
    try prompt.folder.write(Array(failing.utf8), to: "failing.cnpbook")
    let outcome = try prompt.run([
      .text(":load failing.cnpbook"), .text(":next all"), .text("print 4"), .text(":save part"),
    ])
    #expect(outcome.errors.contains("failing.cnpbook:10:"), "mistakes are placed in the book")
    #expect(
      try prompt.folder.read("part.cnpbook").contains(
        "behind it\nfirst = \"née\"\nprint first\n```\n\n```out\nnée\n```"))
  }

  @Test("A loaded book runs as its replay does: params, seed, labels")
  func load() throws {
    let book = """
      ---
      cnpbook: 1
      seed: 77
      params:
        size: {type: int, default: 64}
      ---
      ```cnp
      #| label: draw
      eyes = phantom 2 size: size
      print eyes[0].image
      ```

      ```cnp
      #| label: broken
      #| error: division-by-zero
      print 1 / 0
      ```

      ```cnp
      #| label: more
      print eyes.count
      ```
      """
    try prompt.folder.write(Array(book.utf8), to: "given.cnpbook")
    let outcome = try prompt.run([
      .text(":load given.cnpbook"), .text(":next all"), .text("print seen"), .text("print size"),
      .text(":load missing.cnpbook"),
      .text(":save loaded"),
    ])
    #expect(outcome.session.seed == 77)
    let undone = try prompt.run([
      .text("y = 1"), .text(":load given.cnpbook"), .text(":next all"), .text(":undo"), .text(":undo"), .text(":undo"),
    ])
    #expect(undone.session.seed == 1 && undone.session.bindings.names == ["y"])
    let replayed = BookRunner(
      path: prompt.folder.path + "/given.cnpbook", outputFolder: prompt.folder.path + "/given.out"
    ).run()
    let drawn = try #require(replayed.replay?.records.first?.textOnRecord)
    #expect(outcome.output.hasPrefix(drawn + "\n2\n64\n"))
    #expect(outcome.errors.contains("failed as expected: division-by-zero"))
    let cells = try replay("loaded.cnpbook")
    #expect(
      cells.map(\.label) == ["params", "draw", "broken", "more", "in-6"], "cells stay whole, with what they are for")
    #expect(
      try prompt.folder.read("loaded.cnpbook").contains("#| label: broken\n#| error: division-by-zero\nprint 1 / 0"))
    for cell in cells { #expect(cell.found == cell.recorded, "\(cell.label)") }
  }

  @Test("A script is loaded too; its mistakes are said, and what came before stays")
  func script() throws {
    try prompt.folder.write(Array("a = 1\nb = a +".utf8), to: "broken.cnp")
    try prompt.folder.write(Array("a = 4\nprint a".utf8), to: "good.cnp")
    let outcome = try prompt.run([.text("a = 3"), .text(":load broken.cnp"), .text(":load good.cnp"), .text("print a")])
    #expect(outcome.errors.contains("broken.cnp:2"))
    #expect(outcome.output == "4\n4\n")
  }

  @Test("The params of a book are given behind its name")
  func params() throws {
    let book = """
      ---
      cnpbook: 1
      params:
        where: {type: path}
        title: {type: text, default: none}
        n: {type: int, default: 1, max: 9}
      ---
      ```cnp
      print where, title, n
      ```
      """
    try prompt.folder.write(Array(book.utf8), to: "my book.CNPBOOK")
    let lines = [
      ":load my book.CNPBOOK where=/a title=\"two words\" n=3", ":next all",
      ":load \"my book.CNPBOOK\" where='/b c'", ":next all",
      ":load my book.CNPBOOK", ":load my book.CNPBOOK where=/a n=10", ":load where=/a", ":load",
    ]
    let outcome = try prompt.run(lines.map(LineEvent.text))
    #expect(outcome.output == "/a two words 3\n/b c none 1\n")
    #expect(outcome.errors.contains("give it by `:load my book.CNPBOOK where=…`"))
    #expect(outcome.errors.contains("'n' is at most 9, not 10") && outcome.errors.contains(":load:1:1"))
    #expect(outcome.errors.contains("where=/a: no such file") && outcome.errors.contains("missing-argument"))
  }
}
