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
    for index in charts.indices { layout.addChart(index, to: &sheet) }
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
