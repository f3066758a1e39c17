import Angiography
import Base
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

  /// - Parameters:
  ///   - known: what trials on the same angiograms have come to before, where there were any.
  ///   - progress: told after every trial; what it throws stops the tuning.
  /// - Throws: `MethodError.nothingToTuneOn`.
  package init(
    of segmenter: any TunableSegmenter, on training: TrainingSet, by search: ParameterSearch, stream: RandomStream,
    known: TrialScores = TrialScores(), progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws {
    let marked = MarkedCases(training.dataset)
    guard !marked.cases.isEmpty else { throw MethodError.nothingToTuneOn }
    let settings = search.settings(of: segmenter.parameters, stream: stream.substream("settings"))
    let ranks = Ranks.current
    let countAtWork = ranks.countAtWork
    var done = 0
    let scores = try ranks.sharedOut(settings.count) { number in
      let scores = try known.scores(of: segmenter, with: settings[number], on: marked)
      done += 1
      try progress(min(done * countAtWork, settings.count), settings.count)
      return scores
    }
    let trials = zip(settings, scores).map { Trial(values: $0, scores: $1) }
    for trial in trials { known.note(trial, of: segmenter, on: marked) }
    self.init(segmenter, trials)
  }

  package init(_ segmenter: any TunableSegmenter, _ trials: [Trial]) {
    precondition(!trials.isEmpty, "something was tried")
    self.segmenter = segmenter
    self.trials = trials
    best = trials.dropFirst().reduce(trials[0]) { $1.mean > $0.mean ? $1 : $0 }
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
