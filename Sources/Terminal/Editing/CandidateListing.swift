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
  let widest = items.map(\.title.count).max() ?? 0
  if items.count <= 16 && items.contains(where: { !$0.help.isEmpty }) {
    return items.map { item in
      let padding = String(repeating: " ", count: widest - item.title.count)
      return String("  \(item.title)\(padding)  \(item.help)".prefix(columns - 1))
    }
  }
  let perRow = max(1, (columns - 2) / (widest + 2))
  let rowCount = (items.count + perRow - 1) / perRow
  return (0..<rowCount).map { row in
    let cells = stride(from: row, to: items.count, by: rowCount).map { index in
      items[index].title + String(repeating: " ", count: widest - items[index].title.count)
    }
    return ("  " + cells.joined(separator: "  ")).trimmingSpaces
  }
}
