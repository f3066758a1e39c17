import Language

/// A terminal's screen as a person sees it: the characters that stand on it after everything that was written.
///
/// It knows what the program uses: moves of the cursor, clearing, wrapping at the last column, scrolling.
struct VirtualScreen {
  private(set) var columns: Int
  private(set) var rows: Int
  /// What stands in each column; nothing in the second one of a wide character.
  private var cells: [[String]]
  private(set) var cursor = (row: 0, column: 0)
  /// The cursor stands behind the last column: the next character goes to the next row.
  private var isBehindLast = false
  private var undecoded: [UInt8] = []
  /// Whether the program asked for pasted text to be marked as such.
  private(set) var marksPastes = false

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows without what is blank at their ends, blank ones below the last left out.
  var lines: [String] {
    var lines = cells.map { row -> String in
      String(row.joined().reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  var text: String { lines.joined(separator: "\n") }

  mutating func write(_ bytes: [UInt8]) {
    undecoded += bytes
    var index = 0
    while index < undecoded.count {
      guard let length = take(at: index) else { break }
      index += length
    }
    undecoded.removeFirst(index)
  }

  /// Rows are cut or lengthened, not broken anew: as xterm does.
  mutating func resize(columns: Int, rows: Int) {
    cells = cells.map { Array($0.prefix(columns)) + Array(repeating: " ", count: max(0, columns - $0.count)) }
    while cells.count > rows {
      cells.removeFirst(cursor.row >= rows ? 1 : 0)
      if cursor.row >= rows { cursor.row -= 1 } else { cells.removeLast() }
    }
    while cells.count < rows { cells.append(Array(repeating: " ", count: columns)) }
    self.columns = columns
    self.rows = rows
    cursor = (min(cursor.row, rows - 1), min(cursor.column, columns - 1))
  }

  /// - Returns: how many bytes it took; `nil` where more are needed.
  private mutating func take(at index: Int) -> Int? {
    let byte = undecoded[index]
    switch byte {
    case 0x1B: return takeSequence(at: index)
    case 0x0D: (cursor.column, isBehindLast) = (0, false)
    case 0x0A: goDown()
    case 0x08: cursor.column = max(0, cursor.column - 1)
    case 0..<0x20: break
    default:
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard index + length <= undecoded.count else { return nil }
      put(String(decoding: undecoded[index..<index + length], as: UTF8.self))
      return length
    }
    return 1
  }

  private mutating func put(_ character: String) {
    let width = displayWidth(character)
    guard width > 0 else { return join(character) }
    if isBehindLast || cursor.column + width > columns {
      goDown()
      cursor.column = 0
    }
    let end = min(cursor.column + width, columns)
    cells[cursor.row].replaceSubrange(
      cursor.column..<end, with: [character] + Array(repeating: "", count: end - cursor.column - 1))
    isBehindLast = end == columns
    cursor.column = isBehindLast ? columns - 1 : end
  }

  /// Puts a mark over the character before the cursor.
  private mutating func join(_ mark: String) {
    let before = isBehindLast ? cursor.column : cursor.column - 1
    guard let column = cells[cursor.row].prefix(before + 1).lastIndex(where: { !$0.isEmpty }) else { return }
    cells[cursor.row][column] += mark
  }

  private mutating func goDown() {
    isBehindLast = false
    guard cursor.row == rows - 1 else { return cursor.row += 1 }
    cells.removeFirst()
    cells.append(Array(repeating: " ", count: columns))
  }

  private mutating func takeSequence(at index: Int) -> Int? {
    guard index + 1 < undecoded.count else { return nil }
    guard undecoded[index + 1] == UInt8(ascii: "[") else { return 2 }
    guard let end = undecoded[(index + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
    let arguments = String(decoding: undecoded[(index + 2)..<end], as: UTF8.self)
    let number = Int(arguments)
    let blank = Array(repeating: " ", count: columns)
    switch UnicodeScalar(undecoded[end]) {
    case "A": cursor.row = max(0, cursor.row - (number ?? 1))
    case "B": cursor.row = min(rows - 1, cursor.row + (number ?? 1))
    case "C": cursor.column = min(columns - 1, cursor.column + (number ?? 1))
    case "D": cursor.column = max(0, cursor.column - (number ?? 1))
    case "G": cursor.column = min(columns - 1, max(0, (number ?? 1) - 1))
    case "H": cursor = (0, 0)
    case "J":
      if number == 2 {
        cells = Array(repeating: blank, count: rows)
      } else {
        cells[cursor.row].replaceSubrange(cursor.column..., with: blank[cursor.column...])
        for row in cells.indices.dropFirst(cursor.row + 1) { cells[row] = blank }
      }
    case "h", "l":
      if arguments == "?2004" { marksPastes = undecoded[end] == UInt8(ascii: "h") }
      return end + 1 - index
    case "K": cells[cursor.row].replaceSubrange(cursor.column..., with: blank[cursor.column...])
    default: return end + 1 - index
    }
    isBehindLast = false
    return end + 1 - index
  }
}
