import Angiography
import Foundation
import Imaging
import Methods
import Tensors
import Testing

/// Curves, tests and intervals against scikit-learn and SciPy on the same numbers (`Fixtures/make_statistics.py`), and
/// against every case counted one by one.
@Suite struct StatisticsTests {
  struct Numbers: Decodable {
    struct Curve: Decodable {
      let kind: String
      let truth: [Int]
      let score: [Float]
      let area, precision: Double
    }
    struct Pairs: Decodable {
      let first, second: [Double]
      let statistic, probability: Double
      let count: Int
      let source: String
    }
    struct Interval: Decodable {
      let values: [Double]
      let cases: [String]
      let low, high: Double
      let isExact: Bool
    }
    let curves: [Curve]
    let pairs: [Pairs]
    let intervals: [Interval]
  }

  private let numbers: Numbers

  /// Images of one patient are one pair: sixty images of three patients say no more than three.
  @Test func imagesOfAPatientAreOnePair() throws {
    let cases = (0..<60).map { Optional("patient \($0 % 3)") }
    let first = (0..<60).map { Optional(0.5 + Double($0) / 1000) }
    let second = first.map { $0.map { $0 - 0.1 } }
    let test = try #require(SignedRank(first, second, cases: cases))
    #expect(test.count == 3 && test.probability == 0.25)
    // The same as of the means; an image without both values is in neither, one without a case is a patient.
    let known = try #require(SignedRank([0.5, nil, 0.7, 0.9], [0.4, 0.1, 0.8, 0.1], cases: ["a", "a", "a", nil]))
    let means = try #require(SignedRank([0.6, 0.9], [0.6, 0.1]))
    #expect(known == means)
  }

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fixtures/statistics.json")
    numbers = try JSONDecoder().decode(Numbers.self, from: Foundation.Data(contentsOf: file))
  }

  private func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance
  }

  // MARK: Curves

  private func curves(_ scores: [Float], _ truth: [Bool]) throws -> OperatingCurves {
    let count = truth.count
    let sample = Sample(
      name: "x", image: Plane(width: count, height: 1), mask: Mask(width: count, height: 1, pixels: truth),
      fieldOfView: Mask(width: count, height: 1, filledWith: true))
    return try OperatingCurves(maps: [Plane(width: count, height: 1, pixels: scores)], samples: [sample])
  }

  @Test func curvesAgreeWithScikitLearn() throws {
    #expect(numbers.curves.map(\.kind) == ["free", "stepped", "saturated", "constant"])
    for curve in numbers.curves {
      let found = try curves(curve.score, curve.truth.map { $0 == 1 })
      #expect(isClose(found.area, curve.area, 1e-12), "\(curve.kind)")
      #expect(isClose(found.averagePrecision, curve.precision, 1e-12), "\(curve.kind)")
      let (first, last) = (found.points[0], found.points[found.points.count - 1])
      #expect(first.recall == 0 && first.falsePositiveRate == 0 && last.recall == 1 && last.falsePositiveRate == 1)
    }
  }

  /// Thresholds that 1024 equal steps could not tell apart, and extremes of what a map may hold.
  @Test func probabilitiesAreToldApartHoweverNear() throws {
    let found = try curves([0.3, 0.300_01, 0.300_02, 0.300_03], [false, true, false, true])
    #expect(found.area == 0.75)
    let extremes = try curves([1, 0, .leastNonzeroMagnitude, -0.0], [true, false, true, false])
    #expect(extremes.area == 1 && extremes.averagePrecision == 1)
    #expect(extremes.points.map(\.threshold) == [.infinity, 1, Double(Float.leastNonzeroMagnitude), 0])
    let none = try curves([0.1, 0.9], [false, false])
    #expect(none.area == nil && none.averagePrecision == nil && none.prevalence == 0)
  }

  /// A figure has few points, as near to the curve as a line is thick.
  @Test func fewPointsAreDrawn() throws {
    var stream = RandomStream(seed: 9)
    let truth = (0..<200_000).map { _ in stream.uniform() < 0.2 }
    let scores = truth.map { min(max(0.4 + ($0 ? 0.2 : 0) + 0.15 * stream.normal(), 0), 1) }
    let found = try curves(scores, truth)
    #expect(found.points.count < 5_000)
    let drawn = zip(found.points, found.points.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.1.falsePositiveRate - pair.0.falsePositiveRate) * (pair.1.recall + pair.0.recall) / 2
    }
    #expect(isClose(drawn, found.area, 1e-3))
  }

  // MARK: Wilcoxon's test

  @Test func signedRankAgreesWithSciPy() throws {
    #expect(Set(numbers.pairs.map(\.source)).count == 4)
    for pairs in numbers.pairs {
      let test = try #require(SignedRank(pairs.first, pairs.second))
      #expect(test.count == pairs.count && test.statistic == pairs.statistic)
      #expect(isClose(test.probability, pairs.probability, 1e-9 * pairs.probability), "\(pairs.source)")
      #expect((test.method == .exact) == (pairs.source != "normal approximation"))
    }
  }

  /// Small n with ties and zeros: the probabilities of the definition, not of a normal distribution.
  @Test func tiesAndZerosStayExact() throws {
    #expect(SignedRank([0.8, 0.7, 0.6, 0.5], [0.7, 0.6, 0.5, 0.4])?.probability == 0.125)
    let withZeros = try #require(SignedRank([5, 5, 6, 6, 6], [5, 5, 5, 5, 5]))
    #expect(withZeros.probability == 0.25 && withZeros.count == 3 && withZeros.method == .exact)
    #expect(SignedRank([1], [2])?.probability == 1)
    let same = try #require(SignedRank([1, 2], [1, 2]))
    #expect(same.probability == 1 && same.count == 0 && same.statistic == 0)
    #expect(SignedRank([], []) == nil)
  }

  /// All 2ⁿ choices of signs tried, for differences with many ties and zeros.
  @Test func everyChoiceOfSignsIsCounted() throws {
    var stream = RandomStream(seed: 3)
    for trial in 0..<60 {
      let differences = (0..<(1 + trial % 12)).map { _ in Double(stream.integer(below: 9)) - 4 }
      let test = try #require(SignedRank(differences, differences.map { _ in 0 }))
      let left = differences.filter { $0 != 0 }
      let sizes = left.map(abs)
      let ranks = sizes.map { size in
        Double(sizes.count { $0 < size }) + Double(sizes.count { $0 == size } + 1) / 2
      }
      func smaller(_ signs: [Bool]) -> Double {
        let positive = zip(ranks, signs).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        return min(positive, ranks.reduce(0, +) - positive)
      }
      let observed = smaller(left.map { $0 > 0 })
      let extreme = (0..<(1 << left.count)).count { code in
        smaller(left.indices.map { code >> $0 & 1 == 1 }) <= observed
      }
      #expect(test.statistic == observed)
      #expect(isClose(test.probability, Double(extreme) / Double(1 << left.count), 1e-12), "\(differences)")
    }
  }

  @Test func holmStepsDown() {
    // By hand: 0.01·4, then 0.02·3 = 0.06, 0.03·2 = 0.06, and 0.5·1; the test that could not be made counts for nothing.
    let corrected = holmCorrected([0.03, nil, 0.01, 0.5, 0.02])
    for (found, expected) in zip(corrected, [0.06, nil, 0.04, 0.5, 0.06]) { #expect(isClose(found, expected, 1e-12)) }
    #expect(holmCorrected([0.9, 0.8]) == [1, 1] && holmCorrected([]) == [] && holmCorrected([nil]) == [nil])
    // Equal probabilities, as exact tests of few images often are, get the same correction.
    #expect(holmCorrected([0.125, 0.125, 0.125]) == [0.375, 0.375, 0.375])
  }

  // MARK: Intervals

  @Test func intervalsAgreeWithSciPy() throws {
    #expect(numbers.intervals.contains(where: \.isExact) && !numbers.intervals.allSatisfy(\.isExact))
    for expected in numbers.intervals {
      let found = try #require(Bootstrap.interval(ofMean: expected.values, cases: expected.cases))
      // SciPy's 400,000 draws against our 10,000: a bound is known to a few per cent of the width.
      let tolerance = expected.isExact ? 1e-9 : 0.04 * (expected.high - expected.low)
      #expect(isClose(found.lowerBound, expected.low, tolerance), "\(expected.cases.last ?? "")")
      #expect(isClose(found.upperBound, expected.high, tolerance), "\(expected.cases.last ?? "")")
    }
  }

  /// The interval is of the numbers: neither their order nor the patients' names change a bit of it.
  @Test func theSameNumbersGiveTheSameInterval() throws {
    for expected in numbers.intervals {
      let found = Bootstrap.interval(ofMean: expected.values, cases: expected.cases)
      let reversed = Bootstrap.interval(
        ofMean: expected.values.reversed(), cases: expected.cases.reversed().map { "\($0), again" })
      #expect(found == reversed)
    }
  }

  @Test func intervalsOfFewOrEqualValues() {
    func interval(_ values: [Double?], _ cases: [String?]? = nil) -> ClosedRange<Double>? {
      Bootstrap.interval(ofMean: values, cases: cases ?? values.map { _ in nil })
    }
    #expect(interval([]) == nil && interval([0.5]) == nil && interval([0.5, nil], ["a", "b"]) == nil)
    #expect(interval([0.5, 0.7], ["a", "a"]) == nil)
    // Two patients can be drawn in three ways; the outer two have a quarter each.
    #expect(interval([0.25, 0.75]) == 0.25...0.75)
    // Nothing varies, so nothing is known of how it would.
    #expect(interval([0.5, 0.5, 0.5]) == 0.5...0.5)
    let same = interval([Double?](repeating: 0.1, count: 40))
    #expect(same.map { $0.lowerBound == $0.upperBound && abs($0.lowerBound - 0.1) < 1e-15 } == true)
    #expect(interval([0, 0, 0, 1]).map { $0.lowerBound == 0 && $0.upperBound > 0.25 } == true)
  }

  @Test func bootstrapDrawsPatientsNotImages() throws {
    var stream = RandomStream(seed: 4)
    let values = (0..<40).map { _ in Double(stream.normal()) }
    let alone = try #require(Bootstrap.interval(ofMean: values, cases: values.map { _ in nil }))
    let mean = values.reduce(0, +) / 40
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40).squareRoot()
    // The normal theory's interval is ± 1.96·σ/√n.
    let half = 1.96 * deviation / 40.0.squareRoot()
    #expect(alone.contains(mean) && abs(alone.upperBound - alone.lowerBound - 2 * half) < 0.2 * half)
    // The same numbers eight times over are eight images of each patient: not more certain than one.
    let repeated = (0..<320).map { values[$0 / 8] }
    let clustered = try #require(Bootstrap.interval(ofMean: repeated, cases: (0..<320).map { "\($0 / 8)" }))
    #expect(
      isClose(clustered.lowerBound, alone.lowerBound, 1e-9) && isClose(clustered.upperBound, alone.upperBound, 1e-9))
  }

  /// A spread of 0 would read as certainty.
  @Test func oneValueHasNoDeviation() {
    #expect(meanAndDeviation([]) == nil)
    #expect(meanAndDeviation([3]).map { $0.mean == 3 && $0.deviation == nil } == true)
    #expect(meanAndDeviation([3, 5]).map { $0.mean == 4 && $0.deviation == 1 } == true)
    let report = MetricsReport(rows: [.init(name: "x", confusion: Confusion(truePositives: 1, trueNegatives: 1))])
    #expect(report.summary(of: .dice).mean == 1 && report.summary(of: .dice).standardDeviation == nil)
    #expect(report.json.text(.compact).contains("\"dsc\":{\"mean\":1.0,\"n\":1,\"pooled\":1.0,\"sd\":null"))
  }
}
