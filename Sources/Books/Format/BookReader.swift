import Base
import Language

/// Reads the text of a book: front matter, then Markdown, then the program of each cell.
public struct BookReader {
  private let text: BookText
  private let registry: Registry
  private var mistakes: [Diagnostic] = []
  private var sections: [Book.Section] = []
  private var otherFences: [(language: String, line: Int)] = []
  private var labels = CellLabels()
  private var anchors = CellLabels()

  /// Reads a book; mistakes come in the order of the source.
  ///
  /// - Parameter registry: the commands and types that its cells may use.
  public static func read(_ text: BookText, registry: Registry) -> (book: Book, mistakes: [Diagnostic]) {
    var reader = BookReader(text: text, registry: registry)
    let book = reader.read()
    return (book, reader.mistakes)
  }

  private init(text: BookText, registry: Registry) {
    self.text = text
    self.registry = registry
  }

  private mutating func read() -> Book {
    var frontMatter = FrontMatter()
    var bodyLine = 1
    if let (start, end) = frontMatterPlace() {
      if end > start + 1 {
        frontMatter = FrontMatter(reading: (start + 1)...(end - 1), of: text, mistakes: &mistakes)
      } else {
        mistakes.append(
          text.mistake(
            "front-matter-missing-key", "the front matter has no 'cnpbook: 1'", hint: "add the line `cnpbook: 1`",
            line: start))
      }
      bodyLine = end + 1
    } else {
      frontMatter.isWhole = false
    }
    let body = text.lines(bodyLine, through: text.lineCount)
    readBlocks(MarkdownBlock.blocks(of: body, firstLine: bodyLine), from: bodyLine)
    return Book(text: text, frontMatter: frontMatter, sections: sections, otherFences: otherFences)
  }

  /// The lines of the opening `---` and of the closing one, which may be YAML's `...`; `nil` when the book has no readable
  /// front matter.
  private mutating func frontMatterPlace() -> (start: Int, end: Int)? {
    let start = text.firstWrittenLine ?? 1
    let opening = trimmed(text.line(start))
    guard opening == "---" else {
      // Editors make one dash of several.
      let isDashes = !opening.isEmpty && opening.allSatisfy { "-–—−".contains($0) }
      let isMarkdown = ProgramFile.markdownEndings.contains(fileExtension(of: text.source.name))
      mistakes.append(
        text.mistake(
          "front-matter-missing",
          isMarkdown ? "a Markdown file is a book only with a front matter" : "a book starts with its front matter",
          hint: isDashes
            ? "write three hyphens, `---`, not '\(clipped(opening))'"
            : "start with three lines: `---`, `cnpbook: 1`, `---`; `help books` at the prompt shows a whole book",
          line: start))
      return nil
    }
    let rest = start + 1..<max(start + 1, text.lineCount + 1)
    guard let end = rest.first(where: { ["---", "..."].contains(trimmed(text.line($0))) }) else {
      mistakes.append(text.mistake("front-matter-unclosed", "the front matter has no closing `---`", line: start))
      return nil
    }
    return (start, end)
  }

  private mutating func readBlocks(_ blocks: [MarkdownBlock], from bodyLine: Int) {
    var written: [String: Int] = [:]
    let fences = blocks.map { $0.fence(in: text) }
    for case (let block, let fence?) in zip(blocks, fences) where fence.kind == .cell {
      reserveLabel(of: block, fence, written: &written)
    }
    var proseStart = bodyLine
    var prose: [MarkdownBlock] = []
    for (block, fence) in zip(blocks, fences) {
      for line in block.nestedCells {
        mistakes.append(
          text.mistake("cell-nested", "a cell stands at the left margin, outside lists and quotations", line: line))
      }
      guard let fence else {
        if let language = block.languageOfFence(in: text) { otherFences.append((language, block.firstLine)) }
        prose.append(block)
        continue
      }
      appendProse(prose, from: proseStart, through: block.firstLine - 1)
      prose = []
      proseStart = fence.lastLine + 1
      if !fence.isClosed {
        mistakes.append(
          text.mistake("fence-unclosed", "the fence that starts here is never closed", line: block.firstLine))
      }
      switch fence.kind {
      case .cell: appendCell(block, fence)
      case .record: attachRecord(block, fence)
      case .misspelt:
        mistakes.append(
          text.mistake(
            "cell-info", "the info string of a cell is `cnp` alone",
            hint: "options stand in the cell as `#| name: value` lines", line: block.firstLine))
      }
    }
    appendProse(prose, from: proseStart, through: text.lineCount)
    let placed = mistakes.map { (line: $0.line, mistake: $0) }
    mistakes = placed.sorted { $0.line < $1.line }.map(\.mistake)
  }

  private mutating func reserveLabel(of block: MarkdownBlock, _ fence: Fence, written: inout [String: Int]) {
    var ignored: [Diagnostic] = []
    let options = CellOptions(
      readingCellAt: block.firstLine + 1, through: fence.lastContentLine, of: text, mistakes: &ignored)
    guard let label = options.label else { return }
    if let first = written[label] {
      mistakes.append(
        text.mistake(
          "duplicate-label", "the label '\(label)' is taken by the cell on line \(first)", line: block.firstLine))
    } else {
      written[label] = block.firstLine
      _ = labels.take(label)
    }
  }

  private mutating func appendCell(_ block: MarkdownBlock, _ fence: Fence) {
    let options = CellOptions(
      readingCellAt: block.firstLine + 1, through: fence.lastContentLine, of: text, mistakes: &mistakes)
    let source = Source(
      text.lines(block.firstLine + 1, through: fence.lastContentLine), name: text.source.name,
      firstLine: block.firstLine + 1)
    let result = parse(source, registry: registry)
    if options.expectedError == nil { mistakes += result.diagnostics }
    sections.append(
      .cell(
        Cell(
          label: options.label ?? labels.label(for: result.program), options: options, source: source,
          program: result.program, syntaxMistakes: result.diagnostics, recordedText: nil,
          place: (block.firstLine...fence.lastLine, nil))))
  }

  /// Keeps the text of an `out` fence with the cell before it.
  private mutating func attachRecord(_ block: MarkdownBlock, _ fence: Fence) {
    guard case .cell(let cell)? = sections.last, cell.recordedText == nil else {
      mistakes.append(
        text.mistake("out-without-cell", "an `out` fence stands right after its cell", line: block.firstLine))
      return
    }
    sections[sections.count - 1] = .cell(
      Cell(
        label: cell.label, options: cell.options, source: cell.source, program: cell.program,
        syntaxMistakes: cell.syntaxMistakes,
        recordedText: text.lines(block.firstLine + 1, through: fence.lastContentLine),
        place: cell.place.map { ($0.fence, block.firstLine...fence.lastLine) }))
  }

  private mutating func appendProse(_ blocks: [MarkdownBlock], from first: Int, through last: Int) {
    guard !blocks.isEmpty else { return }
    var html = ""
    var headings: [Heading] = []
    var images: [Int: String] = [:]
    for block in blocks {
      images.merge(block.images) { first, _ in first }
      guard let heading = block.heading else {
        html += block.html
        continue
      }
      let anchor = anchors.anchor(for: heading.plainText)
      html += "<h\(heading.level) id=\"\(anchor)\">\(heading.html)</h\(heading.level)>\n"
      headings.append(Heading(level: heading.level, html: heading.html, anchor: anchor))
    }
    sections.append(
      .prose(Prose(markdown: text.lines(first, through: last), html: html, headings: headings, images: images)))
  }
}
