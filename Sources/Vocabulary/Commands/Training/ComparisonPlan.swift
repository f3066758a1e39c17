import Angiography
import Language
import Methods

/// What `compare` is to do.
struct ComparisonPlan {
  let segmenters: [any Segmenter]
  /// The place of the one that the others are tested against.
  let baseline: Int
  let data: Dataset
  let testing: TestProtocol
  /// How often it is all done.
  let repeats: Int
  /// What folds keep together, and what an ensemble's members leave out.
  let unit: SplitUnit
  /// Learnt from in every fold, and tested in none.
  let more: Dataset?
  /// Learnt from without masks, in every fold those that have nothing in common with what it tests.
  let unlabelled: Dataset?
  let settings: LearningSettings
  let ensemble: EnsemblePlan
  let empty: EmptyMasks
  /// The places of those whose maps are averaged too.
  let averaged: [Int]
  /// The folder that keeps states.
  let checkpoint: String?
  /// What an earlier call has learnt that was stopped.
  let stopped: Trainings.State?
  let seed: UInt64?

  /// How images to be tested on are told from those to learn from.
  enum TestProtocol {
    case test(Dataset)
    case folds(Int)
  }
}

extension ComparisonPlan {
  init(of segmenters: [any Segmenter], against baseline: Int, on data: Dataset, _ arguments: Arguments) {
    let tries = arguments.integer("tune")
    // Fits to other folds, and with other parameters, see the same angiograms.
    let known = StackedImages()
    let search = ParameterSearch(tries: max(1, tries))
    self.segmenters = segmenters.map { segmenter in
      if let variant = segmenter as? SegmenterVariant { return variant.sharing(known) }
      guard let tunable = (segmenter as? any TunableSegmenter)?.sharing(known) else { return segmenter }
      return tries == 0 ? tunable : TunedSegmenter(tunable, by: search)
    }
    self.baseline = baseline
    self.data = data
    let test = arguments.object("test", as: DatasetValue.self)?.dataset
    testing = test.map { .test($0.seen(as: data)) } ?? .folds(arguments.integer("folds"))
    repeats = arguments.integer("repeats")
    unit = SplitUnit(rawValue: arguments.text("by")) ?? (data.hasCases ? .byCase : .image)
    more = arguments.object("also", as: DatasetValue.self)?.dataset
    unlabelled = arguments.object(TrainingParameters.unlabelledName, as: DatasetValue.self)?.dataset
    settings = TrainingParameters.settings(from: arguments)
    ensemble = EnsemblePlan(
      count: arguments.integer("ensemble"), holdOut: arguments.choice("hold-out"), unit: unit,
      preparation: MapOptions.preparation(of: arguments), augmentsTests: MapOptions.areTurned(in: arguments))
    empty = arguments.choice("empty-masks")
    averaged = arguments.averaged.compactMap { name in segmenters.firstIndex { $0.name == name } }
    checkpoint = arguments.isNone("checkpoint") ? nil : arguments.text("checkpoint")
    stopped = arguments.object(TrainingParameters.resumeName, as: ComparisonValue.self)?.state
    seed = Randomness.seed(of: arguments)
  }

  /// What is tested on, as networks see it.
  var tested: Dataset { if case .test(let test) = testing { test } else { data } }
}

extension Dataset {
  /// At the size that what is learnt from has, where it has none of its own.
  fileprivate func seen(as training: Dataset) -> Dataset {
    var seen = self
    seen.workingSize = workingSize ?? training.squareSide
    return seen
  }
}
