/// A rectangle of the page with a horizontal and a vertical axis.
struct Plot {
  let frame: Figure.Rectangle
  let x: Axis
  let y: Axis

  func point(_ value: Figure.Point) -> Figure.Point {
    Figure.Point(
      frame.x + x.position(of: value.x) * frame.width, frame.bottom - y.position(of: value.y) * frame.height)
  }

  /// Draws the grid, the axes and their numbers; those of the horizontal axis only where `numbersBelow`, those of the
  /// vertical one and its label only where it `isFirst` of several plots side by side.
  func addAxes(to sheet: inout Sheet, yLabel: String, numbersBelow: Bool, isFirst: Bool = true) {
    for tick in y.ticks {
      let place = frame.bottom - y.position(of: tick.value) * frame.height
      if place < frame.bottom - 0.5 {
        sheet.marks.append(
          Figure.Mark(
            "grid", .polyline([Figure.Point(frame.x, place), Figure.Point(frame.right, place)]),
            stroke: Figure.Stroke(Palette.grid, width: 0.6)))
      }
      guard isFirst else { continue }
      sheet.labels.append(
        Figure.Label(
          tick.text, at: Figure.Point(frame.x - 6, place), horizontal: .right, vertical: .middle,
          colour: Palette.faintInk))
    }
    for tick in x.ticks {
      let place = frame.x + x.position(of: tick.value) * frame.width
      sheet.marks.append(
        Figure.Mark(
          "tick", .polyline([Figure.Point(place, frame.bottom), Figure.Point(place, frame.bottom + 3)]),
          stroke: Figure.Stroke(Palette.axis, width: 0.6)))
      guard numbersBelow else { continue }
      sheet.labels.append(
        Figure.Label(
          tick.text, at: Figure.Point(place, frame.bottom + 7), horizontal: .center, vertical: .top,
          colour: Palette.faintInk))
    }
    sheet.marks.append(
      Figure.Mark(
        "axis",
        .polyline([
          Figure.Point(frame.x, frame.y), Figure.Point(frame.x, frame.bottom), Figure.Point(frame.right, frame.bottom),
        ]), stroke: Figure.Stroke(Palette.axis, width: 0.8)))
    guard isFirst else { return }
    sheet.labels.append(
      Figure.Label(
        yLabel, at: Figure.Point(Sheet.margin + Typography.body, frame.center.y), horizontal: .center,
        direction: .upward, maximumWidth: frame.height))
  }

  /// Lengths of dashes and gaps, in points.
  static let dash: [Double] = [5, 3]

  /// Draws a series: a line where points follow each other, a dot where one stands alone.
  func add(
    _ series: Series, stretches: [[Figure.Point]], colour: Colour, isDashed: Bool, to sheet: inout Sheet
  ) {
    for stretch in stretches {
      let points = stretch.map(point)
      if series.style == .points || points.count == 1 {
        sheet.marks += points.map { Figure.Mark(series.name, .circle(center: $0, radius: 2.2), fill: colour) }
      } else {
        sheet.marks.append(
          Figure.Mark(
            series.name, .polyline(points),
            stroke: Figure.Stroke(colour, width: 1.6, dash: isDashed ? Self.dash : [])))
      }
    }
  }

  /// Draws error bars with caps.
  func addErrorBars(_ bars: [(x: Double, lower: Double, upper: Double)], colour: Colour, to sheet: inout Sheet) {
    for bar in bars {
      let (lower, upper) = (point(Figure.Point(bar.x, bar.lower)), point(Figure.Point(bar.x, bar.upper)))
      let cap = { (end: Figure.Point) in [Figure.Point(end.x - 2.5, end.y), Figure.Point(end.x + 2.5, end.y)] }
      for line in [[lower, upper], cap(lower), cap(upper)] {
        sheet.marks.append(Figure.Mark("error", .polyline(line), stroke: Figure.Stroke(colour, width: 0.9)))
      }
    }
  }
}
