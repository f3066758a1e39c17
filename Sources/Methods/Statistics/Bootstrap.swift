/// The bootstrap (Efron 1979): how far a mean over images might have come out otherwise.
public enum Bootstrap {
  /// Draws of the patients that an interval is made of. Where no more than so many differ, which is up to eight patients,
  /// all of them are counted, each with its probability.
  public static let resamples = 10_000

  /// An interval that holds the mean with probability `level`, as far as these images tell: bias-corrected and accelerated
  /// (BCa; Efron 1987, as `scipy.stats.bootstrap`).
  ///
  /// Images of one patient are not independent, so patients are drawn, each with all of its images (cluster bootstrap);
  /// an image without a case is a patient of its own. Undefined values are left out. The same values give the same interval,
  /// whatever their order and the seed of the book. With a handful of patients every bootstrap interval is too narrow.
  ///
  /// - Returns: `nil` with fewer than two patients that have a value; the mean alone where all resamples have it.
  public static func interval(
    ofMean values: [Double?], cases: [String?], level: Double = 0.95
  ) -> ClosedRange<Double>? {
    precondition(values.count == cases.count, "every value has its image's case")
    let patients = Patients(values, cases)
    guard patients.count > 1 else { return nil }
    let means = ResampledMeans(patients)
    let mean = patients.mean
    guard means.spread > patients.rounding else { return mean...mean }
    // As scipy: half of those that equal the mean lie below it.
    let least = 0.5 / Double(resamples)
    let share = min(max(means.share(below: mean, rounding: patients.rounding), least), 1 - least)
    let bias = NormalDistribution.quantile(share)
    let acceleration = patients.acceleration
    func bound(_ share: Double) -> Double {
      let shifted = bias + NormalDistribution.quantile(share)
      // |acceleration| ≤ 1/6 and |shifted| < 6: the divisor is positive.
      return means.quantile(
        NormalDistribution.probability(below: bias + shifted / (1 - acceleration * shifted)))
    }
    return bound((1 - level) / 2)...bound((1 + level) / 2)
  }
}

/// Patients' values added up, in an order that depends on nothing but the values.
struct Patients {
  let sums: [Double]
  let counts: [Double]
  /// What rounding alone makes of equal means.
  let rounding: Double

  /// - Parameter cases: whose image each value is of; `nil`: a patient of its own.
  init(_ values: [Double?], _ cases: [String?]) {
    let groups = imagesByPatient(cases) { values[$0] != nil }
      .map { images in images.compactMap { values[$0] }.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    sums = groups.map { $0.reduce(0, +) }
    counts = groups.map { Double($0.count) }
    rounding = 1e-12 * (groups.joined().map(abs).max() ?? 0)
  }

  var count: Int { sums.count }
  /// Over the images.
  var mean: Double { sums.reduce(0, +) / counts.reduce(0, +) }

  /// A sixth of the skewness of the means that leave one patient out; 0 where these are all the same.
  var acceleration: Double {
    let (sum, images) = (sums.reduce(0, +), counts.reduce(0, +))
    let without = sums.indices.map { (sum - sums[$0]) / (images - counts[$0]) }
    let centre = without.reduce(0, +) / Double(count)
    let gaps = without.map { centre - $0 }
    guard gaps.contains(where: { abs($0) > rounding }) else { return 0 }
    let squares = gaps.reduce(0) { $0 + $1 * $1 }
    return gaps.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }
}
