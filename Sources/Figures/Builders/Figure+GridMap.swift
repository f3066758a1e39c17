import Angiography
import Glibc

extension Figure {
  /// A grid on an angiogram: each cell veiled by how much of it is marked, with that in per cent.
  ///
  /// - Parameter outlines: of what is marked, say.
  /// - Throws: `figure-sizes-differ` when a mask and the image differ in size.
  public static func gridMap(
    _ area: GriddedArea, on sample: Sample, outlines: [Outline] = [], title: String? = nil, caption: String? = nil
  ) throws(FigureError) -> Figure {
    let content = PanelCell.Content.outlined(sample.image, outlines)
    try content.checkSizes()
    let side = 1.25 * pictureSide
    let space = Rectangle(x: Sheet.margin, y: 0, width: side, height: side)
      .fitting(width: sample.image.width, height: sample.image.height)
    var sheet = Sheet(width: side + 2 * Sheet.margin, title: title)
    let frame = Rectangle(x: space.x, y: sheet.y, width: space.width, height: space.height)
    sheet.layers.append(Layer(.plane(sample.image, .grey, range: sample.image.drawnRange), in: frame))
    sheet.marks += outlines.compactMap { $0.mark(in: frame, veil: 0) }
    sheet.add(area, in: frame, pixelWidth: frame.width / Double(sample.image.width))
    sheet.y += frame.height
    sheet.addLegend(
      outlines.map(\.legend) + [
        LegendEntry(sign: .area(GridVeil.colour(1)), text: "all of a cell marked"),
        LegendEntry(sign: .area(Palette.fieldOfView.opacity(0.6)), text: "nothing gradable"),
      ])
    return sheet.figure(caption: caption)
  }
}

/// How a cell is veiled.
private enum GridVeil {
  static func colour(_ share: Double) -> Colour { Palette.truth.opacity(share > 0 ? 0.05 + 0.6 * share : 0) }
}

extension Sheet {
  fileprivate mutating func add(_ area: GriddedArea, in frame: Figure.Rectangle, pixelWidth: Double) {
    let unit = pixelWidth / area.scale.millimetresPerPixel
    // The middle of the upper left pixel is (0, 0).
    let centre = Figure.Point(
      frame.x + (area.centre.x + 0.5) * pixelWidth, frame.y + (area.centre.y + 0.5) * pixelWidth)
    var index = 0
    for ring in area.grid.rings {
      for sector in 0..<ring.sectors {
        add(area.cells[index], ring, sector, centre, unit, frame)
        index += 1
      }
    }
  }

  private mutating func add(
    _ cell: GriddedArea.Cell, _ ring: RetinalGrid.Ring, _ sector: Int, _ centre: Figure.Point, _ unit: Double,
    _ frame: Figure.Rectangle
  ) {
    let farthest = (frame.width * frame.width + frame.height * frame.height).squareRoot() / unit
    let (inner, outer) = (ring.inner, min(ring.outer, farthest))
    let step = 360 / Double(ring.sectors)
    let (first, last) = (ring.start + Double(sector) * step, ring.start + Double(sector + 1) * step)
    func point(_ distance: Double, _ degrees: Double) -> Figure.Point {
      let angle = degrees * .pi / 180
      // A picture ends at its frame, and so does what lies on it.
      return Figure.Point(
        min(max(centre.x + distance * unit * sin(angle), frame.x), frame.right),
        min(max(centre.y - distance * unit * cos(angle), frame.y), frame.bottom))
    }
    guard inner < farthest else { return }
    let count = max(2, Int((step / 4).rounded(.up)))
    let angles = (0...count).map { first + step * Double($0) / Double(count) }
    let outward = angles.map { point(outer, $0) }
    let inward = inner > 0 ? angles.reversed().map { point(inner, $0) } : [centre]
    let rings = ring.sectors == 1 ? [outward] + (inner > 0 ? [inward] : []) : [outward + inward]
    marks.append(
      Figure.Mark(
        "grid", .polygon(rings),
        stroke: Figure.Stroke(Palette.white, width: 0.7, halo: Palette.black.opacity(0.35)),
        fill: cell.share.map { GridVeil.colour($0) } ?? Palette.fieldOfView.opacity(0.45)))
    guard let share = cell.share else { return }
    let middle = ring.sectors == 1 && inner == 0 ? centre : point((inner + outer) / 2, (first + last) / 2)
    // Where there is no room for a number it would say nothing.
    let arc = ring.sectors == 1 ? .infinity : (inner + outer) / 2 * unit * step * .pi / 180
    let room = min((outer - inner) * unit, arc)
    // A number is wider than high, and beside the centre a cell's thickness lies across.
    let needed = 14 + 14 * abs(sin((first + last) / 2 * .pi / 180))
    guard room > needed || (inner == 0 && room > 14), frame.contains(middle, margin: 8) else { return }
    labels.append(
      Figure.Label(
        "\(Int((100 * share).rounded())) %", at: middle, horizontal: .center, vertical: .middle,
        size: Typography.body, weight: .bold, colour: Palette.white))
  }
}

extension Figure.Rectangle {
  fileprivate func contains(_ point: Figure.Point, margin: Double) -> Bool {
    point.x > x + margin && point.x < right - margin && point.y > y + margin && point.y < bottom - margin
  }
}
