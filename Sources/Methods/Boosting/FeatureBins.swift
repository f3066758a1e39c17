import Kernels

/// The limits between the bins of each feature, where trees may ask: midway between neighbouring values, or at quantiles where
/// there are more values than bins.
struct FeatureBins: Sendable {
  /// By feature, ascending; a value at most the first limit is in bin 0, one above the last in the last bin.
  let limits: [[Float]]

  /// - Parameters:
  ///   - features: [feature][example], finite numbers.
  ///   - weights: of the examples, above 0; `nil` is 1 for all.
  ///   - count: bins a feature at most, 2 … 256.
  init(_ features: [[Float]], weights: [Float]? = nil, count: Int = 255) {
    precondition((2...BinnedTable.mostBins).contains(count), "a code is a byte")
    limits = computed(features.count) { Self.limits(features[$0], weights, count: count) }
  }

  private static func limits(_ values: [Float], _ weights: [Float]?, count: Int) -> [Float] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var distinct: [Float] = []
    for place in order where distinct.last != values[place] { distinct.append(values[place]) }
    if distinct.count <= count { return zip(distinct, distinct.dropFirst()).map(middle) }
    // The value at which the examples so far reach a share of the whole weight; where they meet it exactly, the middle between
    // that and the next (NumPy's `averaged_inverted_cdf`).
    let total = weights.map { $0.reduce(0.0) { $0 + Double($1) } } ?? Double(values.count)
    var limits: [Float] = []
    var (reached, place) = (0.0, 0)
    for step in 1..<count {
      let wanted = Double(step) * total
      while reached * Double(count) < wanted, place < order.count {
        reached += Double(weights?[order[place]] ?? 1)
        place += 1
      }
      let value = values[order[place - 1]]
      let next = place < order.count ? values[order[place]] : value
      let limit = reached * Double(count) == wanted && value < next ? middle(value, next) : value
      if limits.last != limit { limits.append(limit) }
    }
    return limits
  }

  /// Between two numbers, and never the larger one, which is to lie above it.
  private static func middle(_ less: Float, _ more: Float) -> Float {
    let middle = Float((Double(less) + Double(more)) / 2)
    return middle < more ? middle : less
  }

  /// The bins of examples.
  func codes(_ features: [[Float]]) -> BinnedTable {
    precondition(features.count == limits.count, "as many features as there are limits for")
    return BinnedTable(
      columns: computed(features.count) { feature in
        let limits = limits[feature]
        return features[feature].map { value in
          var (low, high) = (0, limits.count)
          while low < high {
            let middle = (low + high) / 2
            if limits[middle] < value { low = middle + 1 } else { high = middle }
          }
          return UInt8(low)
        }
      })
  }
}
