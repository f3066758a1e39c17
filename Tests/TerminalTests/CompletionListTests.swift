import Language
import Terminal
import Testing
import Vocabulary

@Suite("Completion list")
struct CompletionListTests {
  private func list(from start: Int, _ texts: String...) -> CompletionList {
    CompletionList(start: start, items: texts.map { CompletionList.Item(text: $0, title: $0) })
  }

  @Test("What an editor replaces from further left gets the bytes between put before")
  func fromFurtherLeft() {
    let items = list(from: 4, "history").replacing(from: 0, in: "net.hi")
    #expect(items.map(\.text) == ["net.history"])
    #expect(items.map(\.title) == ["history"])
  }

  @Test("What an editor replaces from further right loses what is typed, and candidates that don't fit it")
  func fromFurtherRight() {
    let items = list(from: 6, "my data/a.png", "our scans/").replacing(from: 9, in: "load \"my d")
    #expect(items.map(\.text) == ["data/a.png"])
  }

  @Test("Nothing outside the line is read")
  func outside() {
    #expect(list(from: 9, "x").replacing(from: 2, in: "ab").isEmpty)
    #expect(list(from: 0, "x").replacing(from: 7, in: "ab").isEmpty)
  }

  @Test(
    "The common beginning is cut between characters",
    arguments: [
      ([], nil), (["abc"], "abc"), (["train-net", "train-gan"], "train-"), (["a", "b"], ""), (["é", "è"], ""),
      (["ab", "abc"], "ab"),
    ] as [([String], String?)])
  func commonPrefix(texts: [String], expected: String?) {
    #expect(longestCommonPrefix(of: texts) == expected)
  }

  @Test("Paths: folders end in a slash, spaces stay, hidden files wait for their dot")
  func paths() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("my data")
    try folder.write([1], to: "my data/eye 1.png")
    try folder.write([1], to: "my data/eye 2.png")
    try folder.write([1], to: "my data/.hidden")
    try folder.write([1], to: "mask.png")
    #expect(pathCompletions(of: "m", in: folder.path).map(\.text) == ["mask.png", "my data/"])
    #expect(pathCompletions(of: "my data/", in: folder.path).map(\.text) == ["my data/eye 1.png", "my data/eye 2.png"])
    #expect(pathCompletions(of: "my data/e", in: folder.path).map(\.title) == ["eye 1.png", "eye 2.png"])
    #expect(pathCompletions(of: "my data/.", in: folder.path).map(\.text) == ["my data/.hidden"])
    #expect(pathCompletions(of: folder.path + "/ma", in: "/").map(\.text) == [folder.path + "/mask.png"])
    #expect(pathCompletions(of: "absent/x", in: folder.path).isEmpty)
  }

  @Test("Inside of a text, a path is read and written by the rules of its quotes")
  func pathsInTexts() throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("a{1}")
    for name in ["a{1}/it's.png", "a{1}/\"b\".png", "a{1}/c\\}.png"] { try folder.write([1], to: name) }
    func texts(_ typed: String, _ quote: String) -> [String] {
      pathCompletions(of: typed, in: folder.path, as: .text(quote: quote)).map(\.text)
    }
    #expect(texts("a", "\"") == ["a{{1}}/"])
    #expect(texts("a{{", "\"") == ["a{{1}}/"])
    #expect(
      texts("a{{1}/", "\"") == ["a{{1}/\\\"b\\\".png", "a{{1}/c\\\\}}.png", "a{{1}/it's.png"])
    #expect(texts("a{{1}}/\\\"", "\"") == ["a{{1}}/\\\"b\\\".png"])
    #expect(texts("a{1}/i", "\"").isEmpty, "a value decides")
    #expect(texts("a{1}/", "'") == ["a{1}/\"b\".png", "a{1}/c\\}.png"], "an apostrophe cannot stand in this text")
    #expect(texts("a{{", "'").isEmpty)
    let line = "e = load \"a{{1}/i"
    let found = promptCompletions(
      line: line, offset: line.utf8.count, before: "", session: Session(registry: standardRegistry()),
      folder: folder.path)
    #expect(found.items.map { $0.text + $0.end } == ["a{{1}/it's.png\""])
  }

  @Test("Few candidates are listed with their help, many in columns that fit")
  func listings() {
    let few = [
      CompletionList.Item(text: "unet", title: "unet", help: "a generator"),
      CompletionList.Item(text: "uniform", title: "uniform", help: "noise"),
    ]
    #expect(listing(of: few, columns: 80) == ["  unet     a generator", "  uniform  noise"])
    #expect(listing(of: few, columns: 12).allSatisfy { $0.count < 12 })
    let many = (0..<40).map { CompletionList.Item(text: "name\($0)", title: "name\($0)") }
    let rows = listing(of: many, columns: 30)
    #expect(rows.allSatisfy { $0.count <= 30 })
    #expect(rows.joined(separator: " ").split(separator: " ").count == 40)
    #expect(listing(of: [], columns: 80) == [])
  }
}

