import Angiography
import Imaging
import Tensors

/// A segmenter whose parameters can be chosen by what they come to on angiograms with masks.
package protocol TunableSegmenter: Segmenter {
  var parameters: [MethodParameter] { get }
  /// The paper that it is of; empty where it is of none.
  var source: String { get }
  /// What that paper says, and what fills the rest, a line a step.
  var algorithm: String { get }
  /// Whether a fit depends on masks beyond its parameters: then what it comes to is measured on others.
  var learnsFromMasks: Bool { get }
  /// The names and the forms of its stages, in their order.
  var stageForms: [(name: String, form: MethodStage.Form)] { get }
  /// Why these values can't stand together, with the parameter that is at fault; `nil` where they can.
  func conflict(in settings: MethodSettings) -> (parameter: String, message: String)?
  /// What it makes of an angiogram on the way to a map of probabilities, which is the last stage.
  ///
  /// - Parameter training: what a segmenter that learns is taught by.
  func stages(of sample: Sample, with values: [Double], taughtBy training: TrainingSet?) throws -> [MethodStage]
  /// The same, whose fits share what they make of angiograms whatever they learn.
  func sharing(_ known: StackedImages) -> any TunableSegmenter
  /// The segmenter with these parameters, taught by a training set where it learns.
  ///
  /// - Parameter values: in the order of the parameters.
  func fitted(with values: [Double], to training: TrainingSet) throws -> any FittedSegmenter
  /// The probability maps of angiograms with masks, each by a fit that has learnt nothing from the masks of its part.
  ///
  /// - Parameter parts: by sample, the number of the part that it is in.
  /// - Throws: `MethodError.nothingToTuneOn` where one that learns has too little to learn from.
  func heldOutMaps(of dataset: Dataset, parts: [Int], with values: [Double]) throws -> [Plane]
}

extension TunableSegmenter {
  package var learnsFromMasks: Bool { false }
  package func sharing(_ known: StackedImages) -> any TunableSegmenter { self }
  package func conflict(in settings: MethodSettings) -> (parameter: String, message: String)? { nil }

  /// The values that nobody has tuned.
  package var initialValues: [Double] { parameters.map { $0.initial ?? 0 } }
}

/// A segmenter whose fit chooses its parameters first, on its training set alone.
package struct TunedSegmenter: Segmenter {
  package let segmenter: any TunableSegmenter
  package let search: ParameterSearch
  /// Of all the fits to parts of one dataset.
  private let known = TrialScores()

  package init(_ segmenter: any TunableSegmenter, by search: ParameterSearch) {
    (self.segmenter, self.search) = (segmenter, search)
  }

  package var name: String { segmenter.name }
  package var title: String { segmenter.title }

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    // Of the seed alone, so that all folds try the same.
    let stream = RandomStream(seed: fit.stream.identity.seed, path: ["tuning", name])
    let tuning = try Tuning(of: segmenter, on: training, by: search, stream: stream, known: known) { done, total in
      try fit.trainings.note("\(fit.label), tuning", done: done, of: total)
    }
    return try segmenter.fitted(with: tuning.best.values, to: training)
  }
}
