import Foundation

/// What SciPy, scikit-learn, statsmodels, pingouin and SimpleITK make of the same numbers; written by
/// Fixtures/make_agreement.py.
struct AgreementFixtures: Decodable {
  struct Distributions: Decodable {
    /// Probability or parameters, then the value.
    let f, t, nct, beta: [[Double]]
  }
  struct Kappa: Decodable {
    let kind, weights: String
    let counts: [[Int]]
    let value, error, low, high: Double
  }
  struct Correlation: Decodable {
    let table: [[Double]]
    let value, low, high: Double
  }
  struct Limits: Decodable {
    let first, second: [Double]
    let bias, deviation, lower, upper, biasLow, biasHigh, upperLow, upperHigh: Double
  }
  struct Consensus: Decodable {
    let side: Int
    let masks: [[Int]]
    let truth: [Int]
    let sensitivities, specificities, consensus: [Double]
  }
  struct Calibration: Decodable {
    struct Errors: Decodable {
      let binning: String
      let bins: Int
      let expected, maximum: Double
      let sizes: [Int]
    }
    let kind: String
    let probabilities: [Float]
    let truth: [Int]
    let brier, temperature: Double
    let errors: [Errors]
    let isotonicOfPixels, isotonicOfGrid: [Double]
  }
  let distributions: Distributions
  let kappas: [Kappa]
  let correlations: [Correlation]
  let limits: [Limits]
  let consensus: [Consensus]
  let calibrations: [Calibration]

  static let shared = Result {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let bytes = try Foundation.Data(contentsOf: folder.appendingPathComponent("Fixtures/agreement.json"))
    return try JSONDecoder().decode(AgreementFixtures.self, from: bytes)
  }
}

/// The largest error that a test has met, for its message.
struct WorstError {
  private(set) var value = 0.0
  mutating func add(_ found: Double, _ expected: Double, relative: Bool = false) {
    let error = abs(found - expected) / (relative ? max(abs(expected), .leastNormalMagnitude) : 1)
    value = error.isNaN ? .infinity : max(value, error)
  }
}
