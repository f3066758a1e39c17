extension Figure {
  /// One method's values, a value for each image.
  public struct Group: Sendable, Hashable {
    public var name: String
    public var values: [Double]

    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Per-image values by method: every image a dot, a box from the lower to the upper quartile, a line at the median.
  ///
  /// Whiskers reach the outermost values; values that are not finite are left out.
  /// - Throws: `figure-empty` without groups.
  public static func boxes(
    _ groups: [Group], yLabel: String, yRange: ClosedRange<Double>? = nil, title: String? = nil,
    caption: String? = nil, width: Double = 520
  ) throws(FigureError) -> Figure {
    guard !groups.isEmpty else { throw .nothingToDraw(what: "a box plot") }
    var sheet = Sheet(width: width, title: title)
    let values = groups.flatMap(\.values).filter { abs($0) <= Axis.largest }
    let y = Axis.linear(covering: values + (yRange.map { [$0.lowerBound, $0.upperBound] } ?? []))
    let numbers = y.ticks.map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    let left = Sheet.margin + Typography.body + 14 + numbers
    let plot = Plot(
      frame: Rectangle(x: left, y: sheet.y + 6, width: width - left - Sheet.margin, height: 210),
      x: Axis(lower: 0, upper: Double(groups.count), isLogarithmic: false, ticks: []), y: y)
    plot.addAxes(to: &sheet, yLabel: yLabel, numbersBelow: false)
    let column = plot.frame.width / Double(groups.count)
    var namesHeight = 0.0
    for (index, group) in groups.enumerated() {
      plot.addBox(of: group, at: Double(index) + 0.5, halfWidth: min(column * 0.28, 22), to: &sheet)
      namesHeight = max(
        namesHeight,
        sheet.addCentred(
          group.name, x: plot.frame.x + Double(index) * column + 2, width: column - 4, top: plot.frame.bottom + 7,
          size: Typography.body, lines: 3))
    }
    sheet.y = plot.frame.bottom + 7 + namesHeight
    return sheet.figure(caption: caption)
  }
}

extension Plot {
  fileprivate func addBox(of group: Figure.Group, at place: Double, halfWidth: Double, to sheet: inout Sheet) {
    let sorted = group.values.filter { abs($0) <= Axis.largest }.sorted()
    guard let lowest = sorted.first, let highest = sorted.last else { return }
    let center = point(Figure.Point(place, lowest)).x
    let height: (Double) -> Double = { self.point(Figure.Point(place, $0)).y }
    let (lower, median, upper) = (quantile(0.25, of: sorted), quantile(0.5, of: sorted), quantile(0.75, of: sorted))
    let line = Figure.Stroke(Palette.ink, width: 0.8)
    for (inner, outer) in [(lower, lowest), (upper, highest)] where inner != outer {
      sheet.marks.append(
        Figure.Mark(
          "whisker", .polyline([Figure.Point(center, height(inner)), Figure.Point(center, height(outer))]),
          stroke: line))
    }
    sheet.marks.append(
      Figure.Mark(
        "box",
        .rectangle(
          Figure.Rectangle(
            x: center - halfWidth, y: height(upper), width: 2 * halfWidth, height: height(lower) - height(upper))),
        stroke: line, fill: Palette.skyBlue.opacity(0.25)))
    sheet.marks.append(
      Figure.Mark(
        "median",
        .polyline([
          Figure.Point(center - halfWidth, height(median)), Figure.Point(center + halfWidth, height(median)),
        ]), stroke: Figure.Stroke(Palette.vermillion, width: 1.8)))
    for (index, value) in sorted.enumerated() {
      // Neighbours in value stand beside each other, so that equal ones can be counted.
      let shift = Double([0, 1, -1, 2, -2][index % 5]) * halfWidth / 3.2
      sheet.marks.append(
        Figure.Mark(
          group.name, .circle(center: Figure.Point(center + shift, height(value)), radius: 1.9),
          fill: Palette.blue.opacity(0.65)))
    }
  }

  /// Linear between the two nearest of the sorted values, as NumPy's default.
  private func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = min(Int(place), max(sorted.count - 2, 0))
    guard sorted.count > 1 else { return sorted[0] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
