import Angiography
import Tensors

/// The means that samples drawn from patients with replacement can have, ascending, with their probabilities.
struct ResampledMeans {
  private let means: [Double]
  /// The probability of each mean or a smaller one; `nil` where all means were drawn and weigh the same.
  private let cumulative: [Double]?

  /// All resamples where there are few, else so many draws, the same for the same patients.
  init(_ patients: Patients) {
    if Self.distinctResamples(of: patients.count) <= Bootstrap.resamples {
      var all = Enumeration(patients)
      all.visit(0, left: patients.count, sum: 0, images: 0, ways: 1)
      let ascending = all.found.sorted { $0.mean < $1.mean }
      let ways = ascending.reduce(0) { $0 + $1.ways }
      var sum = 0.0
      means = ascending.map(\.mean)
      cumulative = ascending.map {
        sum += $0.ways / ways
        return sum
      }
    } else {
      var stream = RandomStream(seed: 1979, path: ["bootstrap"])
      means = (0..<Bootstrap.resamples).map { _ in
        var (sum, images) = (0.0, 0.0)
        for _ in 0..<patients.count {
          let drawn = stream.integer(below: patients.count)
          sum += patients.sums[drawn]
          images += patients.counts[drawn]
        }
        return sum / images
      }.sorted()
      cumulative = nil
    }
  }

  /// From the smallest mean to the largest.
  var spread: Double { means[means.count - 1] - means[0] }

  /// The probability of a smaller mean, and half that of an equal one.
  func share(below mean: Double, rounding: Double) -> Double {
    let below = probability(of: means.prefix { $0 < mean - rounding }.count)
    let upTo = probability(of: means.prefix { $0 <= mean + rounding }.count)
    return (below + upTo) / 2
  }

  /// The mean below which lie so many: between neighbours on a line where means were drawn, as NumPy's percentiles.
  func quantile(_ share: Double) -> Double {
    guard let cumulative else { return percentile(100 * share, of: means) }
    // What rounding of the sum may add is no mean of its own.
    return means[min(cumulative.prefix { $0 < share - 1e-12 }.count, means.count - 1)]
  }

  /// Of the first so many means.
  private func probability(of count: Int) -> Double {
    guard let cumulative else { return Double(count) / Double(means.count) }
    return count == 0 ? 0 : cumulative[count - 1]
  }

  /// (2n − 1 over n): in how many ways n draws from n can turn out, their order aside; no more than `Int` holds.
  static func distinctResamples(of count: Int) -> Int {
    var ways = 1
    for index in 1..<max(count, 1) {
      let (product, overflows) = ways.multipliedReportingOverflow(by: count + index)
      guard !overflows else { return .max }
      ways = product / index
    }
    return ways
  }
}

/// Goes through all ways in which as many draws as there are patients can turn out.
private struct Enumeration {
  let patients: Patients
  /// `ways` is proportional to the number of sequences of draws that give the mean.
  private(set) var found: [(mean: Double, ways: Double)] = []

  init(_ patients: Patients) { self.patients = patients }

  /// Draws the patients from `index` on `left` times in all.
  mutating func visit(_ index: Int, left: Int, sum: Double, images: Double, ways: Double) {
    if index == patients.count - 1 {
      let (own, times) = (patients.sums[index], Double(left))
      let share = ways / (1...max(left, 1)).reduce(1) { $0 * Double($1) }
      found.append(((sum + times * own) / (images + times * patients.counts[index]), share))
      return
    }
    var share = ways
    for times in 0...left {
      if times > 0 { share /= Double(times) }
      visit(
        index + 1, left: left - times, sum: sum + Double(times) * patients.sums[index],
        images: images + Double(times) * patients.counts[index], ways: share)
    }
  }
}
