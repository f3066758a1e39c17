import Language

/// A text as it may stand on a row of the screen: cut to its columns with a mark where something is missing, and without
/// control characters, which a file's name may hold.
package func fitted(_ text: String, columns: Int) -> String {
  let clean = visible(text, isRow: true)
  if displayWidth(clean) <= columns { return clean }
  var (cut, width) = ("", 0)
  for character in clean {
    width += displayWidth(String(character))
    if width >= columns { break }
    cut.append(character)
  }
  return cut + "…"
}

/// A line as rows that end between words. Rows after the first are indented as far as the line's last column of text is,
/// so that `  name  what it is` stays in its columns.
package func wrapped(_ line: String, columns: Int) -> [String] {
  guard displayWidth(line) > columns else { return [line] }
  let indent = hangingIndent(of: line, columns: columns)
  let own = line.prefix { $0 == " " }.count
  var rows: [String] = []
  var row = String(repeating: " ", count: own)
  var width = own
  var isEmpty = true
  for word in line.dropFirst(own).split(separator: " ", omittingEmptySubsequences: false) {
    let length = displayWidth(String(word))
    if isEmpty {
      row += word
      width += length
    } else if width + 1 + length > columns {
      rows.append(row.withoutTrailingSpace)
      (row, width) = (String(repeating: " ", count: indent) + word, indent + length)
    } else {
      row += " " + word
      width += 1 + length
    }
    isEmpty = false
  }
  return rows + [row]
}

/// Where the text behind a gap of two spaces or more begins, if that leaves it half of the columns; else the line's own
/// indent.
private func hangingIndent(of line: String, columns: Int) -> Int {
  let characters = Array(line)
  let own = characters.prefix { $0 == " " }.count
  var column = own
  var indent = own
  var gap = 0
  while column < characters.count, column < columns / 2 {
    if characters[column] == " " {
      gap += 1
    } else {
      if gap >= 2 { indent = displayWidth(String(characters[..<column])) }
      gap = 0
    }
    column += 1
  }
  return indent
}
