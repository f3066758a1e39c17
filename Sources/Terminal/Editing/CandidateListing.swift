import Language

/// What all texts begin with, in whole characters; `nil` when there are none.
package func longestCommonPrefix(of texts: [String]) -> String? {
  guard var common = texts.first?[...] else { return nil }
  for text in texts.dropFirst() {
    let length = zip(common, text).prefix { $0 == $1 }.count
    common = common.prefix(length)
  }
  return String(common)
}

/// Candidates as rows of text: one to a row with its help while there are few, in columns when there are many.
package func listing(of items: [CompletionList.Item], columns: Int) -> [String] {
  // What a file's name may hold does not reach the terminal.
  let titles = items.map { fitted($0.title, columns: max(columns - 3, 1)) }
  let widest = titles.map(displayWidth).max() ?? 0
  func padded(_ title: String) -> String { title + String(repeating: " ", count: widest - displayWidth(title)) }
  if items.count <= 16 && items.contains(where: { !$0.help.isEmpty }) {
    return zip(titles, items).map { fitted("  \(padded($0))  \($1.help)", columns: columns - 1) }
  }
  let perRow = max(1, (columns - 2) / (widest + 2))
  let rowCount = (items.count + perRow - 1) / perRow
  return (0..<rowCount).map { row in
    let cells = stride(from: row, to: items.count, by: rowCount).map { padded(titles[$0]) }
    return ("  " + cells.joined(separator: "  ")).withoutTrailingSpace
  }
}
