extension Figure {
  /// A value at a height of its own, with what it is known to: a bias, a limit of agreement.
  public struct Level: Sendable, Hashable {
    /// As it stands beside the line: `bias 0.31`.
    public var name: String
    public var value: Double
    public var interval: ClosedRange<Double>

    public init(_ name: String, _ value: Double, _ interval: ClosedRange<Double>) {
      (self.name, self.value, self.interval) = (name, value, interval)
    }
  }

  /// Differences of two measurements over their means: a dot a pair, the bias and the limits of agreement as lines, each in the
  /// band of its interval.
  ///
  /// A band goes no further beyond a limit than the limits lie apart: of two or three pairs it would leave no room for them.
  /// - Parameters:
  ///   - means, differences: one a pair.
  ///   - bias, limits: the limits from the lower to the upper.
  /// - Throws: `figure-empty` without pairs.
  public static func blandAltman(
    means: [Double], differences: [Double], bias: Level, limits: (lower: Level, upper: Level), xLabel: String,
    yLabel: String, title: String? = nil, caption: String? = nil, width: Double = 520
  ) throws(FigureError) -> Figure {
    precondition(means.count == differences.count, "a pair has a mean and a difference")
    guard !means.isEmpty else { throw .nothingToDraw(what: "a Bland–Altman plot") }
    var sheet = Sheet(width: width, title: title)
    let levels = [limits.lower, bias, limits.upper]
    let room = limits.upper.value - limits.lower.value
    let bounds = limits.lower.value - room...limits.upper.value + room
    let ends = levels.flatMap { [$0.interval.lowerBound, $0.interval.upperBound] }.map { $0.clamped(to: bounds) }
    let y = Axis.linear(covering: differences + ends + [0], about: 6)
    let numbers = y.ticks.map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    let names = levels.map { Typography.width(of: $0.name, size: Typography.body) }.max() ?? 0
    let left = (Sheet.margin + Typography.body + 14 + numbers).rounded(.up)
    let plot = Plot(
      frame: Rectangle(
        x: left, y: sheet.y + 6, width: max(width - left - names - 10 - Sheet.margin, 60), height: 230),
      x: .linear(covering: means), y: y)
    for (level, colour) in zip(levels, [Palette.bluishGreen, Palette.vermillion, Palette.bluishGreen]) {
      plot.addBand(of: level, colour, to: &sheet)
    }
    plot.addAxes(to: &sheet, yLabel: yLabel, numbersBelow: true)
    plot.addLevel(0, "zero", Stroke(Palette.axis, width: 0.8), to: &sheet)
    plot.addLevel(bias.value, "bias", Stroke(Palette.vermillion, width: 1.4), to: &sheet)
    for limit in [limits.lower, limits.upper] {
      plot.addLevel(limit.value, "limit", Stroke(Palette.bluishGreen, width: 1.4, dash: Plot.dash), to: &sheet)
    }
    for (mean, difference) in zip(means, differences) {
      sheet.marks.append(
        Mark(
          "pair", .circle(center: plot.point(Point(mean, difference)), radius: 2.6), fill: Palette.blue.opacity(0.65)))
    }
    plot.addNames(of: levels, to: &sheet)
    sheet.y = plot.frame.bottom + 7 + Typography.body + 4
    sheet.labels.append(
      Label(
        xLabel, at: Point(plot.frame.center.x, sheet.y + 2), horizontal: .center, vertical: .top,
        maximumWidth: plot.frame.width))
    sheet.y += 2 + Typography.body
    return sheet.figure(caption: caption)
  }
}

extension Plot {
  fileprivate func addBand(of level: Figure.Level, _ colour: Colour, to sheet: inout Sheet) {
    let (lower, upper) = (
      level.interval.lowerBound.clamped(to: y.lower...y.upper), level.interval.upperBound.clamped(to: y.lower...y.upper)
    )
    let top = point(Figure.Point(x.lower, upper)).y
    let height = point(Figure.Point(x.lower, lower)).y - top
    sheet.marks.append(
      Figure.Mark(
        "band", .rectangle(Figure.Rectangle(x: frame.x, y: top, width: frame.width, height: height)),
        fill: colour.opacity(0.12)))
  }

  fileprivate func addLevel(_ value: Double, _ name: String, _ stroke: Figure.Stroke, to sheet: inout Sheet) {
    let height = point(Figure.Point(x.lower, value)).y
    sheet.marks.append(
      Figure.Mark(
        name, .polyline([Figure.Point(frame.x, height), Figure.Point(frame.right, height)]), stroke: stroke))
  }

  /// Beside the lines, from the lowest up, moved apart where lines are close.
  fileprivate func addNames(of levels: [Figure.Level], to sheet: inout Sheet) {
    let step = Typography.body * Typography.leading
    var heights = levels.map { point(Figure.Point(x.lower, $0.value)).y }
    for index in heights.indices.dropFirst() { heights[index] = min(heights[index], heights[index - 1] - step) }
    // What stands above the plot comes down again, taking those below with it.
    var highest = frame.y
    for index in heights.indices.reversed() {
      heights[index] = max(heights[index], highest)
      highest = heights[index] + step
    }
    for (level, height) in zip(levels, heights) {
      sheet.labels.append(Figure.Label(level.name, at: Figure.Point(frame.right + 6, height), vertical: .middle))
    }
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
