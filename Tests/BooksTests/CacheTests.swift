import Base
import Books
import Foundation
import Imaging
import Language
import Testing

/// A cell runs again when something that it depends on has changed, and only then.
struct CacheTests {
  private let bench = Workbench()

  private static let cells = """
    ```cnp
    #| label: first
    a = 1 + 1
    ```

    ```cnp
    #| label: second
    b = a * 10
    print b
    ```

    ```cnp
    #| label: other
    c = 5
    show ramp caption: "a ramp"
    ```

    ```cnp
    #| label: last
    print b + c
    ```

    """

  private func ran(_ text: String, given: [String] = []) throws -> Set<String> {
    Set(try bench.cachedRun(text, given: given).filter(\.value).keys)
  }

  @Test func nothingRunsTwice() throws {
    #expect(try ran(book(Self.cells)) == ["first", "second", "other", "last"])
    let report = bench.text("book.out/report.md").components(separatedBy: "## This run")[0]
    let files = bench.tree("book.out")
    #expect(try ran(book(Self.cells)) == [])
    #expect(bench.text("book.out/report.md").components(separatedBy: "## This run")[0] == report)
    #expect(bench.tree("book.out") == files)
  }

  @Test func whatIsNoPartOfACellChangesNothing() throws {
    _ = try ran(book(Self.cells))
    let edited =
      "# A heading\n\nProse.\n\n"
      + Self.cells.replacing("a = 1 + 1", with: "# A comment.\na  =  (1 + 1)  # and more")
      .replacing("#| label: other", with: "#| label: other\n#| caption: another\n#| echo: false")
    let added = edited.replacing(
      "```cnp\n#| label: other", with: "```cnp\n#| label: new\nd = a\n```\n\n```cnp\n#| label: other")
    #expect(try ran(book(added)) == ["new"])
  }

  @Test func aChangeRunsWhatDependsOnIt() throws {
    _ = try ran(book(Self.cells))
    #expect(try ran(book(Self.cells.replacing("1 + 1", with: "1 + 2"))) == ["first", "second", "last"])
    // Another way to the same value: those who read it have nothing to do.
    #expect(try ran(book(Self.cells.replacing("1 + 1", with: "4 - 1"))) == ["first"])
    // And back: all of that is still there.
    #expect(try ran(book(Self.cells)) == [])
  }

  @Test func paramsCountForCellsThatReadThem() throws {
    let text = book(
      cell("#| label: one\nprint n") + cell("#| label: two\nprint 2"),
      frontMatter: "params:\n  n: {type: int, default: 1}\n  m: {type: int, default: 1}\n")
    #expect(try ran(text) == ["one", "two"])
    #expect(try ran(text, given: ["m=2"]) == [])
    #expect(try ran(text, given: ["n=2"]) == ["one"])
  }

  @Test func theSeedCountsForAll() throws {
    let text = cell("#| label: one\nprint (phantom 1 size: 64)[0].name")
    #expect(try ran(book(text, frontMatter: "seed: 1\n")) == ["one"])
    #expect(try ran(book(text, frontMatter: "seed: 2\n")) == ["one"])
    #expect(try ran(book(text, frontMatter: "seed: 1\n")) == [])
  }

  @Test func filesCountByTheirBytes() throws {
    try bench.put("a.txt", "one")
    try bench.put("b.txt", "two")
    let text = book(cell("#| label: a\nprint (recall \"a.txt\")") + cell("#| label: b\nprint (recall \"b.txt\")"))
    #expect(try ran(text) == ["a", "b"])
    try bench.put("a.txt", "one")
    #expect(try ran(text) == [])
    try bench.put("a.txt", "One")
    #expect(try ran(text) == ["a"])
    #expect(bench.text("book.out/report.md").contains("One"))
    try bench.put("a.txt", "one")
    #expect(try ran(text) == [])
    #expect(bench.text("book.out/report.md").contains("one"))
  }

  @Test func whetherAFileIsThereCounts() throws {
    let text = book(cell("#| label: a\nif exists \"x.txt\" { print \"there\" } else { print \"not there\" }"))
    #expect(try ran(text) == ["a"])
    #expect(try ran(text) == [])
    try bench.put("x.txt", "")
    #expect(try ran(text) == ["a"])
    #expect(bench.text("book.out/report.md").contains("\nthere"))
    try bench.put("y.txt", "")
    #expect(try ran(text) == [])
  }

