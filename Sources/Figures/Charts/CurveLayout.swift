/// What the charts of one figure share: the horizontal axis, the margins, a colour for each name.
struct CurveLayout {
  private let charts: [Chart]
  private let x: Axis
  private let vertical: [Axis]
  private let height: Double
  private let looks: [String: Look]
  private let names: [String]
  let left: Double
  let plotWidth: Double
  /// Set when names at the ends of the curves would not fit.
  let hasLegend: Bool

  private struct Look {
    var colour: Colour
    var isDashed: Bool
  }

  private static let lineHeight = Typography.body * 1.25

  init(charts: [Chart], width: Double, height: Double) {
    self.charts = charts
    self.height = height
    let series = charts.flatMap(\.series)
    x = Self.horizontalAxis(of: series)
    vertical = charts.map(Self.verticalAxis)

    var looks: [String: Look] = [:]
    var names: [String] = []
    for one in series where looks[one.name] == nil {
      // After the last colour they start again, dashed.
      looks[one.name] = Look(
        colour: one.colour ?? Palette.series(names.count),
        isDashed: one.style == .dashed || (one.colour == nil && names.count >= Palette.series.count))
      names.append(one.name)
    }
    self.looks = looks
    self.names = names
    let longest = names.map { Typography.width(of: $0, size: Typography.body) }.max() ?? 0
    let most = charts.map(\.series.count).max() ?? 0
    hasLegend = longest > width * 0.28 || Double(most) * Self.lineHeight > height
    let right = hasLegend ? 14 : longest + 14
    let numbers = vertical.flatMap(\.ticks).map { Typography.width(of: $0.text, size: Typography.body) }.max() ?? 0
    left = (Sheet.margin + Typography.body + 14 + numbers).rounded(.up)
    plotWidth = max(width - left - right - Sheet.margin, 60)
  }

  var legend: [LegendEntry] {
    names.map { name in
      let look = look(of: name)
      return LegendEntry(
        sign: .line(Figure.Stroke(look.colour, width: 1.8, dash: look.isDashed ? Plot.dash : [])), text: name)
    }
  }

  func addChart(_ index: Int, to sheet: inout Sheet) {
    let chart = charts[index]
    let isLast = index == charts.count - 1
    let plot = Plot(
      frame: Figure.Rectangle(x: left, y: sheet.y + 6, width: plotWidth, height: height), x: x, y: vertical[index])
    plot.addAxes(to: &sheet, yLabel: chart.yLabel, numbersBelow: isLast)
    let stretches = chart.series.map { $0.stretches(isLogarithmic: chart.isLogarithmic) }
    for (series, stretches) in zip(chart.series, stretches) {
      let look = look(of: series.name)
      plot.addErrorBars(series.errorBars(isLogarithmic: chart.isLogarithmic), colour: look.colour, to: &sheet)
      plot.add(series, stretches: stretches, colour: look.colour, isDashed: look.isDashed, to: &sheet)
    }
    if stretches.allSatisfy(\.isEmpty) {
      sheet.labels.append(
        Figure.Label(
          "no finite values", at: plot.frame.center, horizontal: .center, vertical: .middle,
          colour: Palette.faintInk))
    }
    if !hasLegend { addNames(of: chart, ends: stretches.map { $0.last?.last.map(plot.point) }, plot, to: &sheet) }
    sheet.y = plot.frame.bottom + (isLast ? 7 + Typography.body + 4 : 12)
  }

  private func look(of name: String) -> Look { looks[name] ?? Look(colour: Palette.ink, isDashed: false) }

  private static func horizontalAxis(of series: [Series]) -> Axis {
    let places = series.flatMap(\.x).filter { abs($0) <= Axis.largest }
    let whole = places.allSatisfy { $0.rounded() == $0 }
    guard let lowest = places.min(), let highest = places.max(), highest - lowest > 1e-9 * abs(highest) else {
      return .linear(covering: places, about: 4, whole: whole)
    }
    // No room before the first epoch and after the last.
    return .linear(from: lowest, to: highest, about: 8, whole: whole)
  }

  private static func verticalAxis(of chart: Chart) -> Axis {
    let values = chart.series.flatMap { series in
      series.stretches(isLogarithmic: chart.isLogarithmic).flatMap { $0.map(\.y) }
        + series.errorBars(isLogarithmic: chart.isLogarithmic).flatMap { [$0.lower, $0.upper] }
    }
    if chart.isLogarithmic { return .logarithmic(covering: values) }
    guard let range = chart.yRange, range.lowerBound < range.upperBound else { return .linear(covering: values) }
    // A range is a wish: values outside it widen it, or they would be drawn over the neighbours.
    let lower = min(range.lowerBound, values.min() ?? range.lowerBound)
    let upper = max(range.upperBound, values.max() ?? range.upperBound)
    return lower == range.lowerBound && upper == range.upperBound
      ? .linear(from: lower, to: upper) : .linear(covering: [lower, upper])
  }

  /// Writes each name beside the end of its curve, moved apart where ends are close.
  private func addNames(of chart: Chart, ends: [Figure.Point?], _ plot: Plot, to sheet: inout Sheet) {
    var named = zip(chart.series, ends)
      .compactMap { series, end in end.map { (name: series.name, y: $0.y, end: $0) } }
      .sorted { $0.y < $1.y }
    var lowest = -Double.infinity
    for index in named.indices {
      named[index].y = max(named[index].y, lowest + Self.lineHeight)
      lowest = named[index].y
    }
    // What was pushed below the plot goes up again, taking those above with it.
    var highest = plot.frame.bottom
    for index in named.indices.reversed() {
      named[index].y = min(named[index].y, highest)
      highest = named[index].y - Self.lineHeight
    }
    for (name, y, end) in named {
      sheet.labels.append(
        Figure.Label(name, at: Figure.Point(end.x + 7, y), vertical: .middle, colour: look(of: name).colour.forText))
    }
  }
}
