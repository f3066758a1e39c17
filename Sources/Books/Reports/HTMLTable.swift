import Language
import Vocabulary

/// A table as a page shows it.
struct HTMLTable {
  private let table: TableValue
  private let number: Int
  private let isNumeric: [Bool]

  /// More characters in a line than an upright page has room for.
  private static let widestUpright = 105
  /// A table of more rows scrolls inside itself, below its head.
  private static let mostRowsAtOnce = 15

  init(_ table: TableValue, number: Int) {
    (self.table, self.number) = (table, number)
    isNumeric = table.columns.indices.map(table.isNumeric)
  }

  /// What the template fills in.
  var entry: [String: Any] {
    let rows = table.rows.map { $0.map { visible($0.text) } }
    let title = visible(table.title)
    let summed = rows.suffix(table.summaryRowCount)
    let columns = table.columns.map { visible($0) }
    var entry: [String: Any] = [
      "title": title, "name": "table:\(number)", "about": title.isEmpty ? columns.joined(separator: ", ") : title,
      "columns": cells(columns), "rows": rows.dropLast(table.summaryRowCount).map { ["cells": cells($0)] },
      "long": rows.count > Self.mostRowsAtOnce, "wide": characters(in: rows) > Self.widestUpright,
    ]
    if !summed.isEmpty { entry["summary"] = ["rows": summed.map { ["cells": cells($0)] }] }
    return entry
  }

  private func cells(_ texts: [String]) -> [[String: Any]] {
    texts.enumerated().map { ["text": $1, "number": isNumeric[$0]] }
  }

  /// In its widest possible line, with a gap after each column.
  private func characters(in rows: [[String]]) -> Int {
    table.columns.indices.reduce(0) { sum, column in
      sum + 2 + rows.reduce(displayWidth(table.columns[column])) { max($0, displayWidth($1[column])) }
    }
  }

  /// As an element for a page that is not ours, plainly.
  var element: String {
    func row(_ texts: [String], _ tag: String) -> String {
      let cells = texts.enumerated().map { index, text in
        "<\(tag)\(isNumeric[index] ? " style=\"text-align: right\"" : "")>\(escapedHTML(visible(text)))</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let rows = table.rows.map { row($0.map(\.text), "td") }.joined(separator: "\n")
    let caption = table.title.isEmpty ? "" : "<caption>\(escapedHTML(visible(table.title)))</caption>\n"
    return "<table>\n\(caption)<thead>\(row(table.columns, "th"))</thead>\n<tbody>\n\(rows)\n</tbody>\n</table>"
  }
}
