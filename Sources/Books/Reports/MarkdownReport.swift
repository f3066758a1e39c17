import Language
import Vocabulary

/// `report.md`: the book with what its cells put out.
struct MarkdownReport {
  /// What stands before the facts of the run, which differ from machine to machine.
  static let factsHeading = "## This run"

  private let replay: Replay
  private let facts: RunFacts
  private let figureFolder: String

  /// - Parameter figureFolder: where the figures' files are, seen from the report's; empty for the same folder.
  init(replay: Replay, facts: RunFacts, figureFolder: String = "") {
    (self.replay, self.facts) = (replay, facts)
    self.figureFolder = figureFolder.isEmpty ? "" : figureFolder + "/"
  }

  var text: String {
    var parts: [String] = []
    let frontMatter = replay.book.frontMatter
    if let title = frontMatter.title, !replay.book.startsWithTitle { parts.append("# \(escapedMarkdown(title))") }
    if !frontMatter.authors.isEmpty { parts.append(escapedMarkdown(frontMatter.authors.joined(separator: ", "))) }
    if let failure = replay.failure {
      parts.append(
        "> **The run stopped** at line \(failure.line) of the book: \(failure.message).")
    }
    var records = replay.records.makeIterator()
    for section in replay.book.sections {
      switch section {
      case .prose(let prose): parts.append(String(trimmedLines(prose.markdown)))
      case .cell: if let record = records.next() { parts += lines(of: record) }
      }
    }
    parts.append(MarkdownReport.factsHeading)
    parts.append(markdownTable(facts))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func lines(of record: CellRecord) -> [String] {
    var parts: [String] = []
    if record.cell.options.echo { parts.append(fenced(visible(record.cell.code), info: "cnp")) }
    for output in record.outputs {
      switch output.shown {
      case .text(let text): parts.append(fenced(visible(text), info: "out"))
      case .figure(let figure):
        let file = markdownAddress("\(figureFolder)\(output.name).png")
        parts.append("![\(escapedMarkdown(figure.turnsInWords + (output.caption ?? output.name)))](\(file))")
        if let caption = output.caption { parts.append(emphasised(caption)) }
      case .table(let table): parts.append(markdown(of: table))
      case .metrics(let metrics): parts.append(markdown(of: metrics.table))
      }
    }
    switch record.ending {
    case .finished: break
    case .skipped(let reason): parts.append("*Skipped\(reason.isEmpty ? "" : ": \(escapedMarkdown(reason))").*")
    case .failedAsExpected(let diagnostic), .failed(let diagnostic):
      parts.append(fenced(render(diagnostic.portable), info: "error"))
    case .timedOut(let seconds): parts.append("*Stopped: the cell ran longer than \(plain(seconds)) s.*")
    case .interrupted: parts.append("*Interrupted.*")
    case .notReached: parts.append("*Not run.*")
    }
    return record.cell.options.isSolution
      ? ["<details><summary>Solution</summary>"] + parts + ["</details>"] : parts
  }
}

extension Book {
  /// Whether its prose begins with its title as a heading.
  var startsWithTitle: Bool {
    guard let title = frontMatter.title, case .prose(let prose)? = sections.first else { return false }
    return trimmedLines(prose.markdown).hasPrefix("# \(title)")
  }
}

/// Without blank lines at both ends.
func trimmedLines(_ text: String) -> Substring {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  guard let first = lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
    let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) })
  else { return "" }
  return lines[first...last].joined(separator: "\n")[...]
}
