/// How time and memory grow along one series.
public struct ScalingTrend: Sendable {
  public let series: ScalingSeries
  /// What was measured of it, with the size that grows.
  public let points: [(size: Int, measurement: ScalingStudy.Measurement)]
  /// Of one size alone: seconds and MiB as its powers; `nil` with fewer than two measurements.
  public let time, memory: PowerLaw?

  public init(_ series: ScalingSeries, in study: ScalingStudy) {
    let points = zip(series.sizes, series.rows).compactMap { size, row in
      study.measurement(of: row).map { (size: size, measurement: $0) }
    }
    self.series = series
    self.points = points
    time = PowerLaw(points.map { ([Double($0.size)], $0.measurement.seconds) })
    memory = PowerLaw(points.map { ([Double($0.size)], $0.measurement.peakMebibytes) })
  }
}

extension ScalingStudy {
  public var trends: [ScalingTrend] { ScalingSeries.all.map { ScalingTrend($0, in: self) } }

  /// What is known of steps, or of predictions.
  public func costs(of kind: ScalingRow.Kind) -> CostModel { CostModel(measurements.filter { $0.row.kind == kind }) }
}
