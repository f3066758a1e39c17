import Angiography
import Base
import Imaging
import Networks
import Tensors

/// Segmenters on the same images: every one is fitted and tested on every split.
package struct Comparison: Sendable {
  package let segmenters: [any Segmenter]
  /// The place of the one that the others are tested against.
  package let baseline: Int
  package let splits: [Split]
  /// How often all images are tested: so many parts of `splits` have the same test images each.
  package let repeats: Int
  /// Learnt from by networks, and by `stacked`, in every split, and tested in none.
  package let more: Dataset?
  /// Learnt from without masks, in every split those that have nothing in common with what is tested, by networks whose
  /// discriminator answers for each pixel; as `settings` say.
  package let unlabelled: Dataset?
  /// Those of each split; none where there are none at all.
  private let unlabelledOfSplit: [Dataset?]
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
    of segmenters: [any Segmenter], against baseline: Int, on splits: [Split], repeats: Int = 1, more: Dataset?,
    unlabelled: Dataset? = nil, settings: LearningSettings, ensemble: EnsemblePlan, empty: EmptyMasks,
    averaged: [Int] = [],
    stream: RandomStream
  ) {
    precondition(averaged.count != 1, "one alone is no average")
    self.averaged = averaged
    self.segmenters = segmenters
    self.baseline = baseline
    precondition(repeats > 0 && splits.count.isMultiple(of: repeats), "each repeat has as many splits")
    (self.splits, self.repeats) = (splits, repeats)
    self.more = more
    self.unlabelled = unlabelled
    unlabelledOfSplit = splits.map { unlabelled?.without(whatIsOf: $0.test) }
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
    try checkStart()
    let count = segmenters.count(where: \.isRandom) * splits.count * ensemble.count
    let trainings = Trainings(
      drawnFrom: stream.identity, count: count, goingOnFrom: earlier, keptIn: folder, surroundings)
    do {
      try shareOut(trainings)
      let all = try segmenters.indices.map { place in
        try learnt(by: segmenters[place], keepingUnseen: averaged.contains(place), in: trainings, fitted)
      }
      var entries = try all.map { try entry(of: $0) }
      if !averaged.isEmpty { entries.append(try entry(of: average(of: averaged.map { all[$0] }))) }
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
    let missing = Set(all.filter(\.lacksTerritory).map(\.name))
    guard missing.isEmpty else { throw DatasetError([.withoutTerritory(names: missing.sorted())]) }
  }

  /// Before that, too: a network can start with another's weights where it is the same network.
  private func checkStart() throws(MethodError) {
    guard let start = settings.start else { return }
    let scale = settings.scale(for: splits[0].train)
    let isOfTheseFeatures = start.features == splits[0].train.features
    for case let system as LearnedSystem in segmenters
    where !isOfTheseFeatures || !system.generatorIs(like: start.model, at: scale) {
      throw .unlikeStart(system: system.name)
    }
  }

  /// Does the trainings, if that is faster than one after another.
  private func shareOut(_ trainings: Trainings) throws {
    struct Job {
      let segmenter: any Segmenter
      let split, member: Int
      let cost: Double
      let bytes: Int
    }
    let jobs = segmenters.filter(\.isRandom).flatMap { segmenter in
      splits.indices.flatMap { split -> [Job] in
        let data = splits[split].train
        let scale = settings.scale(for: data)
        let networks = segmenter.architectures(at: scale)
        let images = settings.batch * (unlabelled == nil ? 1 : 2)
        let bytes = networks.reduce(0) { $0 + $1.trainingBytes(side: scale.side, batch: images) }
        let operations = networks.reduce(0) { $0 + $1.operationCount(side: scale.side) }
        let cost = operations * Double(data.samples.count + (more?.samples.count ?? 0))
        return (0..<ensemble.count).map {
          Job(segmenter: segmenter, split: split, member: $0, cost: cost, bytes: bytes)
        }
      }
    }
    let names = jobs.map { Ensemble.name(Self.name($0.segmenter.name, fold: $0.split), member: $0.member) }
    try trainings.shareOut(names, costs: jobs.map(\.cost), bytes: jobs.map(\.bytes).max() ?? 0) { number, trainings in
      let job = jobs[number]
      _ = try Ensemble(of: job.segmenter, ensemble).fit(
        member: job.member, to: trainingSet(ofSplit: job.split),
        fit(of: job.segmenter, fold: job.split, in: trainings))
    }
  }

  private func trainingSet(ofSplit place: Int) -> TrainingSet {
    TrainingSet(splits[place].train, more: more, unlabelled: unlabelledOfSplit[place])
  }

  /// How many of the unlabelled angiograms each split leaves out, since they have something in common with what it tests.
  ///
  /// - Throws: `nothing-unlabelled` where that leaves none.
  package func unlabelledLeftOut() throws(DatasetError) -> [Int] {
    guard let unlabelled else { return [] }
    return try unlabelledOfSplit.map { left throws(DatasetError) in
      guard let left, !left.samples.isEmpty else { throw DatasetError([.nothingUnlabelled]) }
      return unlabelled.samples.count - left.samples.count
    }
  }

  /// The streams of a fold are the same for all: the same weights to start from, the same batches.
  private func fit(of segmenter: any Segmenter, fold: Int, in trainings: Trainings) -> Fit {
    Fit(
      Self.name(segmenter.name, fold: fold),
      label: segmenter.title + (splits.count > 1 ? ", fold \(fold + 1)/\(splits.count)" : ""),
      stream: stream.substream("fold \(fold)"), settings: settings, in: trainings)
  }

  /// What a segmenter has learnt, and what it says of the test images, by split.
  private struct Learnt {
    let title: String
    var fits: [any FittedSegmenter] = []
    var maps: [[Plane]] = []
  }

  private func learnt(
    by segmenter: any Segmenter, keepingUnseen: Bool, in trainings: Trainings,
    _ fitted: (_ segmenter: any Segmenter, _ networks: [TrainedNetwork]) -> Void
  ) throws -> Learnt {
    var learnt = Learnt(title: segmenter.title)
    for (index, split) in splits.enumerated() {
      let fit = fit(of: segmenter, fold: index, in: trainings)
      let learner = segmenter.isRandom ? Ensemble(of: segmenter, ensemble) : segmenter
      let found = try learner.fit(to: trainingSet(ofSplit: index), fit)
      learnt.maps.append(try found.sharedMaps(of: split.test))
      learnt.fits.append(keepingUnseen ? found : found.withoutUnseen)
    }
    fitted(segmenter, learnt.fits.flatMap(\.networks))
    return learnt
  }

  /// All repeats' predictions, each in the order of the first.
  private func entry(of learnt: Learnt) throws -> ComparisonResult.Entry {
    let count = splits.count / repeats
    let order = splits.prefix(count).flatMap(\.test.samples).map(\.name)
    let runs = (0..<repeats).map { run -> Predictions in
      let part = run * count..<(run + 1) * count
      let samples = part.flatMap { splits[$0].test.samples }
      let maps = part.flatMap { learnt.maps[$0] }
      let places = Dictionary(samples.indices.map { (samples[$0].name, $0) }) { first, _ in first }
      let sorted = run == 0 ? Array(samples.indices) : order.compactMap { places[$0] }
      return Predictions(method: learnt.title, samples: sorted.map { samples[$0] }, maps: sorted.map { maps[$0] })
    }
    return try ComparisonResult.Entry(runs, learnt.fits.map(\.withoutUnseen), empty: empty)
  }

  /// The mean of what some say, as log-odds: each about its own level, where a mark begins.
  private func average(of parts: [Learnt]) -> Learnt {
    let fits = splits.indices.map { split in FittedAverage(parts.map { $0.fits[split] }) }
    return Learnt(
      title: "average of " + parts.map(\.title).joined(separator: ", "), fits: fits,
      maps: splits.indices.map { split in
        splits[split].test.samples.indices.map { place in
          fits[split].average(of: parts.map { $0.maps[split][place] })
        }
      })
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
  /// - Parameter repeats: how often it is done, each time with the patients dealt out anew.
  /// - Throws: `DatasetError`, as `Dataset.folds`.
  package static func folds(
    _ count: Int, of data: Dataset, by unit: SplitUnit, repeats: Int = 1, stream: RandomStream
  ) throws -> (splits: [Split], warnings: [String]) {
    let folds = try (0..<repeats).flatMap { run in
      var generator = stream.substream(run == 0 ? "folds" : "folds, repeat \(run + 1)").generator
      return try data.folds(count, by: unit, using: &generator)
    }
    var warnings: [String] = []
    for warning in folds.flatMap(\.warnings) where !warnings.contains(warning) { warnings.append(warning) }
    return (folds.map { Split(train: $0.train, test: $0.test) }, warnings)
  }
}
