/// What of an input stands on the screen, so that the next picture of it can replace the last.
///
/// Every function gives the bytes to write. Rows are ended one by one, never by the terminal's own wrapping, so that the
/// place of the cursor is known on every terminal.
package struct EditorDisplay: Sendable {
  /// The columns of the rows on the screen, from the input's first; empty when there are none.
  private var widths: [Int] = []
  /// Of these, the row with the cursor, and the column.
  private var cursor = (row: 0, column: 0)

  package init() {}

  package var isDrawn: Bool { !widths.isEmpty }

  /// Draws an input in place of what stood there.
  ///
  /// - Parameters:
  ///   - below: lines to show under it, each cut to the screen's width.
  ///   - columns: the screen's width now, which may have changed.
  package mutating func draw(_ layout: InputLayout, below: [InputLayout.Row] = [], columns: Int) -> String {
    let rows = layout.rows + below
    var output = "\u{1B}[?25l" + toTop(columns: columns)
    // Rows that are no longer needed go first, so that nothing is cleared behind a full last row.
    if rows.count < heights(columns).reduce(0, +) { output += "\u{1B}[J" }
    for (index, row) in rows.enumerated() {
      if index > 0 { output += "\r\n" }
      output += row.text
      // Clearing with the cursor behind the last column would take the last character away.
      if row.width < columns { output += "\u{1B}[K" }
    }
    widths = rows.map(\.width)
    cursor = layout.cursor
    let up = rows.count - 1 - cursor.row
    if up > 0 { output += "\u{1B}[\(up)A" }
    output += "\r"
    if cursor.column > 0 { output += "\u{1B}[\(cursor.column)C" }
    return output + "\u{1B}[?25h"
  }

  /// Takes the input off the screen; the cursor then stands where it began.
  package mutating func erase(columns: Int) -> String {
    defer { forget() }
    return toTop(columns: columns) + "\u{1B}[J"
  }

  /// Leaves the input on the screen; the cursor then stands on a new line below it.
  package mutating func leave() -> String {
    defer { forget() }
    guard !widths.isEmpty else { return "" }
    let down = widths.count - 1 - cursor.row
    return (down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n"
  }

  /// What was drawn is gone, or belongs to the past.
  package mutating func forget() {
    widths = []
    cursor = (0, 0)
  }

  /// How many rows each drawn one takes on a screen of this width: a terminal that is made narrower breaks them anew.
  private func heights(_ columns: Int) -> [Int] { widths.map { max(1, ($0 + columns - 1) / columns) } }

  private func toTop(columns: Int) -> String {
    let up = heights(columns).prefix(cursor.row).reduce(0, +) + cursor.column / max(columns, 1)
    return "\r" + (up > 0 ? "\u{1B}[\(up)A" : "")
  }
}