  /// A folder of angiograms: one changed mask runs what learns from it, one image more runs the loading.
  @Test func foldersCountByTheirListing() throws {
    let runner = try bench.runner(book(cell("save (phantom 3 size: 64 seed: 1) \"eyes\"")))
    #expect(runner.run().status == .success)
    try FileManager.default.moveItem(atPath: bench.path("book.out/eyes"), toPath: bench.path("eyes"))
    let text = book(
      cell("#| label: load\neyes = load \"eyes/images\" masks: \"eyes/masks\"")
        + cell("#| label: first\nprint eyes[0].mask.area") + cell("#| label: names\nprint eyes.names"))
    #expect(try ran(text) == ["load", "first", "names"])
    #expect(try ran(text) == [])
    let mask = bench.path("eyes/masks/phantom-002.png")
    try FileManager.default.removeItem(atPath: mask)
    try FileManager.default.copyItem(atPath: bench.path("eyes/masks/phantom-001.png"), toPath: mask)
    #expect(try ran(text).contains("load"))
    #expect(try ran(text) == [])
    for kind in ["images", "masks"] {
      try FileManager.default.copyItem(
        atPath: bench.path("eyes/\(kind)/phantom-001.png"), toPath: bench.path("eyes/\(kind)/phantom-009.png"))
    }
    #expect(try ran(text).isSuperset(of: ["load", "names"]))
    try bench.put("eyes/images/notes.txt", "")
    #expect(try ran(text) == ["load"], "what is in the folder has changed, and not what was loaded")
  }

  /// What labelme has drawn beside an image counts, from when it is there.
  @Test(arguments: ["eyes", "eyes/list.csv"]) func drawingsCount(_ images: String) throws {
    try bench.folder("eyes")
    try bench.put("eyes/list.csv", "image\neye.png\n")
    try writePNG(Plane(width: 16, height: 16, filledWith: 0.5), to: bench.path("eyes/eye.png"))
    let text = book(cell("#| label: load\neyes = load \"\(images)\"\nprint eyes[0].fovea"))
    #expect(try ran(text) == ["load"])
    #expect(try ran(text) == [])
    for place in [3, 5] {
      try bench.put(
        "eyes/eye.json",
        "{\"shapes\": [{\"label\": \"fovea\", \"shape_type\": \"point\", \"points\": [[\(place).5, 2.5]]}]}")
      #expect(try ran(text) == ["load"])
      #expect(bench.text("book.out/report.md").contains("x: \(place)"))
      #expect(try ran(text) == [])
    }
  }

  @Test func writtenFilesComeBack() throws {
    let text = book(
      cell("#| label: write\nkeep \"deep/note.txt\" \"a note\"")
        + cell("#| label: read\nprint (recall \"deep/note.txt\")"))
    #expect(try ran(text) == ["write", "read"])
    #expect(try ran(text) == [])
    #expect(bench.text("book.out/deep/note.txt") == "a note")
    #expect(try ran(text.replacing("a note", with: "A note")) == ["write", "read"])
    #expect(bench.text("book.out/report.md").contains("A note"))
    // What it has written itself is no reason to run again.
    let own = book(cell("#| label: own\nkeep \"x.txt\" \"1\"\nprint (recall \"x.txt\")"))
    #expect(try ran(own) == ["own"])
    #expect(try ran(own) == [])
  }

  @Test func functionsCountByTheirTree() throws {
    let text = book(
      cell("#| label: k\nk = 2") + cell("#| label: f\ndef f x { x * k }") + cell("#| label: use\nprint f 21"))
    #expect(try ran(text) == ["k", "f", "use"])
    #expect(try ran(text.replacing("def f x { x * k }", with: "# Twice.\ndef f x {\n  x * k\n}")) == [])
    #expect(try ran(text.replacing("k = 2", with: "k = 3")) == ["k", "f", "use"])
  }

  /// A name that is bound in a block that did not run keeps the value it had.
  @Test func namesBoundInBlocks() throws {
    func text(_ value: Int, _ flag: Bool) -> String {
      book(
        cell("#| label: x\nx = \(value)") + cell("#| label: flag\nflag = \(flag)")
          + cell("#| label: maybe\nif flag { x = 100 }") + cell("#| label: use\nprint x"))
    }
    func printed() -> String {
      bench.text("book.out/report.md").components(separatedBy: "```out\n").last?.components(separatedBy: "\n")[0] ?? ""
    }
    for (value, flag) in [(1, false), (2, false), (1, true), (2, true), (2, false), (1, false)] {
      _ = try ran(text(value, flag))
      #expect(printed() == (flag ? "100" : "\(value)"))
    }
  }

