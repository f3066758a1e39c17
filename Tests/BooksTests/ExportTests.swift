import Base
import Books
import Foundation
import Language
import Testing

/// The record of a run in other forms.
@Suite struct ExportTests {
  /// Random numbers in several cells, params of each type, and everything that a cell can put out.
  private static let everything = book(
    """
    # A *title* | more

    Prose with $x_1$, ![a picture](dot.png) and `code`.

    """
      + cell(
        "#| label: draw\n#| caption: \"Two * stars\"\nprint (phantom images size: 64)[0].image | mean\nshow ramp"
      )
      + "Between | two cells.\n#| label: none\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
      + cell("eyes = phantom 3 size: 64\nprint mean eyes[2].image, word, flag, rate, path")
      + cell("#| streams: draw\nprint mean (phantom images size: 64)[0].image")
      + cell("#| label: other\n#| seed: 18446744073709551615\nprint mean (phantom 1 size: 64)[0].image\n# the end")
      + cell("tiny-table\nscores") + cell("#| error: disk-full\nrefuse \"disk-full\"")
      + cell("#| skip: needs a camera\nprint 1") + cell("#| echo: false\nprint \"<b>&amp;\""),
    frontMatter: """
      title: "A title: 'x' _y_"
      authors: ["B. & C."]
      seed: 42
      params:
        images: {type: int, default: 2}
        rate: {type: number, default: 1.0e-7}
        flag: {type: bool, default: false}
        word: {type: text, default: "it's {a} \\"word\\""}
        path: {type: path, default: some/where}

      """)

