extension Figure {
  /// Pixels whose probabilities are about the same.
  public struct ProbabilityBin: Sendable, Hashable {
    /// From where to where their probabilities go, in 0…1.
    public var range: ClosedRange<Double>
    /// The mean of their probabilities, and the share of them that is true.
    public var predicted, observed: Double
    /// How many there are.
    public var count: Double

    public init(_ range: ClosedRange<Double>, predicted: Double, observed: Double, count: Double) {
      (self.range, self.predicted, self.observed, self.count) = (range, predicted, observed, count)
    }
  }

  /// A reliability diagram: what share is true over what was predicted, bin by bin, the diagonal of what is right; below it how
  /// many pixels are in each bin, on a logarithmic axis, as most have a probability near 0.
  ///
  /// - Parameters:
  ///   - bins: those with pixels, ascending.
  ///   - notes: lines in the upper left corner: `ECE 0.031`.
  /// - Throws: `figure-empty` without bins.
  public static func reliability(
    _ bins: [ProbabilityBin], notes: [String] = [], title: String? = nil, caption: String? = nil, width: Double = 380
  ) throws(FigureError) -> Figure {
    guard !bins.isEmpty else { throw .nothingToDraw(what: "a reliability diagram") }
    var sheet = Sheet(width: width, title: title)
    let unit = Axis.linear(from: 0, to: 1)
    let most = Axis.logarithmic(covering: bins.map(\.count))
    // A bar of the fewest pixels has a height, too.
    let counts = Axis(lower: most.lower / 2, upper: most.upper, isLogarithmic: true, ticks: most.ticks)
    let numbers = (unit.ticks + counts.ticks).map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    let left = (Sheet.margin + Typography.body + 14 + numbers).rounded(.up)
    let side = width - left - Sheet.margin - 8
    let shares = Plot(
      frame: Rectangle(x: left, y: sheet.y + 6, width: side, height: side * 0.85), x: unit, y: unit)
    shares.addAxes(to: &sheet, yLabel: "observed share", numbersBelow: false)
    sheet.marks.append(
      Mark(
        "diagonal", .polyline([shares.point(Point(0, 0)), shares.point(Point(1, 1))]),
        stroke: Stroke(Palette.axis, width: 1, dash: Plot.dash)))
    let points = bins.map { shares.point(Point($0.predicted, $0.observed)) }
    if points.count > 1 {
      sheet.marks.append(Mark("observed", .polyline(points), stroke: Stroke(Palette.blue, width: 1.6)))
    }
    sheet.marks += points.map { Mark("bin", .circle(center: $0, radius: 2.6), fill: Palette.blue) }
    for (line, note) in notes.enumerated() {
      sheet.labels.append(
        Label(
          note,
          at: Point(shares.frame.x + 8, shares.frame.y + 6 + Double(line) * Typography.body * Typography.leading),
          vertical: .top, maximumWidth: side * 0.6))
    }
    let strip = Plot(
      frame: Rectangle(x: left, y: shares.frame.bottom + 14, width: side, height: 66), x: unit, y: counts)
    strip.addAxes(to: &sheet, yLabel: "pixels", numbersBelow: true)
    for bin in bins { strip.addBar(of: bin, to: &sheet) }
    sheet.y = strip.frame.bottom + 7 + Typography.body + 4
    sheet.labels.append(
      Label(
        "predicted probability", at: Point(left + side / 2, sheet.y + 2), horizontal: .center, vertical: .top,
        maximumWidth: side))
    sheet.y += 2 + Typography.body
    return sheet.figure(caption: caption)
  }
}

extension Plot {
  /// One of a bin that is narrower than a point is a point wide.
  fileprivate func addBar(of bin: Figure.ProbabilityBin, to sheet: inout Sheet) {
    let (start, end) = (
      point(Figure.Point(bin.range.lowerBound, bin.count)), point(Figure.Point(bin.range.upperBound, bin.count))
    )
    let gap = end.x - start.x > 4 ? 0.5 : 0
    sheet.marks.append(
      Figure.Mark(
        "bar",
        .rectangle(
          Figure.Rectangle(
            x: start.x + gap, y: start.y, width: max(end.x - start.x - 2 * gap, 1), height: frame.bottom - start.y)),
        fill: Palette.blue.opacity(0.55)))
  }
}
