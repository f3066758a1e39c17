extension Figure {
  /// Line plots one below the other over a shared horizontal axis: losses and DSC by epoch.
  ///
  /// Each curve bears its name at its end where there is room, else there is a legend. Values that are not finite, or
  /// not above 0 on a logarithmic axis, leave gaps; a chart without any value says so.
  /// - Parameters:
  ///   - charts: at least one.
  ///   - width: of the page, `chartHeight` of each chart, in points.
  /// - Throws: `figure-empty` when there is no series at all.
  public static func curves(
    _ charts: [Chart], xLabel: String, title: String? = nil, caption: String? = nil, width: Double = 520,
    chartHeight: Double = 150
  ) throws(FigureError) -> Figure {
    guard charts.contains(where: { !$0.series.isEmpty }) else { throw .nothingToDraw(what: "a chart") }
    var sheet = Sheet(width: width, title: title)
    let layout = CurveLayout(charts: charts, width: width, height: chartHeight)
    for (index, chart) in charts.enumerated() {
      layout.add(chart, numbersBelow: index == charts.count - 1, to: &sheet)
    }
    sheet.labels.append(
      Label(
        xLabel, at: Point(layout.left + layout.plotWidth / 2, sheet.y + 2), horizontal: .center, vertical: .top,
        maximumWidth: layout.plotWidth))
    sheet.y += 2 + Typography.body
    if layout.hasLegend { sheet.addLegend(layout.legend) }
    return sheet.figure(caption: caption)
  }

  /// A single chart of `series`.
  public static func curves(
    series: [Series], xLabel: String, yLabel: String, isLogarithmic: Bool = false,
    yRange: ClosedRange<Double>? = nil, title: String? = nil, caption: String? = nil
  ) throws(FigureError) -> Figure {
    try curves(
      [Chart(series, yLabel: yLabel, isLogarithmic: isLogarithmic, yRange: yRange)], xLabel: xLabel, title: title,
      caption: caption, chartHeight: 210)
  }
}

/// What the charts of one figure share: the horizontal axis, the margins, a colour for each name.
private struct CurveLayout {
  let x: Axis
  let left: Double
  let plotWidth: Double
  let height: Double
  let colours: [String: Colour]
  let names: [(name: String, style: Series.Style)]
  /// Set when names at the ends of the curves would not fit.
  let hasLegend: Bool

  private static let lineHeight = Typography.body * 1.25

  init(charts: [Chart], width: Double, height: Double) {
    let series = charts.flatMap(\.series)
    let places = series.flatMap(\.x).filter { abs($0) <= Axis.largest }
    let whole = places.allSatisfy { $0.rounded() == $0 }
    let lowest = places.min() ?? 0
    let highest = places.max() ?? 1
    x =
      lowest < highest
      ? .linear(from: lowest, to: highest, about: 8, whole: whole) : .linear(covering: places, about: 4, whole: whole)

    var colours: [String: Colour] = [:]
    var names: [(String, Series.Style)] = []
    for one in series where colours[one.name] == nil {
      colours[one.name] = one.colour ?? Palette.series(names.count)
      names.append((one.name, one.style))
    }
    self.colours = colours
    self.names = names
    let longest = names.map { Typography.width(of: $0.0, size: Typography.body) }.max() ?? 0
    let most = charts.map(\.series.count).max() ?? 0
    hasLegend = longest > width * 0.28 || Double(most) * Self.lineHeight > height
    let right = hasLegend ? 14 : longest + 14
    left = Sheet.margin + Typography.body + 12 + 40
    plotWidth = max(width - left - right - Sheet.margin, 60)
    self.height = height
  }

  var legend: [LegendEntry] {
    names.map { name, style in
      let colour = colours[name] ?? Palette.ink
      return LegendEntry(
        sign: .line(Figure.Stroke(colour, width: 1.8, dash: style == .dashed ? [5, 3] : [])), text: name)
    }
  }

  func add(_ chart: Chart, numbersBelow: Bool, to sheet: inout Sheet) {
    let stretches = chart.series.map { $0.stretches(isLogarithmic: chart.isLogarithmic) }
    let values = stretches.flatMap { $0.flatMap { $0.map(\.y) } }
    let plot = Plot(
      frame: Figure.Rectangle(x: left, y: sheet.y + 6, width: plotWidth, height: height), x: x,
      y: verticalAxis(of: chart, values: values))
    plot.addAxes(to: &sheet, yLabel: chart.yLabel, numbersBelow: numbersBelow)
    for series in chart.series { plot.add(series, colour: colours[series.name] ?? Palette.ink, to: &sheet) }
    if values.isEmpty {
      sheet.labels.append(
        Figure.Label(
          "no finite values", at: plot.frame.center, horizontal: .center, vertical: .middle,
          colour: Palette.faintInk))
    }
    if !hasLegend { addNames(of: chart, ends: stretches.map { $0.last?.last.map(plot.point) }, plot, to: &sheet) }
    sheet.y = plot.frame.bottom + (numbersBelow ? 7 + Typography.body + 4 : 12)
  }

  private func verticalAxis(of chart: Chart, values: [Double]) -> Axis {
    if chart.isLogarithmic { return .logarithmic(covering: values) }
    if let range = chart.yRange, range.lowerBound < range.upperBound {
      // A range is a wish: values outside it widen it, or they would be drawn over the neighbours.
      let lower = min(range.lowerBound, values.min() ?? range.lowerBound)
      let upper = max(range.upperBound, values.max() ?? range.upperBound)
      if lower == range.lowerBound, upper == range.upperBound { return .linear(from: lower, to: upper) }
      return .linear(covering: [lower, upper])
    }
    return .linear(covering: values)
  }

  /// Writes each name beside the end of its curve, moved apart where ends are close.
  private func addNames(of chart: Chart, ends: [Figure.Point?], _ plot: Plot, to sheet: inout Sheet) {
    var named = zip(chart.series, ends).compactMap { series, end in end.map { (series: series, y: $0.y, end: $0) } }
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
    for (series, y, end) in named {
      sheet.labels.append(
        Figure.Label(
          series.name, at: Figure.Point(end.x + 7, y), vertical: .middle,
          colour: colours[series.name] ?? Palette.ink))
    }
  }
}