  private static let dot: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]

  private func run(_ bench: Workbench, _ text: String = everything, given: [String] = []) throws -> Replay {
    try putFile(Self.dot, at: bench.path("dot.png"))
    let outcome = try bench.run(text, given: given)
    #expect(outcome.mistakes.map { render($0) } == [])
    return try #require(outcome.replay)
  }

  private func text(_ replay: Replay, _ format: ExportFormat, _ bench: Workbench) throws -> String {
    let files = try Export(replay, bookFolder: bench.folder).files(format, named: "book")
    return String(decoding: try #require(files.first).bytes, as: UTF8.self)
  }

  @Test func pagesAreThoseOfTheRun() throws {
    let bench = Workbench()
    let replay = try run(bench)
    #expect(try text(replay, .html, bench) == bench.text("book.out/report.html"))
    let files = try Export(replay, bookFolder: bench.folder).files(.markdown, named: "my book")
    #expect(files.map(\.path) == ["", "my book_files/draw-1.png"])
    #expect(files[1].bytes == (try fileBytes(bench.path("book.out/draw-1.png"), limit: 1 << 20)))
    let markdown = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(markdown.contains("![Two \\* stars](<my book_files/draw-1.png>)"))
    #expect(
      markdown.replacing("<my book_files/draw-1.png>", with: "draw-1.png") == bench.text("book.out/report.md"))
  }

  @Test func drawingsTakeTurnsInANotebook() throws {
    let bench = Workbench()
    let replay = try #require(try bench.run(book(cell("#| label: both\nshow blink"))).replay)
    let notebook = try text(replay, .notebook, bench)
    #expect(notebook.contains("\"alt\": \"Two pictures take turns: <blinking>\""))
    #expect(notebook.contains(base64(try fileBytes(bench.path("book.out/both-1.png"), limit: 1 << 20))))
  }

  @Test func filesAreReplacedWhereThatIsWished() throws {
    let bench = Workbench()
    let export = try Export(run(bench), bookFolder: bench.folder)
    try export.write(.markdown, to: bench.path("new/my report.md"), isReplacing: false)
    #expect(bench.tree("new") == ["my report.md", "my report_files/draw-1.png"])
    #expect(bench.text("new/my report.md").contains("](<my report_files/draw-1.png>)"))
    try bench.put("new/my report.md", "precious")
    let error = #expect(throws: BookFileError.self) {
      try export.write(.markdown, to: bench.path("new/my report.md"), isReplacing: false)
    }
    #expect(error?.code == "export-file-taken")
    #expect(bench.text("new/my report.md") == "precious")
    try export.write(.script, to: bench.path("new/my report.md"), isReplacing: true)
    #expect(bench.text("new/my report.md").contains("#| label: draw"))
    #expect(throws: BookFileError.self) { try export.write(.html, to: bench.path("dot.png/x.html"), isReplacing: true) }
    #expect(ExportFormat.allCases.map(\.fileExtension) == ["html", "md", "ipynb", "cnp", "pdf"])
  }

  // MARK: The record

  private static let kept = book(
    cell("#| label: draw\neyes = phantom images size: 64\nprint mean eyes[0].image\nshow (sheet eyes)")
      + cell("#| label: write\nkeep \"note.txt\" \"kept\"") + cell("#| label: read\nprint recall \"note.txt\"")
      + cell("#| error: disk-full\nrefuse \"disk-full\"") + cell("#| skip: needs a camera\nprint 1"),
    frontMatter: "params:\n  images: {type: int, default: 2}\n")

  private func runner(_ bench: Workbench, _ text: String, given: [String] = []) throws -> BookRunner {
    BookRunner(
      path: try bench.put("book.cnpbook", text), parameters: try given.map { try ParameterValues.Given(argument: $0) },
      registry: fakeRegistry, cacheLimit: 1 << 30)
  }

  @Test func theRecordIsWhatTheRunHasKept() throws {
    let bench = Workbench()
    let outcome = try runner(bench, Self.kept).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    let files = bench.tree("")
    let records = try runner(bench, Self.kept + "A word more.\n").stored().replay.records
    #expect(records.map(\.textOnRecord) == outcome.replay?.records.map(\.textOnRecord))
    #expect(records.map(\.isCached) == [true, true, true, true, false])
    #expect(bench.tree("") == files, "nothing is left behind")
  }

  @Test func whatHasNotRunIsNotExported() throws {
    let bench = Workbench()
    func missing(_ text: String, given: [String] = []) throws -> String {
      do {
        _ = try Export(try runner(bench, text, given: given).stored())
        return ""
      } catch let refused as RefusedBook {
        return refused.mistakes.map { "\($0.code): \($0.message)" }.joined(separator: "\n")
      }
    }
    #expect(try missing(Self.kept).hasPrefix("not-stored: the cell `draw` would have to run"))
    #expect(bench.tree("") == ["book.cnpbook"])
    _ = try runner(bench, Self.kept).run()
    #expect(try missing(Self.kept) == "")
    #expect(try missing(Self.kept, given: ["images=3"]).hasPrefix("not-stored: the cell `draw`"))
    #expect(
      try missing(Self.kept.replacing("print recall", with: "print 1, recall")).hasPrefix("not-stored: the cell `read`")
    )
    #expect(try missing(Self.kept.replacing("keep \"note", with: "keep (\"note")).hasPrefix("unclosed"))
    let failing = Self.kept + cell("#| label: last\nrefuse \"disk-full\"")
    #expect(try runner(bench, failing).run().status == .failed)
    #expect(try missing(failing).hasPrefix("not-stored: the cell `last`"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)))
  func theProgramExports() throws {
    let bench = Workbench()
    try bench.put("book.cnpbook", book(cell("print 6 * 7")))
    func cnp(_ arguments: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: KilledRunTests.program)
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: bench.folder)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    #expect(try cnp("export", "book.cnpbook", "--md") == 2)
    #expect(try cnp("run", "book.cnpbook") == 0)
    #expect(try cnp("export", "book.cnpbook", "--md") == 0)
    #expect(bench.text("book.md").contains("```out\n42\n```"))
    #expect(try cnp("export", "book.cnpbook", "--md") == 3, "what is there stays")
    #expect(try cnp("export", "book.cnpbook", "--script", "-o", "new/again.cnp") == 0)
    #expect(try cnp("run", "new/again.cnp") == 0)
    #expect(bench.text("new/again.out/report.md").contains("```out\n42\n```"))
    #expect(try cnp("export", "book.cnpbook") == 64, "a form is asked for")
  }

  // MARK: Notebooks

  private func notebook(_ bench: Workbench) throws -> (text: String, root: [String: Any], cells: [[String: Any]]) {
    let text = try text(run(bench), .notebook, bench)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return (text, root, root["cells"] as? [[String: Any]] ?? [])
  }

  private func source(_ cell: [String: Any]) -> String { (cell["source"] as? [String] ?? []).joined() }

  @Test func aNotebookHasTheFormOfItsKind() throws {
    let (_, root, cells) = try notebook(Workbench())
    #expect(root["nbformat"] as? Int == 4 && root["nbformat_minor"] as? Int == 5)
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(ids.count == cells.count && Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: #/[a-zA-Z0-9\-_]{1,64}/#) != nil })
    for cell in cells {
      let isCode = cell["cell_type"] as? String == "code"
      #expect((cell["outputs"] != nil) == isCode && cell.keys.contains("execution_count") == isCode)
      #expect(cell["metadata"] is [String: Any] && cell["source"] is [String])
    }
  }

  @Test func aNotebookHasWhatTheRunPutOut() throws {
    let (_, _, cells) = try notebook(Workbench())
    #expect(source(cells[0]).hasPrefix("# A title: 'x' \\_y\\_\n\nB. & C."))
    let image = (cells[1]["attachments"] as? [String: [String: String]])?["image-0.png"]?["image/png"]
    #expect(image.flatMap { Data(base64Encoded: $0) } == Data(Self.dot))
    #expect(source(cells[1]).contains("![a picture](attachment:image-0.png)"))
    let code = cells.filter { $0["cell_type"] as? String == "code" }
    let outputs = code.map { $0["outputs"] as? [[String: Any]] ?? [] }
    #expect(outputs[0].map { $0["output_type"] as? String } == ["stream", "display_data", "display_data"])
    let figure = (outputs[0][1]["data"] as? [String: Any])?["image/png"] as? String
    #expect(figure.flatMap { Data(base64Encoded: $0) }?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    #expect(source(code[0]).hasPrefix("#| label: draw\n#| caption"))
    let table = (outputs[4][0]["data"] as? [String: Any])?["text/html"] as? [String] ?? []
    #expect(table.joined().contains("<caption>Two &lt;rows&gt;</caption>"))
    #expect(table.joined().contains("<td style=\"text-align: right\">0.50</td>"))
    #expect(outputs[5][0]["ename"] as? String == "disk-full")
    #expect(code[6]["execution_count"] is NSNull)
    #expect((code[7]["metadata"] as? [String: Any])?["jupyter"] != nil)
    #expect((outputs[7][0]["text"] as? [String]) == ["<b>&amp;\n"])
  }

  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/root/.pyenv/shims/python3"].first {
    (try? python($0, "import nbformat")) == 0
  }

  private static func python(_ program: String, _ code: String, _ arguments: [String] = []) throws -> Int32 {
    guard FileManager.default.isExecutableFile(atPath: program) else { return -1 }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["-c", code] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(.enabled(if: python != nil, "needs Python's nbformat")) func nbformatFindsANotebookValid() throws {
    let bench = Workbench()
    try bench.put("book.ipynb", try notebook(bench).text)
    let code = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))"
    #expect(try Self.python(#require(Self.python), code, [bench.path("book.ipynb")]) == 0)
  }

  // MARK: Scripts

  @Test(arguments: [[], ["images=3", "rate=12.5", "flag=true", "word=a 'b' \"c\" {d}"]])
  func aScriptRunsToTheSameNumbers(given: [String]) throws {
    let bench = Workbench()
    let replay = try run(bench, given: given)
    let script = try text(replay, .script, bench)
    let outcome = BookRunner(path: try bench.put("script.cnp", script), registry: fakeRegistry).run()
    #expect(outcome.mistakes.map { render($0) } == [])
    let again = try #require(outcome.replay).records
    #expect(again.map(\.cell.label) == ["params"] + replay.records.map(\.cell.label))
    #expect(again.dropFirst().map(\.textOnRecord) == replay.records.map(\.textOnRecord))
    #expect(again.dropFirst().map { $0.outputs.map(\.name) } == replay.records.map { $0.outputs.map(\.name) })
    // What was drawn in one cell is not what is drawn in another.
    #expect(Set([0, 3].map { replay.records[$0].textOnRecord }).count == 2)
    #expect(replay.records[0].textOnRecord == replay.records[2].textOnRecord)
    #expect(script.contains("# Between | two cells.\n# #| label: none\n"))
    // The record of a script gives a script of the same cells.
    let second = try text(#require(outcome.replay), .script, bench)
    let third = BookRunner(path: try bench.put("second.cnp", second), registry: fakeRegistry).run()
    #expect(third.replay?.records.map(\.textOnRecord) == again.map(\.textOnRecord))
  }

  @Test func aBookWithoutParamsHasNoCellForThem() throws {
    let bench = Workbench()
    let script = try text(run(bench, book(cell("params = 1\nprint params"))), .script, bench)
    #expect(script.contains("#| label: params\nparams = 1\n") && !script.contains("seed"))
    let withOne = book(cell("params = n\nprint params"), frontMatter: "params:\n  n: {type: int, default: 4}\n")
    #expect(try text(run(bench, withOne), .script, bench).contains("#| label: params-2\nn = 4\n"))
  }

  @Test func aScriptsCellsAreMistakenForNothingElse() throws {
    let bench = Workbench()
    func found(_ script: String) throws -> (labels: [String], codes: [String], outputs: [String]) {
      let outcome = BookRunner(path: try bench.put("s.cnp", script), registry: fakeRegistry).run()
      let records = outcome.replay?.records ?? []
      return (records.map(\.cell.label), outcome.mistakes.map(\.code), records.map(\.textOnRecord))
    }
    let plain = try found("#| nothing\n# label\nprint 1\n")
    #expect(plain.labels == ["script"] && plain.outputs == ["1"])
    let headed = try found("x = 2\n#| label: two\nprint x\n# between\n\n#| label: three\nprint x + 1\n")
    #expect(headed.labels == ["script", "two", "three"] && headed.outputs == ["", "2", "3"])
    let inText = try found("print 'a\n#| label: b\nc'\n")
    #expect(inText.labels == ["script"] && inText.outputs == ["a\n#| label: b\nc"])
    #expect(try found("#| label: a\nprint 1\n#| label: a\nprint 2\n").codes == ["duplicate-label"])
    #expect(try found("#| label: a\n#| lable: b\nprint 1\n").codes == ["unknown-option"])
    #expect(try found("#| label: \nprint 1\n").codes == ["option-value"])
  }

  // MARK: PDF

  @Test func aMissingBrowserIsSaid() throws {
    for (chosen, path) in [("/nowhere/browser" as String?, "/usr/bin"), (nil, "/nowhere:/dev/null"), (nil, "")] {
      let error = #expect(throws: BookFileError.self) { try HeadlessBrowser.found(chosen: chosen, path: path) }
      #expect(error?.code == "browser-missing")
    }
    let bench = Workbench()
    let program = try bench.put("browser", "#!/bin/sh\necho broken >&2\nexit 3\n")
    #expect(chmod(program, 0o755) == 0)
    let error = #expect(throws: BookFileError.self) {
      try HeadlessBrowser.found(chosen: program).pdf(ofPage: "<p>page</p>")
    }
    #expect(error?.code == "pdf-not-made")
    #expect(error?.message.contains("it ended with 3: broken") == true)
  }
}
