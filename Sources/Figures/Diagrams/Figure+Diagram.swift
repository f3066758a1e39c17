import Glibc

extension Figure {
  /// A network as the maps it computes: bars as high as the maps are large and as wide as they have channels, both by
  /// their logarithms, and arrows for the layers between them; Fig. 2 and 3 of the 2021 paper.
  ///
  /// - Parameter maps: in the order of computing.
  /// - Throws: `figure-empty` without maps.
  public static func diagram(
    of maps: [DiagramMap], title: String? = nil, caption: String? = nil
  ) throws(FigureError) -> Figure {
    guard !maps.isEmpty else { throw .nothingToDraw(what: "a network's diagram") }
    let drawing = DiagramDrawing(DiagramLayout(maps))
    var sheet = Sheet(width: drawing.width, title: title)
    drawing.add(to: &sheet)
    return sheet.figure(caption: caption)
  }
}

/// The maps and arrows of a layout on a page.
private struct DiagramDrawing {
  private let layout: DiagramLayout
  /// Left edges of the columns and their widths.
  private var columns: [(x: Double, width: Double)] = []
  private let looks: [String: Figure.Stroke]
  private let operations: [String]
  let width: Double

  /// Of the label above a bar.
  private static let labelHeight: Double = 12
  private static let arrowRoom: Double = 17
  private static let rowGap: Double = 14
  private static let paths: [Colour] = [
    Palette.blue, Palette.vermillion, Palette.bluishGreen, Palette.orange, Palette.reddishPurple, Palette.skyBlue,
    Palette.black,
  ]

  init(_ layout: DiagramLayout) {
    self.layout = layout
    let sizes = layout.sizes.map { Typography.width(of: Self.text($0), size: Typography.body) }
    let names = layout.places.compactMap { place in
      place.map.name.map { Typography.width(of: $0, size: Typography.body) }
    }
    var x = Sheet.margin + (sizes.max() ?? 0) + 10
    for column in 0..<layout.columnCount {
      let inside = layout.places.filter { $0.column == column }
      let bar = inside.map { Self.barWidth($0.map.channels) }.max() ?? 0
      let number = inside.map { Typography.width(of: "\($0.map.channels)", size: Typography.body) }.max() ?? 0
      columns.append((x, max(bar, number)))
      x += max(bar, number) + Self.arrowRoom
    }
    width = max(x - Self.arrowRoom + 8 + (names.max() ?? 0) + Sheet.margin, 300).rounded(.up)

    var operations: [String] = []
    for arrow in layout.places.flatMap(\.arrows) where !operations.contains(arrow.operation) {
      operations.append(arrow.operation)
    }
    self.operations = operations
    let aside = Set(layout.places.flatMap(\.arrows).filter(\.isAside).map(\.operation))
    var looks: [String: Figure.Stroke] = [:]
    for operation in operations {
      let count = looks.count
      looks[operation] =
        aside.contains(operation)
        ? Figure.Stroke(Palette.axis, width: 1.2, dash: [4, 2.5])
        : Figure.Stroke(
          Self.paths[count % Self.paths.count], width: 1.6, dash: count >= Self.paths.count ? [2, 1.5] : [])
    }
    self.looks = looks
  }

  func add(to sheet: inout Sheet) {
    let top = sheet.y
    for (row, size) in layout.sizes.enumerated() {
      sheet.labels.append(
        Figure.Label(
          Self.text(size), at: Figure.Point(Sheet.margin, middle(row: row, lane: 0, top: top)), vertical: .middle,
          colour: Palette.faintInk))
    }
    for place in layout.places {
      for arrow in place.arrows { add(arrow, to: place, top: top, sheet: &sheet) }
    }
    for place in layout.places { add(place, top: top, sheet: &sheet) }
    sheet.y = rowTop(layout.sizes.count, top: top) - Self.rowGap
    let legend = operations.compactMap { name in looks[name].map { LegendEntry(sign: .line($0), text: name) } }
    sheet.y += 10
    sheet.addLegend(legend)
  }

  private static func text(_ size: (height: Int, width: Int)) -> String { "\(size.height)×\(size.width)" }

  private static func barWidth(_ channels: Int) -> Double { 4 + 1.7 * log2(Double(channels)) }

  /// Height of the bars in a row: 12 points for a single pixel, more for each doubling.
  private func barHeight(row: Int) -> Double {
    let size = layout.sizes[row]
    return 12 + 5.5 * log2((Double(size.height) * Double(size.width)).squareRoot())
  }

  /// From one lane of a row to the next. Inputs bear their names below.
  private func laneHeight(row: Int) -> Double {
    let isNamed = layout.places.contains { $0.row == row && $0.arrows.isEmpty }
    return Self.labelHeight + barHeight(row: row) + (isNamed ? Self.labelHeight : 4)
  }

