import Angiography
import Base
import Imaging
import Networks
import Tensors

/// One training: on which data, with which random numbers, told to whom.
package struct TrainingJob {
  let dataset: Dataset
  /// Learnt from without masks, prepared as `dataset` is; nil where nothing is.
  let unlabelled: Dataset?
  /// Images a step.
  let batch: Int
  let stream: RandomStream
  let surroundings: any Surroundings
  /// What a state is said to be drawn from: `stream`, or the one that it came from.
  let origin: RandomStream.Identity
  /// Before the epochs in progress lines; empty for none.
  let label: String
  /// Whether a network that is stopped is handed over, to predict with.
  var handsOver = true

  /// - Parameter unlabelled: angiograms to be learnt from without masks, as the options say then; their size, augmentation and
  ///   features become those of `dataset`.
  package init(
    dataset: Dataset, unlabelled: Dataset? = nil, batch: Int, stream: RandomStream, surroundings: any Surroundings,
    origin: RandomStream.Identity? = nil, label: String = ""
  ) {
    self.dataset = dataset
    self.unlabelled = unlabelled.map { dataset.with($0.samples) }
    self.batch = batch
    self.stream = stream
    self.surroundings = surroundings
    self.origin = origin ?? stream.identity
    self.label = label
  }

  /// - Parameters:
  ///   - held: angiograms with masks on which the DSC is measured after every epoch.
  ///   - file: where the state is kept; nil keeps none.
  ///   - start: where to go on from.
  ///   - stopped: the network that was stopped there, where it is at hand.
  package func train(
    _ generator: Model, against discriminator: Model?, validatedOn held: Dataset?, options: TrainingOptions,
    keptIn file: StateFile? = nil, from start: Checkpoint? = nil, stopped: TrainedNetwork? = nil
  ) throws -> TrainingResult {
    let batches = try TrainingBatches(
      dataset, batch: batch, withTerritory: generator.architecture.labelChannels > 1,
      stream: stream.substream("batches"))
    let more = try unlabelled.map { unlabelled in
      try UnlabelledBatches(
        unlabelled, batch: batch, height: batches.height, width: batches.width,
        stream: stream.substream("unlabelled"))
    }
    var validation = held
    validation?.features = dataset.features
    let networks = [generator] + (discriminator.map { [$0] } ?? [])
    let subject = subject(
      generator, discriminator, decidedOn: options.isDecidedByValidation ? validation : nil, from: start, stopped)
    var start = start
    try start?.check(subject: subject, options: options, networks: networks)
    let file = file?.file(of: subject)
    if start == nil, case .automatic(let name)? = file {
      start = Checkpoint(automatic: name, of: subject, options, networks: networks, surroundings)
    }
    if let start { sayWhere(start, file) }
    let keeper = try file.map { try StateKeeper($0, of: subject, options, from: start, surroundings) }
    let forecast = TrainingForecast(
      of: generator.architecture, against: discriminator?.architecture, on: batches, unlabelled: more,
      validatedOn: validation?.samples.count ?? 0, options)
    let clock = TrainingClock(label: label, forecast: forecast)
    let done = start.map { $0.history.count * batches.batchesPerEpoch + $0.stepsBegun } ?? 0
    if let beginning = clock.beginning(afterSteps: done) {
      tellForecast(beginning.secondsLeft, steps: beginning.total - beginning.done)
      surroundings.report(beginning)
    }
    try checkThatRanksAgree(on: subject)
    let exchange = ExchangeTally(Ranks.current, batch: min(batch, batches.imageCount))
    return try Networks.train(
      generator, against: discriminator, on: batches, unlabelled: more,
      validate: validation.map(Model.validation), options: options,
      checkpoints: Checkpoints(
        subject: subject, stream: origin, start: start, keep: keeper.map { $0.keep }),
      report: {
        tellExchange(exchange)
        report(clock.progress($0), by: clock)
      }, watch: watch(clock))
  }

  private func report(_ progress: FittingProgress, by clock: TrainingClock) {
    surroundings.report(progress)
    if let seconds = clock.correction(at: progress) {
      tellForecast(seconds, steps: progress.total - progress.done, isMeasured: true)
    }
  }

  private func tellForecast(_ seconds: Double?, steps: Int, isMeasured: Bool = false) {
    guard let seconds else { return }
    surroundings.tell(.forecast(label: label, seconds: seconds, steps: steps, isMeasured: isMeasured))
  }

  /// Ranks that share batches learn from the same: a folder of other images on one machine would be mixed in without a word.
  private func checkThatRanksAgree(on subject: TrainingSubject) throws {
    let ranks = Ranks.current
    guard ranks.countAtWork > 1 else { return }
    let digests = try ranks.gathered(subject.digest)
    if let rank = digests.firstIndex(where: { $0 != digests[0] }) {
      throw SharedFailure(
        "ranks-differ", "rank \(rank) learns from other images, masks or networks than rank 0",
        hint: "data is to be where every machine sees it")
    }
  }

  private func tellExchange(_ tally: ExchangeTally) {
    guard let bytes = tally.ofFirstStep() else { return }
    surroundings.tell(.sharing(label: label, ranks: tally.sharing, of: tally.ranks.count, bytes: bytes))
  }

  private func watch(_ clock: TrainingClock) -> TrainingWatch {
    TrainingWatch(
      isCancelled: { [surroundings] in surroundings.isCancelled },
      isHurried: { [surroundings, handsOver] in handsOver ? surroundings.isHurried : surroundings.isCancelled },
      reportStatistics: { [surroundings] in surroundings.report(clock.progress(ofStatistics: $0, of: $1)) },
      pausedSeconds: { [surroundings] in surroundings.pausedSeconds })
  }

  /// Says where a training goes on: as output where the program asked for that, and it is no one of many, which may be done in
  /// any order.
  private func sayWhere(_ start: Checkpoint, _ file: StateFile?) {
    let isNamed = if case .named? = file { true } else { file == nil }
    let isAsked = handsOver && isNamed
    surroundings.tell(
      .goingOn(
        label: label, epochs: start.history.count, isWithinEpoch: start.stepsBegun > 0, isAsked: isAsked))
  }
}

/// What a rank sends to those that it shares batches with.
private final class ExchangeTally {
  let ranks: Ranks
  /// Those that have images of their own.
  let sharing: Int
  private let before: Int
  private var isTold = false

  init(_ ranks: Ranks, batch: Int) {
    self.ranks = ranks
    sharing = min(ranks.countAtWork, batch)
    before = ranks.link.bytesSent
  }

  /// The bytes of the first step, when it is asked for the first time; `nil` from then on, and where there is nothing to share.
  func ofFirstStep() -> Int? {
    guard !isTold, sharing > 1 else { return nil }
    isTold = true
    return ranks.link.bytesSent - before
  }
}