  @Test func cellsThatAreThereToFail() throws {
    let text = book(
      cell("#| label: name\nalpha = 1") + cell("#| label: wrong\n#| error: unknown-name\nprint alpa")
        + cell("#| label: refuse\n#| error: some-code\nrefuse \"some-code\""))
    #expect(try ran(text) == ["name", "wrong", "refuse"])
    let report = bench.text("book.out/report.md").components(separatedBy: "## This run")[0]
    #expect(report.contains("did you mean"))
    #expect(try ran(text) == [])
    #expect(bench.text("book.out/report.md").components(separatedBy: "## This run")[0] == report)
    // What it suggests depends on the names that there are.
    #expect(try ran(text.replacing("alpha", with: "beta")).contains("wrong"))
  }

  @Test func aCellMayStayOutside() throws {
    let text = book(cell("#| label: a\n#| cache: false\nx = 1") + cell("#| label: b\nprint x"))
    #expect(try ran(text) == ["a", "b"])
    #expect(try ran(text) == ["a"])
  }

  @Test func aFailedRunGoesOnAtTheFailedCell() throws {
    let text = book(
      cell("#| label: a\nx = 1") + cell("#| label: b\nprint x") + cell("#| label: c\nrefuse \"not-now\""))
    let outcome = try bench.run(text, cacheLimit: 1 << 30)
    #expect(outcome.status == .failed)
    #expect(try ran(text.replacing("refuse \"not-now\"", with: "print x + 1")) == ["c"])
    #expect(bench.text("book.out/report.md").contains("\n2\n"))
  }

