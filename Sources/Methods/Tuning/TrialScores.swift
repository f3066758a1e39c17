import Angiography
import Imaging
import Synchronization

/// What settings of one segmenter have come to on cases: folds of the same angiograms try the same settings, and a segmenter that
/// does not learn comes to the same on a case in all of them.
package final class TrialScores: Sendable {
  private struct Key: Hashable {
    let values: [Double]
    /// Of the case's samples.
    let names: [String]
  }

  private let known = Mutex<[Key: Double]>([:])

  package init() {}

  /// The mean DSC of each case's images.
  func scores(
    of segmenter: any TunableSegmenter, with values: [Double], on marked: MarkedCases
  ) throws -> [Double] {
    let keys = keys(of: values, on: marked)
    let found = segmenter.learnsFromMasks ? [:] : known.withLock { $0 }
    let missing = keys.indices.filter { found[keys[$0]] == nil }
    let scores = try marked.scores(of: segmenter, with: values, onCases: missing)
    let fresh = Dictionary(zip(missing.map { keys[$0] }, scores)) { first, _ in first }
    return keys.map { fresh[$0] ?? found[$0] ?? 0 }
  }

  /// Notes what a trial has come to, wherever it was made.
  func note(_ trial: Tuning.Trial, of segmenter: any TunableSegmenter, on marked: MarkedCases) {
    guard !segmenter.learnsFromMasks else { return }
    let fresh = Dictionary(zip(keys(of: trial.values, on: marked), trial.scores)) { first, _ in first }
    known.withLock { $0.merge(fresh) { first, _ in first } }
  }

  private func keys(of values: [Double], on marked: MarkedCases) -> [Key] {
    marked.cases.map { places in Key(values: values, names: places.map { marked.samples[$0].name }) }
  }
}

/// The angiograms with masks of a dataset, kept together by case.
struct MarkedCases {
  let samples: [Sample]
  /// The places of each case's samples.
  let cases: [[Int]]
  private let whole: Dataset

  /// One that learns is measured on each of at most so many parts of the cases by a fit to the others.
  private static let mostParts = 5

  init(_ whole: Dataset) {
    self.whole = whole
    samples = whole.samples.filter { $0.mask != nil }
    cases = imagesByPatient(samples.map(\.facts.caseName)) { _ in true }
  }

  /// The mean DSC of the images of some cases.
  fileprivate func scores(
    of segmenter: any TunableSegmenter, with values: [Double], onCases numbers: [Int]
  ) throws -> [Double] {
    guard !numbers.isEmpty else { return [] }
    let places = numbers.flatMap { cases[$0] }
    let dataset = Dataset(
      name: whole.name, samples: places.map { samples[$0] }, workingSize: whole.workingSize, features: whole.features)
    let parts = numbers.flatMap { number in cases[number].map { _ in number % min(Self.mostParts, cases.count) } }
    var maps = try segmenter.heldOutMaps(of: dataset, parts: parts, with: values)[...]
    return try numbers.map { number in
      let own = cases[number].map { samples[$0] }
      let masks = maps.prefix(own.count).map { Mask($0, atLeast: Float(Predictions.threshold)) }
      maps = maps.dropFirst(own.count)
      return try MetricsReport(predictions: masks, samples: own).summary(of: .dice).mean ?? 0
    }
  }
}
