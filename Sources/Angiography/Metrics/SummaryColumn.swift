/// A column of a table that sums up measurements: the mean over the images, or the value of all images' pixels together.
public struct SummaryColumn: Sendable {
  public let measure: Measure
  public let isPooled: Bool

  /// The paper's measures, and the pooled DSC that it leaves out.
  public static let all =
    Measure.paper.map { SummaryColumn(measure: $0, isPooled: false) }
    + [SummaryColumn(measure: .dice, isPooled: true)]

  /// At the head of a column: `pooled DSC`.
  public var symbol: String { (isPooled ? "pooled " : "") + measure.symbol }
  /// In a file: `pooled-dsc`.
  public var name: String { (isPooled ? "pooled-" : "") + measure.name }

  /// A fraction; `nil` where it is undefined.
  public func callAsFunction(_ report: MetricsReport) -> Double? {
    let summary = report.summary(of: measure)
    return isPooled ? summary.pooled : summary.mean
  }
}
