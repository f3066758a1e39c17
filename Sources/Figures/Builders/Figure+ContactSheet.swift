import Angiography

extension Figure {
  /// Thumbnails of angiograms with their names and the contours of their masks: Fig. 1 of the 2021 paper at a glance.
  ///
  /// - Parameters:
  ///   - columns: pictures in a row; by default as square a grid as the page allows.
  ///   - limit: at most so many are drawn; a line says how many more there are.
  ///   - outlined: whether the masks are drawn.
  /// - Throws: `figure-empty` without samples.
  public static func contactSheet(
    _ samples: [Sample], columns: Int? = nil, limit: Int = 48, outlined: Bool = true, title: String? = nil,
    caption: String? = nil, width: Double = Figure.reportWidth
  ) throws(FigureError) -> Figure {
    guard !samples.isEmpty, limit > 0 else { throw .nothingToDraw(what: "a contact sheet") }
    let shown = samples.prefix(limit)
    let columns = max(1, min(columns ?? defaultColumns(for: shown.count), shown.count))
    var rows: [PanelRow] = []
    for start in stride(from: 0, to: shown.count, by: columns) {
      let cells = shown[start..<min(start + columns, shown.count)].map { sample in
        guard outlined, let mask = sample.mask else {
          return PanelCell(.angiogram(sample.image), caption: sample.name)
        }
        return PanelCell(
          .outlined(sample.image, [.truth(mask, name: "capillary non-perfusion")]), caption: sample.name)
      }
      rows.append(
        PanelRow(cells: cells + Array(repeating: PanelCell(.empty), count: columns - cells.count)))
    }
    var figure = try panel(rows: rows, title: title, caption: caption, width: width)
    if samples.count > limit {
      figure.labels.append(
        Label(
          "and \(samples.count - limit) more", at: Point(figure.size.width - Sheet.margin, figure.size.height),
          horizontal: .right, vertical: .top, colour: Palette.faintInk))
      figure.size.height += Typography.body * Typography.leading + Sheet.margin / 2
    }
    return figure
  }

  private static func defaultColumns(for count: Int) -> Int {
    switch count {
    case ...4: count
    case 5...6: 3
    case 7...12: 4
    case 13...20: 5
    default: 6
    }
  }
}
