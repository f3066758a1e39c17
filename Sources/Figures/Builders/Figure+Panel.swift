extension Figure {
  /// Width of figures for a report's column, in points.
  public static let reportWidth: Double = 640

  /// The grid of the 2021 paper's Fig. 4: one row an image, one column a method, with a legend of what occurs in it.
  ///
  /// - Parameters:
  ///   - rows: each with one cell a column.
  ///   - columnTitles: one a column, above it; empty for none.
  ///   - title: over the whole figure.
  ///   - width: wished, of the page in points; cells share it, from 48 to 220 points each, so many columns widen it.
  /// - Throws: `figure-empty` without rows or columns, `figure-ragged-row`, `figure-sizes-differ`.
  public static func panel(
    rows: [PanelRow], columnTitles: [String] = [], title: String? = nil, caption: String? = nil,
    width: Double = Figure.reportWidth
  ) throws(FigureError) -> Figure {
    let columns = columnTitles.isEmpty ? rows.map(\.cells.count).max() ?? 0 : columnTitles.count
    guard !rows.isEmpty, columns > 0 else { throw .nothingToDraw(what: "a panel") }
    for row in rows {
      guard row.cells.count == columns else {
        throw .raggedRow(title: row.title, cells: row.cells.count, columns: columns)
      }
      for cell in row.cells { try cell.content.checkSizes() }
    }
    let grid = PanelGrid(rows: rows, columns: columns, width: width)
    var sheet = Sheet(width: grid.pageWidth, title: title)
    grid.addColumnTitles(columnTitles, to: &sheet)
    for row in rows { grid.add(row, to: &sheet) }
    sheet.addLegend(rows.flatMap { $0.cells.flatMap { $0.content.legend(width: grid.side) } })
    return sheet.figure(caption: caption)
  }
}

/// Widths and places that all cells of a panel share.
private struct PanelGrid {
  let left: Double
  let side: Double
  let columns: Int
  let pageWidth: Double

  init(rows: [PanelRow], columns: Int, width: Double) {
    self.columns = columns
    let titled = rows.contains { !$0.title.isEmpty }
    left = Sheet.margin + (titled ? Typography.body * Typography.leading + 3 : 0)
    let gaps = Double(columns - 1) * Sheet.gap
    side = min(max((width - left - Sheet.margin - gaps) / Double(columns), 48), 220)
    pageWidth = (left + Double(columns) * side + gaps + Sheet.margin).rounded(.up)
  }

  /// A row is as tall as its slenderest picture needs, but no taller than twice its width.
  private func height(of row: PanelRow) -> Double {
    let slenderness = row.cells.compactMap(\.content.pixelSize).map { Double($0.height) / Double($0.width) }.max() ?? 1
    return side * min(max(slenderness, 0.2), 2)
  }

  func x(of column: Int) -> Double { left + Double(column) * (side + Sheet.gap) }

  func addColumnTitles(_ titles: [String], to sheet: inout Sheet) {
    guard titles.contains(where: { !$0.isEmpty }) else { return }
    let lines = titles.map {
      Typography.wrap($0, width: side, size: Typography.heading, weight: .bold, lines: 3).count
    }
    let height = Double(lines.max() ?? 1) * Typography.heading * Typography.leading
    for (column, title) in titles.enumerated() {
      sheet.addCentred(
        title, x: x(of: column), width: side, top: sheet.y, size: Typography.heading, weight: .bold,
        lines: 3, bottomAligned: height)
    }
    sheet.y += height + 2
  }

  func add(_ row: PanelRow, to sheet: inout Sheet) {
    let cellHeight = height(of: row)
    if !row.title.isEmpty {
      sheet.labels.append(
        Figure.Label(
          row.title, at: Figure.Point(left - 5, sheet.y + cellHeight / 2), horizontal: .center,
          direction: .upward, maximumWidth: cellHeight))
    }
    for (column, content) in row.cells.enumerated() {
      sheet.add(
        content.content,
        in: Figure.Rectangle(x: x(of: column), y: sheet.y, width: side, height: cellHeight))
    }
    sheet.y += cellHeight
    var captionHeight = 0.0
    for (column, content) in row.cells.enumerated() {
      guard let caption = content.caption, !caption.isEmpty else { continue }
      captionHeight = max(
        captionHeight,
        sheet.addCentred(
          caption, x: x(of: column), width: side, top: sheet.y + 4, size: Typography.body,
          colour: Palette.faintInk))
    }
    sheet.y += captionHeight > 0 ? captionHeight + 7 : Sheet.gap
  }
}
