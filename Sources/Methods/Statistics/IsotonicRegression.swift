/// Isotonic regression: the never falling function that lies nearest to the truths, by pooling adjacent violators (Ayer et al.
/// 1955; for calibration Zadrozny & Elkan 2002). It can give 0 and 1 where all pixels at an end are of one kind.
public struct IsotonicRegression: Sendable, Hashable, Codable {
  /// Where the function bends, ascending: the first and the last probability of each pool. Between them it is linear, beyond
  /// them constant, as scikit-learn's.
  public let probabilities: [Double]
  /// Its value at each, in [0, 1] and never falling.
  public let values: [Double]

  /// Knots as a file holds them.
  ///
  /// - Returns: `nil` where they are no such function.
  public init?(probabilities: [Double], values: [Double]) {
    func isUnit(_ numbers: [Double]) -> Bool { numbers.allSatisfy { (0...1).contains($0) } }
    guard !values.isEmpty, values.count == probabilities.count, isUnit(values), isUnit(probabilities),
      zip(probabilities, probabilities.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    (self.probabilities, self.values) = (probabilities, values)
  }

  /// - Parameter groups: ascending, one at least.
  public init(_ groups: [ProbabilityTally.Group]) {
    precondition(!groups.isEmpty, "a regression needs pixels")
    var pools: [Pool] = []
    for (place, group) in groups.enumerated() {
      var pool = Pool(first: place, last: place, positives: group.positives, count: group.count)
      // Products of whole numbers: equal shares are found equal.
      while let last = pools.last, last.positives * pool.count >= pool.positives * last.count {
        pool = Pool(
          first: last.first, last: place, positives: last.positives + pool.positives, count: last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    var (places, values) = ([Double](), [Double]())
    for pool in pools {
      for end in pool.first == pool.last ? [pool.first] : [pool.first, pool.last] {
        places.append(groups[end].probability)
        values.append(pool.positives / pool.count)
      }
    }
    (probabilities, self.values) = (places, values)
  }

  private struct Pool {
    let first, last: Int
    let positives, count: Double
  }

  public func callAsFunction(_ probability: Double) -> Double {
    var (low, high) = (0, probabilities.count)
    while low < high {
      let middle = (low + high) / 2
      if probabilities[middle] <= probability { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return values[0] }
    guard low < probabilities.count else { return values[low - 1] }
    let (left, right) = (probabilities[low - 1], probabilities[low])
    let part = (probability - left) / (right - left)
    // Rounding must not lift it above the knot that follows.
    return min(values[low - 1] + part * (values[low] - values[low - 1]), values[low])
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let read = IsotonicRegression(
      probabilities: try fields.decode([Double].self, forKey: .probabilities),
      values: try fields.decode([Double].self, forKey: .values))
    guard let read else {
      throw DecodingError.dataCorruptedError(forKey: .values, in: fields, debugDescription: "no rising function")
    }
    self = read
  }
}