/// The words that a list takes, in quotes.
@Suite("Completion inside lists")
struct ListCompletionTests {
  private func list(_ line: String, then rest: String = "") -> CompletionList {
    promptCompletions(
      line: line + rest, offset: line.utf8.count, before: "", session: Session(registry: standardRegistry()),
      folder: "/")
  }

  @Test("Each element, with its closing quote where that is missing")
  func elements() {
    let found = list("c = compare e systems: [\"unet\", \"pix")
    #expect(found.items.map(\.text) == ["pixel-gan", "pixel-only-gan"] && found.items.first?.end == "\"")
    #expect(list("c = compare e systems: [\"pixel-g", then: "\"]").items.map(\.end) == [""])
    #expect(list("c = compare e systems: [\"x").items.isEmpty)
  }

  @Test("Inside the brackets it is said what the label asks for")
  func wanted() {
    #expect(list("compare e systems: [").wanted?.hasPrefix("systems: ") == true)
    #expect(list("compare e folds: 3 systems: [\"unet\"] ").wanted == nil)
  }
}

/// What completes a line that speaks to the prompt itself.
@Suite("Completion of prompt commands")
struct PromptCommandCompletionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func list(_ line: String, then rest: String = "") -> CompletionList {
    promptCompletions(
      line: line + rest, offset: line.utf8.count, before: "", session: Session(registry: standardRegistry()),
      folder: folder.path)
  }

  @Test("Words, with what they do; a space where something follows")
  func words() {
    #expect(list(":s").items.map(\.text) == [":save", ":solution", ":stop"])
    #expect(list(" :un").items.map(\.text) == [":undo"] && list(" :un").start == 1)
    #expect(list(":un").items.first?.end == "" && list(":loa").items.first?.end == " ")
    #expect(list(":").items.count == PromptCommand.all.count)
    #expect(Set(PromptCommand.all.map(\.name)).count == PromptCommand.all.count)
    #expect(list(":").items.allSatisfy { !$0.help.isEmpty })
  }

  @Test("Files where one is taken")
  func files() throws {
    folder.makeFolder("books")
    try folder.write([], to: "books/a b.cnpbook")
    #expect(list(":load bo").items.map(\.text) == ["books/"])
    #expect(list(":load books/a").items.map(\.text) == ["books/a b.cnpbook"])
    #expect(list(":load books/a").start == 6)
    #expect(list(":load \"books/a").items.map { $0.text + $0.end } == ["books/a b.cnpbook\""])
    #expect(list(":load \"books/a").start == 7)
    #expect(list(":load 'bo", then: "'").items.map { $0.text + $0.end } == ["books/"])
    #expect(list(":load 'books/a", then: "'").items.map(\.end) == [""])
    #expect(list(":undo bo").items.isEmpty)
  }
}
