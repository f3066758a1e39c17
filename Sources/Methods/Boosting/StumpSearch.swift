/// Examples in the order of each feature, so that the best stump for any weights is found in one pass a feature.
struct StumpSearch {
  private let columns: [Column]
  private let labels: [Int]

  /// One feature of all examples.
  private struct Column {
    /// Examples, those with the least value first.
    let order: [Int]
    /// In that order.
    let values: [Double]
  }

  /// - Parameters:
  ///   - examples: [example][feature], finite numbers.
  ///   - labels: +1 or −1.
  init(_ examples: [[Double]], labels: [Int]) {
    self.labels = labels
    columns = examples[0].indices.map { feature in
      let order = examples.indices.sorted { (examples[$0][feature], $0) < (examples[$1][feature], $1) }
      return Column(order: order, values: order.map { examples[$0][feature] })
    }
  }

  /// The stump whose wrong answers weigh least. Thresholds lie midway between neighbouring values, or below all of them; of
  /// equals the first feature, the lowest threshold, and polarity +1 count.
  ///
  /// - Parameter weights: one an example, none negative.
  func best(_ weights: [Double]) -> DecisionStump {
    var best = (error: Double.infinity, stump: DecisionStump(feature: 0, threshold: 0, polarity: 1))
    let negatives = zip(weights, labels).reduce(0) { $1.1 < 0 ? $0 + $1.0 : $0 }
    let total = weights.reduce(0, +)
    for (feature, column) in columns.enumerated() {
      // What +1 above the threshold gets wrong: below all values it says +1 to everything.
      var error = negatives
      func consider(_ threshold: Double) {
        for (polarity, wrong) in [(1, error), (-1, total - error)] where wrong < best.error - Self.slack * total {
          best = (wrong, DecisionStump(feature: feature, threshold: threshold, polarity: polarity))
        }
      }
      consider(column.values[0] - 1)
      for (place, example) in column.order.enumerated() {
        error += labels[example] > 0 ? weights[example] : -weights[example]
        let next = place + 1
        guard next < column.order.count, column.values[next] > column.values[place] else { continue }
        consider(column.values[place] + (column.values[next] - column.values[place]) / 2)
      }
    }
    return best.stump
  }

  /// Sums in another order differ by this part of the whole: below it two errors are one.
  private static let slack = 1e-12
}
