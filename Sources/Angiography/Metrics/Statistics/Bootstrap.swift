import Tensors

/// The percentile bootstrap (Efron 1979): how far a mean over images might have come out otherwise.
public enum Bootstrap {
  /// Draws of the patients that an interval is made of.
  public static let resamples = 2000

  /// An interval that holds the mean with probability `level`, as far as these images tell.
  ///
  /// Images of one patient are not independent, so patients are drawn, each with all of its images (cluster bootstrap);
  /// an image without a case is a patient of its own. Undefined values are left out.
  ///
  /// - Returns: `nil` with fewer than two patients that have a value.
  public static func interval(
    ofMean values: [Double?], cases: [String?], level: Double = 0.95, stream: RandomStream
  ) -> ClosedRange<Double>? {
    precondition(values.count == cases.count, "every value has its image's case")
    var groups: [[Double]] = []
    var places: [String: Int] = [:]
    for (value, name) in zip(values, cases) {
      guard let value else { continue }
      if let name, let place = places[name] {
        groups[place].append(value)
      } else {
        if let name { places[name] = groups.count }
        groups.append([value])
      }
    }
    guard groups.count > 1 else { return nil }
    var stream = stream
    let means = (0..<resamples).map { _ -> Double in
      var (sum, count) = (0.0, 0)
      for _ in groups.indices {
        let group = groups[stream.integer(below: groups.count)]
        sum += group.reduce(0, +)
        count += group.count
      }
      return sum / Double(count)
    }.sorted()
    let tail = 100 * (1 - level) / 2
    return percentile(tail, of: means)...percentile(100 - tail, of: means)
  }
}