  @Test func damageIsSeenAndMended() throws {
    let text = book(
      cell("#| label: eyes\neyes = phantom 2 size: 64") + cell("#| label: use\nprint eyes[0].mask.area")
        + cell("#| label: more\nprint eyes[1].mask.area"))
    #expect(try ran(text).count == 3)
    let report = bench.text("book.out/report.md").components(separatedBy: "## This run")[0]
    let all = bench.tree(".cnp/cache").filter { $0.hasPrefix("values/") || $0.hasPrefix("cells/") }
    #expect(all.count > 5)
    for (round, name) in all.enumerated() {
      let path = bench.path(".cnp/cache/\(name)")
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let bytes = try readFile(path)
      switch round % 3 {
      case 0: try writeFile([], to: path)
      case 1: try writeFile(Array(bytes.dropLast(1)), to: path)
      default:
        try writeFile(
          bytes.prefix(bytes.count / 2) + [bytes[bytes.count / 2] ^ 1] + bytes.dropFirst(bytes.count / 2 + 1), to: path)
      }
      // Another cell, so that the values are read.
      _ = try bench.cachedRun(text + cell("#| label: round-\(round)\nprint eyes.names, \(round)"))
      #expect(
        bench.text("book.out/report.md").components(separatedBy: "```cnp\nprint eyes.names")[0].hasPrefix(
          String(report.prefix(200))))
    }
    _ = try bench.cachedRun(text)
    #expect(try ran(text) == [], "what was damaged is mended")
    #expect(bench.text("book.out/report.md").components(separatedBy: "## This run")[0] == report)
  }

  @Test func twoRunsAtOnce() async throws {
    let text = book(
      (0..<6).map { cell("#| label: c\($0)\nx\($0) = phantom 1 size: 64\nprint x\($0)[0].mask.area") }.joined())
    let path = try bench.put("book.cnpbook", text)
    let outcomes = await withTaskGroup(of: ExitStatus.self) { group in
      for index in 0..<4 {
        group.addTask {
          BookRunner(path: path, outputFolder: path + "-\(index).out", registry: fakeRegistry, cacheLimit: 1 << 30)
            .run()
            .status
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: .success, count: 4))
    let reports = (0..<4).map {
      bench.text("book.cnpbook-\($0).out/report.md").components(separatedBy: "## This run")[0]
    }
    #expect(Set(reports).count == 1)
    #expect(try ran(text) == [])
  }

  @Test func roomIsMadeForWhatIsOfUse() throws {
    func text(_ count: Int) -> String { book(cell("#| label: a\nx = phantom \(count) size: 64")) }
    for count in 1...4 { _ = try bench.run(text(count), cacheLimit: 150_000) }
    #expect(CacheFolder(in: bench.folder).size.bytes < 200_000)
    #expect(try ran(text(4)) == [], "what was of use last stays")
    #expect(try ran(text(1)) == ["a"])
    try CacheFolder(in: bench.folder).clear()
    #expect(CacheFolder(in: bench.folder).size.bytes == 0)
    #expect(try ran(text(4)) == ["a"])
  }

  @Test func reasonsAreTold() throws {
    _ = try ran(book(Self.cells))
    func why(_ label: String) -> String {
      CacheReasons(CacheFolder(in: bench.folder), book: "book.cnpbook").sentence(of: label) ?? ""
    }
    #expect(why("first").contains("had not run before"))
    _ = try ran(book(Self.cells.replacing("1 + 1", with: "1 + 2")))
    #expect(why("first").contains("code has changed"))
    #expect(why("second").contains("a has another value"))
    #expect(why("other").contains("came from the cache"))
    try bench.put("a.txt", "one")
    let reading = book(cell("#| label: r\nprint (recall \"a.txt\")"))
    _ = try ran(reading)
    try bench.put("a.txt", "two")
    _ = try ran(reading)
    #expect(why("r").contains("a.txt has changed"))
  }

  /// A book that is moved with what lies beside it looks there, and not where it was.
  @Test func aCopiedBookReadsItsOwnFiles() throws {
    for folder in ["here/data", "here/books"] {
      try FileManager.default.createDirectory(atPath: bench.path(folder), withIntermediateDirectories: true)
    }
    try bench.put("here/data/x.txt", "here")
    let text = book(cell("#| label: a\nprint (recall \"../data/x.txt\")"))
    func run(_ folder: String) throws -> String {
      let path = try bench.put("\(folder)/books/b.cnpbook", text)
      #expect(BookRunner(path: path, registry: fakeRegistry, cacheLimit: 1 << 30).run().status == .success)
      return bench.text("\(folder)/books/b.out/report.md")
    }
    #expect(try run("here").contains("here"))
    try FileManager.default.copyItem(atPath: bench.path("here"), toPath: bench.path("there"))
    try bench.put("there/data/x.txt", "there")
    #expect(try run("there").contains("there"))
    #expect(bench.text("there/books/b.out/run.json").contains("\"../data/x.txt\""))
  }

  /// A folder that is listed holds what runs themselves put there.
  @Test func theBooksOwnFolderMayBeListed() throws {
    let made = try bench.runner(book(cell("save (phantom 2 size: 64 seed: 1) \"eyes\"")))
    #expect(made.run().status == .success)
    for name in ["phantom-001.png", "phantom-002.png"] {
      try FileManager.default.moveItem(
        atPath: bench.path("book.out/eyes/images/\(name)"), toPath: bench.path(name))
    }
    try FileManager.default.removeItem(atPath: bench.path("book.out"))
    let text = book(cell("#| label: load\neyes = load \".\"\nprint eyes.names"))
    #expect(try ran(text) == ["load"])
    #expect(try ran(text) == [])
  }

  @Test func filesOfAnyTime() throws {
    try bench.put("x.txt", "late")
    let attributes: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSince1970: 10_500_000_000)]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: bench.path("x.txt"))
    #expect(try ran(book(cell("#| label: a\nprint (recall \"x.txt\")"))) == ["a"])
  }

  /// Random edits: with the cache a book gives what it gives without, and random numbers are undisturbed.
  @Test(arguments: 0..<6) func randomEdits(_ round: Int) throws {
    var generator = SplitMix(state: UInt64(round) + 1)
    var lines = ["x0 = 1", "x1 = x0 + 1", "p = phantom 1 size: 64", "print p[0].mask.area", "print x1"]
    for _ in 0..<12 {
      let place = Int.random(in: 0..<lines.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0:
        lines.insert(
          "y\(Int.random(in: 0..<3, using: &generator)) = \(Int.random(in: 0..<9, using: &generator))", at: place)
      case 1: lines.insert("print [x0, x1]", at: lines.count)
      case 2: lines[0] = "x0 = \(Int.random(in: 1...3, using: &generator))"
      case 3: lines.insert("# a comment\nprint x0, (phantom 1 size: 64)[0].mask.area", at: lines.count)
      default: if lines.count > 5, place >= 3 { lines.remove(at: place) }
      }
      let text = book(lines.map(cell).joined())
      let cached = try bench.run(text, cacheLimit: 1 << 30).replay?.records.map(\.textOnRecord)
      let fresh = try Workbench().run(text).replay?.records.map(\.textOnRecord)
      #expect(cached == fresh)
      #expect(try ran(text) == [], "the same book has nothing to run")
    }
  }

}
