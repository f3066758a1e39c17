import Language
import Vocabulary

/// Markdown as text for a terminal: a line a paragraph, formulas in characters, without the marks of emphasis.
package func plainText(ofMarkdown markdown: String) -> String {
  let text = withAlignedTables(MarkdownBlock.plainText(of: CutMath(markdown)))
  return String(trimmedLines(text)).replacing(#/\n(?: *\n)+/#, with: "\n\n")
}

/// Tables of Markdown in columns.
private func withAlignedTables(_ text: String) -> String {
  var result: [String] = []
  var table: [[String]] = []
  func flush() {
    guard let head = table.first, table.count > 1 else {
      result += table.map { "| " + $0.joined(separator: " | ") + " |" }
      return table = []
    }
    let rule = table[1]
    let rows = table.dropFirst(2).map { row in head.indices.map { $0 < row.count ? row[$0] : "" } }
    let isNumeric = head.indices.map { $0 < rule.count && rule[$0].hasSuffix(":") && !rule[$0].hasPrefix(":") }
    result.append(alignedTable(title: "", columns: head, rows: rows, isNumeric: isNumeric))
    table = []
  }
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    guard line.hasPrefix("|"), line.hasSuffix("|"), line.count > 2 else {
      flush()
      result.append(String(line))
      continue
    }
    table.append(
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map { String(trimmed($0)) })
  }
  flush()
  return result.joined(separator: "\n")
}
