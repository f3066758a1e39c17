import Base
import Language
import Vocabulary

/// A book or a script in the usual form, and what it was before.
public struct FormattedBook: Sendable {
  public let name: String
  public let original: String
  public let text: String

  public var isChanged: Bool { original != text }

  /// What would change, as a unified diff; empty where nothing would.
  public var diff: String { unifiedDiff(original, text, named: name, name) }

  /// Reads and formats a file; `-` is standard input.
  ///
  /// - Throws: what is wrong with it, where it can't be read as a whole; `format-unsafe`.
  public init(path: String, registry: Registry = standardRegistry()) throws(BookMistakes) {
    let file = ProgramFile(path, findsShipped: false)
    let written: BookText
    do { written = try file.read(from: workingFolder()) } catch { throw BookMistakes([error]) }
    let isBook = file.isBook(written)
    func read(_ text: BookText) -> (book: Book, mistakes: [Diagnostic]) {
      isBook ? BookReader.read(text, registry: registry) : BookReader.read(script: text, registry: registry)
    }
    let (book, mistakes) = read(written)
    guard mistakes.errors.isEmpty else { throw BookMistakes(mistakes.errors) }
    let formatter = BookFormatter(book: book, registry: registry)
    let result = isBook ? try formatter.wholeBook() : try formatter.script()
    let (again, found) = read(BookText(result, name: written.source.name))
    guard found.errors.isEmpty, again.isSame(as: book) else { throw BookMistakes([formatter.unsafe(atLine: 1)]) }
    (name, original, text) = (file.name, written.source.text, result)
  }
}

/// Sets the cells of a book; prose stays as it is but for white space at the ends of its lines and beside fences.
private struct BookFormatter {
  private let book: Book
  private let registry: Registry
  private var written: BookText { book.text }

  init(book: Book, registry: Registry) { (self.book, self.registry) = (book, registry) }

  func script() throws(BookMistakes) -> String {
    guard let cell = book.cells.first, let text = formattedProgram(cell.source.text, registry: registry) else {
      throw BookMistakes([unsafe(atLine: 1)])
    }
    return text.isEmpty ? "" : text + "\n"
  }

