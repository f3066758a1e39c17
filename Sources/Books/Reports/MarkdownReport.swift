import Language
import Vocabulary

/// `report.md`: the book with what its cells put out.
struct MarkdownReport {
  /// What stands before the facts of the run, which differ from machine to machine.
  static let factsHeading = "## This run"

  let replay: Replay
  let facts: RunFacts

  var text: String {
    var parts: [String] = []
    let frontMatter = replay.book.frontMatter
    if let title = frontMatter.title, !startsWithTitle(title) { parts.append("# \(title)") }
    if !frontMatter.authors.isEmpty { parts.append(frontMatter.authors.joined(separator: ", ")) }
    if let failure = replay.failure {
      parts.append("> **The run stopped** at line \(failure.line) of the book: \(failure.message).")
    }
    var records = replay.records.makeIterator()
    for section in replay.book.sections {
      switch section {
      case .prose(let prose): parts.append(String(trimmedLines(prose.markdown)))
      case .cell: if let record = records.next() { parts += lines(of: record) }
      }
    }
    parts.append(MarkdownReport.factsHeading)
    parts.append(table(columns: ["", ""], rows: facts.lines.map { [$0.name, $0.value] }, isNumeric: [false, false]))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func startsWithTitle(_ title: String) -> Bool {
    guard case .prose(let prose)? = replay.book.sections.first else { return false }
    return trimmedLines(prose.markdown).hasPrefix("# \(title)")
  }

  private func lines(of record: CellRecord) -> [String] {
    var parts: [String] = []
    if record.cell.options.echo { parts.append(fenced(visible(record.cell.code), info: "cnp")) }
    for output in record.outputs {
      switch output.shown {
      case .text(let text): parts.append(fenced(visible(text), info: "out"))
      case .figure:
        parts.append("![\(escaped(output.caption ?? output.name))](\(output.name).png)")
        if let caption = output.caption { parts.append("*\(escaped(caption))*") }
      case .table(let table): parts.append(text(of: table))
      case .metrics(let metrics): parts.append(text(of: metrics.table))
      }
    }
    switch record.ending {
    case .finished: break
    case .skipped(let reason): parts.append("*Skipped\(reason.isEmpty ? "" : ": \(escaped(reason))").*")
    case .failedAsExpected(let diagnostic), .failed(let diagnostic):
      parts.append(fenced(render(diagnostic.portable), info: "error"))
    case .timedOut(let seconds): parts.append("*Stopped: the cell ran longer than \(plain(seconds)) s.*")
    case .interrupted: parts.append("*Interrupted.*")
    case .notReached: parts.append("*Not run.*")
    }
    return record.cell.options.isSolution
      ? ["<details><summary>Solution</summary>"] + parts + ["</details>"] : parts
  }

  private func text(of table: TableValue) -> String {
    let rows = self.table(
      columns: table.columns, rows: table.rows.map { $0.map(\.text) },
      isNumeric: table.columns.indices.map(table.isNumeric))
    return table.title.isEmpty ? rows : "*\(escaped(table.title))*\n\n\(rows)"
  }

  private func table(columns: [String], rows: [[String]], isNumeric: [Bool]) -> String {
    func line(_ entries: [String]) -> String { "| " + entries.map(escaped).joined(separator: " | ") + " |" }
    let rule = "|" + isNumeric.map { $0 ? " ---: |" : " --- |" }.joined()
    return ([line(columns), rule] + rows.map(line)).joined(separator: "\n")
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*[]|<>".contains(character) { result.append("\\") }
      result += character.isNewline ? " " : visible(String(character), isRow: true)
    }
    return result
  }

  /// Without blank lines at both ends.
  private func trimmedLines(_ text: String) -> Substring {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
      let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return "" }
    return lines[first...last].joined(separator: "\n")[...]
  }
}
