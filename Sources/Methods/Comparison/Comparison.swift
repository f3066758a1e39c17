import Angiography
import Base
import Imaging
import Networks
import Tensors

/// Segmenters on the same images: every one is fitted and tested on every split.
package struct Comparison {
  package let segmenters: [any Segmenter]
  /// The place of the one that the others are tested against.
  package let baseline: Int
  package let splits: [Split]
  /// Learnt from by networks, and by `stacked`, in every split, and tested in none.
  package let more: Dataset?
  /// Learnt from without masks, in every split those that have nothing in common with what is tested, by networks whose
  /// discriminator answers for each pixel; as `settings` say.
  package let unlabelled: Dataset?
  package let settings: LearningSettings
  /// Of those whose fits are random.
  package let ensemble: EnsemblePlan
  /// What overlaps and distances of empty masks are worth.
  package let empty: EmptyMasks
  /// The places of those whose maps are averaged as a row of its own; none, or two at least.
  package let averaged: [Int]
  /// What splits, batches and starting weights are drawn from.
  package let stream: RandomStream

  package init(
    of segmenters: [any Segmenter], against baseline: Int, on splits: [Split], more: Dataset?,
    unlabelled: Dataset? = nil, settings: LearningSettings, ensemble: EnsemblePlan, empty: EmptyMasks,
    averaged: [Int] = [],
    stream: RandomStream
  ) {
    precondition(averaged.count != 1, "one alone is no average")
    self.averaged = averaged
    self.segmenters = segmenters
    self.baseline = baseline
    self.splits = splits
    self.more = more
    self.unlabelled = unlabelled
    self.settings = settings
    self.ensemble = ensemble
    self.empty = empty
    self.stream = stream
  }

  /// What it comes to.
  package enum Outcome {
    case ranked(ComparisonResult)
    /// The user has stopped it: what has been learnt so far.
    case stopped(Trainings.State)
  }

  /// - Parameters:
  ///   - earlier: what the same comparison has learnt that was stopped.
  ///   - folder: where states are kept; nil keeps them in memory alone.
  ///   - fitted: told of each segmenter once it has learnt on every split, with the networks of all splits.
  package func run(
    goingOnFrom earlier: Trainings.State?, keptIn folder: Trainings.Folder?, _ surroundings: any Surroundings,
    fitted: (_ segmenter: any Segmenter, _ networks: [TrainedNetwork]) -> Void
  ) throws -> Outcome {
    try checkTerritories()
    let count = segmenters.count(where: \.isRandom) * splits.count * ensemble.count
    let trainings = Trainings(
      drawnFrom: stream.identity, count: count, goingOnFrom: earlier, keptIn: folder, surroundings)
    do {
      try shareOut(trainings)
      var entries = try segmenters.map { try entry(of: $0, in: trainings, fitted) }
      if !averaged.isEmpty { entries.append(try average(of: averaged.map { entries[$0] })) }
      return .ranked(ComparisonResult(entries, baseline: baseline))
    } catch is TrainingStopped {
      return .stopped(trainings.state)
    }
  }

  /// Before hours of training: a network that draws the territory is taught by angiograms that have one.
  private func checkTerritories() throws {
    let data = splits[0].train
    let scale = settings.scale(for: data)
    guard segmenters.contains(where: { $0.architectures(at: scale).contains { $0.labelChannels > 1 } }) else { return }
    let all = splits.flatMap(\.train.samples) + (more?.samples ?? [])
    let missing = Set(all.filter { $0.territory == nil && $0.mask?.pixels.contains(true) == true }.map(\.name))
    guard missing.isEmpty else { throw DatasetError([.withoutTerritory(names: missing.sorted())]) }
  }

  /// Has each rank do some of the trainings, and brings what they have learnt to all.
  private func shareOut(_ trainings: Trainings) throws {
    guard !Ranks.current.isAlone else { return }
    let jobs = segmenters.filter(\.isRandom).flatMap { segmenter in
      splits.indices.flatMap { split in (0..<ensemble.count).map { (segmenter, split, $0) } }
    }
    let costs = jobs.map { segmenter, split, _ in
      let data = splits[split].train
      let scale = settings.scale(for: data)
      let operations = segmenter.architectures(at: scale).map { $0.operationCount(side: scale.side) }
      return operations.reduce(0, +) * Double(data.samples.count + (more?.samples.count ?? 0))
    }
    try trainings.shareOut(jobs.count, costs: costs) { number in
      let (segmenter, split, member) = jobs[number]
      _ = try Ensemble(of: segmenter, ensemble).fit(
        member: member, to: trainingSet(of: splits[split]), fit(of: segmenter, fold: split, in: trainings))
    }
  }

  private func trainingSet(of split: Split) -> TrainingSet {
    TrainingSet(split.train, more: more, unlabelled: unlabelled?.without(whatIsOf: split.test))
  }

  /// How many of the unlabelled angiograms each split leaves out, since they have something in common with what it tests.
  ///
  /// - Throws: `nothing-unlabelled` where that leaves none.
  package func unlabelledLeftOut() throws(DatasetError) -> [Int] {
    guard let unlabelled else { return [] }
    return try splits.map { split throws(DatasetError) in
      let left = unlabelled.without(whatIsOf: split.test).samples.count
      guard left > 0 else { throw DatasetError([.nothingUnlabelled]) }
      return unlabelled.samples.count - left
    }
  }

  /// The streams of a fold are the same for all: the same weights to start from, the same batches.
  private func fit(of segmenter: any Segmenter, fold: Int, in trainings: Trainings) -> Fit {
    Fit(
      Self.name(segmenter.name, fold: fold),
      label: segmenter.title + (splits.count > 1 ? ", fold \(fold + 1)/\(splits.count)" : ""),
      stream: stream.substream("fold \(fold)"), settings: settings, in: trainings)
  }

  private func entry(
    of segmenter: any Segmenter, in trainings: Trainings,
    _ fitted: (_ segmenter: any Segmenter, _ networks: [TrainedNetwork]) -> Void
  ) throws -> ComparisonResult.Entry {
    var maps: [Plane] = []
    var fits: [any FittedSegmenter] = []
    for (index, split) in splits.enumerated() {
      let fit = fit(of: segmenter, fold: index, in: trainings)
      let learner = segmenter.isRandom ? Ensemble(of: segmenter, ensemble) : segmenter
      let found = try learner.fit(to: trainingSet(of: split), fit)
      maps += try found.sharedMaps(of: split.test)
      fits.append(found)
    }
    fitted(segmenter, fits.flatMap(\.networks))
    return try ComparisonResult.Entry(
      Predictions(method: segmenter.title, samples: splits.flatMap(\.test.samples), maps: maps), fits, empty: empty)
  }

  /// The mean of what some say, as log-odds: each about its own level, where a mark begins.
  private func average(of entries: [ComparisonResult.Entry]) throws -> ComparisonResult.Entry {
    let fits = splits.indices.map { split in FittedAverage(entries.map { $0.fits[split] }) }
    let maps = entries[0].predictions.maps.indices.map { place in
      FittedAverage.average(of: entries.map { $0.predictions.maps[place] })
    }
    let title = "average of " + entries.map(\.title).joined(separator: ", ")
    return try ComparisonResult.Entry(
      Predictions(method: title, samples: entries[0].predictions.samples, maps: maps), fits, empty: empty)
  }

  /// The name of a segmenter's fit to a split: `unet-fold1`.
  private static func name(_ segmenter: String, fold: Int) -> String { "\(segmenter)-fold\(fold + 1)" }

  /// The names of the first training of each segmenter that trains.
  package static func firstTrainings(of segmenters: [any Segmenter]) -> [String] {
    segmenters.filter(\.isRandom).map { Ensemble.name(name($0.name, fold: 0), member: 0) }
  }
}

extension Comparison {
  /// Angiograms with masks to learn from, and others to be tested on.
  package struct Split: Sendable {
    package let train: Dataset
    package let test: Dataset

    package init(train: Dataset, test: Dataset) {
      self.train = train
      self.test = test
    }
  }

  /// The splits of a cross-validation, and what is doubtful about them.
  ///
  /// - Throws: `DatasetError`, as `Dataset.folds`.
  package static func folds(
    _ count: Int, of data: Dataset, by unit: SplitUnit, stream: RandomStream
  ) throws -> (splits: [Split], warnings: [String]) {
    var generator = stream.substream("folds").generator
    let folds = try data.folds(count, by: unit, using: &generator)
    return (folds.map { Split(train: $0.train, test: $0.test) }, folds.flatMap(\.warnings))
  }
}
