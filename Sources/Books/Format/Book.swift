import Language

/// A book as it was read: front matter, prose and cells in their order.
public struct Book: Sendable {
  public let text: BookText
  public internal(set) var frontMatter: FrontMatter
  public let sections: [Section]
  /// Whether it is a plain script: one cell, without a front matter.
  public let isScript: Bool
  /// Its fences at the left margin that are no cells: the info strings' first words, empty where there is none.
  let otherFences: [(language: String, line: Int)]

  public enum Section: Sendable {
    case prose(Prose)
    case cell(Cell)
  }

  init(
    text: BookText, frontMatter: FrontMatter, sections: [Section], isScript: Bool = false,
    otherFences: [(language: String, line: Int)] = []
  ) {
    self.isScript = isScript
    self.otherFences = otherFences
    self.text = text
    self.frontMatter = frontMatter
    self.sections = sections
  }

  public var cells: [Cell] {
    sections.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }
}

/// Markdown between two cells.
public struct Prose: Sendable {
  /// As it stands in the book.
  public let markdown: String
  /// Rendered, with its formulas; images are still addressed as `cnp-image:` with their number in the book.
  public let html: String
  public let headings: [Heading]
  /// The addresses of the images, by the number that `html` has for each.
  public let images: [Int: String]
}

/// An entry of the table of contents.
public struct Heading: Sendable, Hashable {
  /// 1 for the topmost.
  public let level: Int
  public let html: String
  /// The fragment that links to it.
  public let anchor: String
}

/// One cell: a program with its options.
public struct Cell: Sendable {
  /// Unique in the book; keys the cell's random streams and names its files.
  public let label: String
  public let options: CellOptions
  public let source: Source
  public let program: Program
  /// Mistakes of the program's syntax.
  public let syntaxMistakes: [Diagnostic]
  /// The text of the `out` fence after it: the output on record.
  public let recordedText: String?
  /// The lines of its fence, and of that of its record; `nil` for a script.
  let place: (fence: ClosedRange<Int>, record: ClosedRange<Int>?)?

  /// The program without its option lines and the blank lines around it, as reports show it.
  public var code: String { codeSource.text }

  /// The same with its place in the book.
  public var codeSource: Source {
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.dropFirst(options.lineCount).drop { $0.allSatisfy(\.isWhitespace) }
    let code = String(body.joined(separator: "\n").reversed().drop { $0.isWhitespace }.reversed())
    return Source(code, name: source.name, firstLine: source.firstLine + lines.count - body.count)
  }

  /// Its option lines as they are written, without those of some names.
  public func optionLines(without names: Set<String>) -> [String] {
    source.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(options.lineCount).filter { line in
      let words = line.drop { $0 == " " || $0 == "\t" }.dropFirst(2)
      return !names.contains(String(trimmed(words.prefix { $0 != ":" })))
    }.map(String.init)
  }
}
