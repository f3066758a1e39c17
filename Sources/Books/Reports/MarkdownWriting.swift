import Language
import Vocabulary

/// A table with its title, as GitHub's Markdown has it; one without columns is its title alone.
package func markdown(of table: TableValue) -> String {
  let rows = markdownTable(
    columns: table.columns, rows: table.rows.map { $0.map(\.text) },
    isNumeric: table.columns.indices.map(table.isNumeric))
  return [table.title.isEmpty ? "" : emphasised(table.title), rows].filter { !$0.isEmpty }.joined(separator: "\n\n")
}

/// The facts of a run under a head without words.
func markdownTable(_ facts: RunFacts) -> String {
  markdownTable(columns: ["", ""], rows: facts.lines.map { [$0.name, $0.value] }, isNumeric: [false, false])
}

private func markdownTable(columns: [String], rows: [[String]], isNumeric: [Bool]) -> String {
  // Markdown has no table without columns.
  if columns.isEmpty { return "" }
  func line(_ entries: [String]) -> String { "| " + entries.map(escapedMarkdown).joined(separator: " | ") + " |" }
  let rule = "|" + isNumeric.map { $0 ? " ---: |" : " --- |" }.joined()
  return ([line(columns), rule] + rows.map(line)).joined(separator: "\n")
}

/// A caption, which neither space nor nothing at all may keep from being set apart.
package func emphasised(_ text: String) -> String {
  let words = trimmed(text)
  return words.isEmpty ? "" : "*\(escapedMarkdown(words))*"
}

/// The address of a file as a link has it.
package func markdownAddress(_ path: String) -> String {
  path.utf8.contains { " ()<>\\".utf8.contains($0) }
    ? "<" + path.replacing("\\", with: "\\\\").replacing("<", with: "\\<").replacing(">", with: "\\>") + ">" : path
}

/// A text in one line as Markdown shows it letter by letter: nothing in it is emphasis, code, a formula, a link, a tag or
/// the end of a table's cell.
package func escapedMarkdown(_ text: some StringProtocol) -> String {
  let characters = Array(text)
  var result = ""
  for (index, character) in characters.enumerated() {
    let next = index + 1 < characters.count ? characters[index + 1] : " "
    let before = index > 0 ? characters[index - 1] : " "
    let isMeant =
      switch character {
      case "\\", "`", "*", "[", "]", "|", "<", ">", "~": true
      // Inside of a word it is a letter; with a space after it a sign of money is one.
      case "_": !(isWordPart(before) && isWordPart(next))
      case "$": !next.isWhitespace
      case "&": next == "#" || next.isLetter
      default: false
      }
    if isMeant { result.append("\\") }
    result += character.isNewline ? " " : visible(String(character), isRow: true)
  }
  return result
}

private func isWordPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
