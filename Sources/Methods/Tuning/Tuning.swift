import Angiography
import Imaging
import Tensors

/// Parameters chosen on angiograms with masks: the setting with the highest mean DSC, over cases, and what the others came to.
package struct Tuning: Sendable {
  /// A setting that was tried.
  package struct Trial: Sendable, Codable {
    /// In the order of the segmenter's parameters.
    package let values: [Double]
    /// The mean DSC of each case's images, by case.
    package let scores: [Double]

    package var mean: Double { scores.reduce(0, +) / Double(max(1, scores.count)) }
  }

  package let segmenter: any TunableSegmenter
  /// In the order in which they were tried.
  package let trials: [Trial]
  /// The first of the best.
  package let best: Trial

  /// Trials nearer to the best than this, in DSC, are as good in practice.
  package static let tolerance = 0.01

  /// - Parameter progress: told after every trial; what it throws stops the tuning.
  /// - Throws: `MethodError.nothingToTuneOn`.
  package init(
    of segmenter: any TunableSegmenter, on training: TrainingSet, by search: ParameterSearch, stream: RandomStream,
    progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws {
    let cases = Self.cases(of: training.dataset)
    guard !cases.isEmpty else { throw MethodError.nothingToTuneOn }
    let settings = search.settings(of: segmenter.parameters, stream: stream.substream("settings"))
    var trials: [Trial] = []
    for values in settings {
      trials.append(Trial(values: values, scores: try Self.scores(of: segmenter, values, on: cases)))
      try progress(trials.count, settings.count)
    }
    self.init(segmenter, trials)
  }

  package init(_ segmenter: any TunableSegmenter, _ trials: [Trial]) {
    precondition(!trials.isEmpty, "something was tried")
    self.segmenter = segmenter
    self.trials = trials
    best = trials.dropFirst().reduce(trials[0]) { $1.mean > $0.mean ? $1 : $0 }
  }

  /// Angiograms with masks, kept together by case.
  private static func cases(of dataset: Dataset) -> [Dataset] {
    let samples = dataset.samples
    return imagesByPatient(samples.map(\.facts.caseName)) { samples[$0].mask != nil }.map { places in
      Dataset(
        name: dataset.name, samples: places.map { samples[$0] }, workingSize: dataset.workingSize,
        features: dataset.features)
    }
  }

  /// Of one that learns, each case by a fit to the other parts of at most five.
  private static func scores(
    of segmenter: any TunableSegmenter, _ values: [Double], on cases: [Dataset]
  ) throws -> [Double] {
    guard segmenter.learnsFromMasks else {
      let fitted = try segmenter.fitted(with: values, to: TrainingSet(cases[0]))
      return try cases.map { try score(of: fitted, on: $0) }
    }
    let parts = min(5, cases.count)
    guard parts > 1 else { throw MethodError.nothingToTuneOn }
    var scores = [Double](repeating: 0, count: cases.count)
    for part in 0..<parts {
      let others = cases.indices.filter { $0 % parts != part }.flatMap { cases[$0].samples }
      let training = Dataset(
        name: "others", samples: others, workingSize: cases[0].workingSize, features: cases[0].features)
      let fitted = try segmenter.fitted(with: values, to: TrainingSet(training))
      for place in cases.indices where place % parts == part { scores[place] = try score(of: fitted, on: cases[place]) }
    }
    return scores
  }

  private static func score(of fitted: any FittedSegmenter, on dataset: Dataset) throws -> Double {
    let masks = try fitted.probabilityMaps(of: dataset).map { Mask($0, atLeast: Float(Predictions.threshold)) }
    let report = try MetricsReport(predictions: masks, samples: dataset.samples)
    return report.summary(of: .dice).mean ?? 0
  }
}

extension Tuning {
  /// Trials that are as good as the best in practice.
  package var good: [Trial] { trials.filter { $0.mean >= best.mean - Self.tolerance } }

  /// By parameter that was changed at all: the least and the largest value among the good trials.
  package var flatness: [(parameter: MethodParameter, range: ClosedRange<Double>, tried: ClosedRange<Double>)] {
    segmenter.parameters.indices.compactMap { place in
      let tried = trials.map { $0.values[place] }
      let good = good.map { $0.values[place] }
      guard let low = tried.min(), let high = tried.max(), low < high, let least = good.min(), let most = good.max()
      else { return nil }
      return (segmenter.parameters[place], least...most, low...high)
    }
  }
}