  private func rowTop(_ row: Int, top: Double) -> Double {
    (0..<row).reduce(top) { y, row in
      y + Double(layout.laneCounts[row] - 1) * laneHeight(row: row) + Self.labelHeight + barHeight(row: row)
        + Self.rowGap
    }
  }

  /// The middle of the bars in a lane.
  private func middle(row: Int, lane: Int, top: Double) -> Double {
    rowTop(row, top: top) + Double(lane) * laneHeight(row: row) + Self.labelHeight + barHeight(row: row) / 2
  }

  private func frame(of place: DiagramLayout.Place, top: Double) -> Figure.Rectangle {
    let column = columns[place.column]
    let (width, height) = (Self.barWidth(place.map.channels), barHeight(row: place.row))
    return Figure.Rectangle(
      x: column.x + (column.width - width) / 2,
      y: middle(row: place.row, lane: place.lane, top: top) - height / 2, width: width, height: height)
  }

  private func add(_ place: DiagramLayout.Place, top: Double, sheet: inout Sheet) {
    let bar = frame(of: place, top: top)
    let total = Double(place.parts.reduce(0, +))
    var x = bar.x
    for (index, part) in place.parts.enumerated() {
      let width = bar.width * Double(part) / total
      let isAside = index < place.parts.count - 1 && place.arrows.contains { $0.isAside }
      sheet.marks.append(
        Figure.Mark(
          "map", .rectangle(Figure.Rectangle(x: x, y: bar.y, width: width, height: bar.height)),
          stroke: Figure.Stroke(Palette.ink, width: 0.7), fill: isAside ? Palette.page : Colour(0xCFE3F3)))
      x += width
    }
    sheet.labels.append(
      Figure.Label(
        "\(place.map.channels)", at: Figure.Point(bar.center.x, bar.y - 3), horizontal: .center,
        colour: Palette.faintInk))
    guard let name = place.map.name else { return }
    sheet.labels.append(
      place.arrows.isEmpty
        ? Figure.Label(
          name, at: Figure.Point(bar.center.x, bar.bottom + 3), horizontal: .center, vertical: .top, weight: .bold)
        : Figure.Label(name, at: Figure.Point(bar.right + 5, bar.center.y), vertical: .middle, weight: .bold))
  }

  private func add(_ arrow: DiagramLayout.Arrow, to place: DiagramLayout.Place, top: Double, sheet: inout Sheet) {
    let source = layout.places[arrow.from]
    let (from, to) = (frame(of: source, top: top), frame(of: place, top: top))
    let room = 2.0
    guard let stroke = looks[arrow.operation] else { return }
    let points: [Figure.Point]
    if source.row == place.row, source.lane == place.lane,
      !layout.isBlocked(row: place.row, lane: place.lane, after: source.column, before: place.column)
    {
      points = [Figure.Point(from.right + room, from.center.y), Figure.Point(to.x - room, to.center.y)]
    } else if source.column == place.column {
      let isDown = source.row < place.row
      points = [
        Figure.Point(from.center.x, isDown ? from.bottom + room : from.y - Self.labelHeight),
        Figure.Point(to.center.x, isDown ? to.y - Self.labelHeight : to.bottom + room),
      ]
    } else {
      // Out to the gap before the target's column and along it, where others may go too; then in.
      let turn = columns[place.column].x - Self.arrowRoom * 0.6
      points = [Figure.Point(turn, to.center.y), Figure.Point(to.x - room, to.center.y)]
      let way = [Figure.Point(from.right + room, from.center.y), Figure.Point(turn, from.center.y), points[0]]
      sheet.marks.append(
        Figure.Mark("way", .polyline(way), stroke: Figure.Stroke(Palette.axis, width: 1, dash: stroke.dash)))
    }
    addArrow(along: points, stroke, named: arrow.operation, sheet: &sheet)
  }

  /// A line along `points` that ends in a filled head.
  private func addArrow(
    along points: [Figure.Point], _ stroke: Figure.Stroke, named name: String, sheet: inout Sheet
  ) {
    let (tip, before) = (points[points.count - 1], points[points.count - 2])
    let length = max(hypot(tip.x - before.x, tip.y - before.y), 1e-6)
    let (dx, dy) = ((tip.x - before.x) / length, (tip.y - before.y) / length)
    let (long, half) = (5.0, 3.0)
    let neck = Figure.Point(tip.x - dx * long, tip.y - dy * long)
    sheet.marks.append(Figure.Mark(name, .polyline(points.dropLast() + [neck]), stroke: stroke))
    sheet.marks.append(
      Figure.Mark(
        name,
        .polygon([
          [
            tip, Figure.Point(neck.x - dy * half, neck.y + dx * half),
            Figure.Point(neck.x + dy * half, neck.y - dx * half),
          ]
        ]), fill: stroke.colour))
  }
}