  func wholeBook() throws(BookMistakes) -> String {
    let start = written.firstWrittenLine ?? 1
    let end = (start + 1...written.lineCount).first { ["---", "..."].contains(trimmed(written.line($0))) } ?? start
    var chunks: [[String]] = [(["---"] + (start + 1..<end).map { withoutTrailingSpace(written.line($0)) } + ["---"])]
    let blocks = MarkdownBlock.blocks(of: written.lines(end + 1, through: written.lineCount), firstLine: end + 1)
    let kept = keptLines(of: blocks)
    var cells = book.cells.makeIterator()
    var next = end + 1
    for block in blocks {
      guard let fence = block.fence(in: written) else { continue }
      chunks.append(prose(next..<block.firstLine, kept: kept))
      next = fence.lastLine + 1
      var content: [String] = []
      if fence.kind == .cell, let cell = cells.next() {
        content = try program(of: cell)
      } else {
        content = (block.firstLine + 1..<max(block.firstLine + 1, fence.lastContentLine + 1)).map {
          String(written.line($0))
        }
      }
      let opening = trimmed(written.line(block.firstLine))
      let marks = String(opening.prefix { $0 == opening.first })
      content.insert("\(marks)\(trimmed(opening.dropFirst(marks.count)))", at: 0)
      content.append(marks)
      chunks.append(content)
    }
    chunks.append(prose(next..<written.lineCount + 1, kept: kept))
    return chunks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The lines of a cell: its options in their order, then its program.
  private func program(of cell: Cell) throws(BookMistakes) -> [String] {
    let lines = cell.source.text.split(separator: "\n", omittingEmptySubsequences: false)
    let options = lines.prefix(cell.options.lineCount).map(CellOptionLine.init)
    let sorted = options.enumerated().sorted { left, right in
      (left.element.place, left.offset) < (right.element.place, right.offset)
    }
    let body = lines.dropFirst(cell.options.lineCount).joined(separator: "\n")
    // What a cell is there to show as a mistake stays as it is written.
    let code = cell.syntaxMistakes.isEmpty ? formattedProgram(body, registry: registry) : cell.code
    guard let code else { throw BookMistakes([unsafe(atLine: cell.source.firstLine)]) }
    return sorted.map { $0.element.text } + (code.isEmpty ? [] : [code])
  }

  /// Lines of prose without blank ones at both ends.
  private func prose(_ range: Range<Int>, kept: Set<Int>) -> [String] {
    let lines = range.map { number -> String in
      let line = written.line(number)
      if kept.contains(number) { return String(line) }
      // Two spaces before another line break it, but for a heading's.
      let isBroken =
        line.hasSuffix("  ") && line.first != "#" && number + 1 < range.upperBound
        && !trimmed(written.line(number + 1)).isEmpty
      return withoutTrailingSpace(line) + (isBroken && !trimmed(line).isEmpty ? "  " : "")
    }
    guard let first = lines.firstIndex(where: { !trimmed($0).isEmpty }),
      let last = lines.lastIndex(where: { !trimmed($0).isEmpty })
    else { return [] }
    return Array(lines[first...last])
  }

  /// Lines whose white space may mean something: those of code, and of blocks that hold some.
  private func keptLines(of blocks: [MarkdownBlock]) -> Set<Int> {
    var kept: Set<Int> = []
    for (index, block) in blocks.enumerated() where block.fence(in: written) == nil {
      let end = index + 1 < blocks.count ? blocks[index + 1].firstLine : written.lineCount + 1
      let lines = block.firstLine..<max(block.firstLine, end)
      let holdsCode = lines.contains { number in
        let line = written.line(number)
        return line.contains("```") || line.contains("~~~") || line.hasPrefix("    ") || line.hasPrefix("\t")
      }
      if block.isCode || holdsCode { kept.formUnion(lines) }
    }
    return kept
  }

  private func withoutTrailingSpace(_ line: Substring) -> String {
    line.lastIndex { !$0.isWhitespace }.map { String(line[...$0]) } ?? ""
  }

  func unsafe(atLine line: Int) -> Diagnostic {
    written.mistake(
      "format-unsafe", "this can't be set in the usual form and stay the same program",
      hint: "nothing was changed; set it by hand", line: line)
  }
}

/// An option line of a cell, with its place among all options.
private struct CellOptionLine {
  let place: Int
  let text: String

  init(_ line: Substring) {
    let content = line.drop { $0 != "|" }.dropFirst()
    let name = String(trimmed(content.prefix { $0 != ":" }))
    let value = trimmed(content.drop { $0 != ":" }.dropFirst())
    text = "#| \(name): \(value)"
    place = CellOptions.names.firstIndex(of: name) ?? CellOptions.names.count
  }
}

extension Book {
  /// Whether it says and does the same.
  fileprivate func isSame(as other: Book) -> Bool {
    func html(_ book: Book) -> String {
      book.sections.map { if case .prose(let prose) = $0 { prose.html } else { "\0" } }.joined()
    }
    return frontMatter.isSame(as: other.frontMatter) && html(self) == html(other)
      && cells.elementsEqual(other.cells) { left, right in
        left.label == right.label && left.options == right.options && left.recordedText == right.recordedText
          && left.program.digest == right.program.digest
          && (left.syntaxMistakes.isEmpty || left.code == right.code)
      }
  }
}

extension FrontMatter {
  fileprivate func isSame(as other: FrontMatter) -> Bool {
    func told(_ front: FrontMatter) -> String {
      "\(front.title ?? "") \(front.authors) \(front.seed) \(front.engine?.text ?? "") \(front.parameters)"
    }
    return told(self) == told(other)
  }
}
