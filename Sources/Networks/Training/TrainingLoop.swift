import Tensors

/// The loop under every system: epochs, batches, records, validation, checkpoints, which weights are kept.
struct TrainingLoop {
  let source: any BatchSource
  let unlabelled: (any UnlabelledSource)?
  let validate: (@Sendable (Model) throws -> Double)?
  let options: TrainingOptions
  let checkpoints: Checkpoints?
  let report: (TrainingProgress) -> Void
  let watch: TrainingWatch

  func run<Step: TrainingStep>(_ step: Step) throws(TrainingError) -> TrainingResult {
    try check()
    var step = step
    var history: [EpochRecord] = []
    var best: BestWeights?
    if let start = checkpoints?.start {
      try start.check(
        subject: checkpoints?.subject ?? [:], options: options, networks: step.learners.map(\.model))
      guard start.stepsBegun <= source.batchesPerEpoch else {
        throw .checkpointDiffers(
          "it had done \(start.stepsBegun) steps of an epoch, which has \(source.batchesPerEpoch)")
      }
      step.restore(start.learners)
      (history, best) = (start.history, start.best)
    }
    var begun = checkpoints?.start?.begun
    var interrupted: Checkpoint?
    var hasLearnt = false
    var clock = WorkClock(paused: watch.pausedSeconds)
    while history.count < options.epochs, !hasWaitedEnough(history, best) {
      var tally = begun ?? EpochTally(epoch: history.count + 1)
      begun = nil
      let stepsBefore = tally.steps
      let isWhole = try learnEpoch(by: &step, &tally, &clock)
      hasLearnt = hasLearnt || tally.steps > stepsBefore
      guard isWhole, let (candidate, dice) = try measure(step.generator) else {
        let state = checkpoint(of: step, history, begun: tally.steps > 0 ? tally : nil, best)
        interrupted = state
        // A training that did nothing leaves the file of another alone.
        if hasLearnt { try keep(state, .stop) }
        if tally.steps > 0 { history.append(tally.record()) }
        break
      }
      let ending = clock.lap()
      tally.add(seconds: ending)
      // No copy of a history that may be long.
      history.append(tally.record(validationDice: dice))
      history[history.count - 1].discriminatorHealth = .state(after: history, options.adversarial)
      let record = history[history.count - 1]
      if let dice, dice > (best?.dice ?? -.infinity) {
        best = BestWeights(epoch: record.epoch, dice: dice, generator: candidate, discriminator: step.discriminator)
      }
      let isLast = history.count >= options.epochs || hasWaitedEnough(history, best)
      try keep(checkpoint(of: step, history, begun: nil, best), isLast ? .end : .epoch)
      if let last = tally.last { report(progress(in: tally, last, seconds: ending, finished: record)) }
    }
    let kept = options.keep == .best ? best : nil
    // Also where it was stopped: with running averages a network predicts nothing after a short run.
    let isUntouched = history.isEmpty
    var measured = kept?.generator
    if measured == nil, !isUntouched {
      measured = try ready(step.generator, unless: watch.isHurried, report: watch.reportStatistics)
    }
    // Statistics that were not measured to their end are missing, and measured when the training goes on.
    if measured == nil, interrupted == nil {
      let state = checkpoint(of: step, history, begun: nil, best)
      interrupted = state
      if hasLearnt { try keep(state, .stop) }
    }
    return TrainingResult(
      generator: measured ?? step.generator, discriminator: kept?.discriminator ?? step.discriminator,
      history: history, interrupted: interrupted, lacksStatistics: measured == nil && !isUntouched,
      stoppedEarly: interrupted == nil && history.count < options.epochs,
      keptEpoch: kept?.epoch ?? history.last?.epoch ?? 0)
  }

  private func check() throws(TrainingError) {
    try options.validate()
    guard source.batchesPerEpoch > 0 else { throw .noBatches }
    precondition((unlabelled == nil) == (options.unlabelled == nil), "what has no labels is learnt from in some way")
    guard options.keep == .last || validate != nil else { throw .nothingToKeepBestBy }
    guard options.patience == 0 || validate != nil else { throw .nothingToWaitFor }
  }

  /// The steps of an epoch that the tally does not have; false if the training was cancelled within it.
  private func learnEpoch(
    by step: inout some TrainingStep, _ tally: inout EpochTally, _ clock: inout WorkClock
  ) throws(TrainingError) -> Bool {
    let (epoch, steps) = (tally.epoch, source.batchesPerEpoch)
    for index in tally.steps..<steps {
      if watch.isCancelled() { return false }
      let share = options.schedule.share(step: (epoch - 1) * steps + index, of: options.epochs * steps)
      let part = BatchPart(of: source.imageCount(ofBatch: index))
      let batch = source.batch(epoch: epoch, index: index, images: part.images)
      let more = try unlabelledBatch(epoch: epoch, index: index)
      let done = try learn(batch, part, and: more, by: &step, share, epoch: epoch, index: index)
      tally.add(done)
      let seconds = clock.lap()
      tally.add(seconds: seconds)
      report(progress(in: tally, done, seconds: seconds, finished: nil))
    }
    return true
  }

  /// What a step learns from without labels; nil where it learns from labels alone.
  private func unlabelledBatch(epoch: Int, index: Int) throws(TrainingError) -> UnlabelledBatch? {
    guard let unlabelled, let learning = options.unlabelled, epoch >= learning.firstEpoch else { return nil }
    let part = BatchPart(of: unlabelled.imagesInStep)
    let batch = unlabelled.batch(step: (epoch - 1) * source.batchesPerEpoch + index, images: part.images)
    let isFinite = batch.images.isFinite && batch.judged?.isFinite != false
    guard part.allHold(isFinite) else {
      throw .pixelsNotFinite(what: "unlabelled images", epoch: epoch, step: index + 1)
    }
    return UnlabelledBatch(images: batch.images, judged: batch.judged, part: part)
  }

  private func progress(
    in tally: EpochTally, _ last: StepReport, seconds: Double, finished: EpochRecord?
  ) -> TrainingProgress {
    TrainingProgress(
      epoch: tally.epoch, epochs: options.epochs, step: tally.steps, stepsPerEpoch: source.batchesPerEpoch,
      report: last, seconds: seconds, finishedEpoch: finished)
  }

  /// What an epoch comes to: the network as it will predict, and its validation DSC where that is asked for; nil if the
  /// training was cancelled meanwhile, so that the epoch has yet to end.
  private func measure(_ model: Model) throws(TrainingError) -> (candidate: Model, dice: Double?)? {
    guard validate != nil else { return (model, nil) }
    if watch.isCancelled() { return nil }
    guard let candidate = try ready(model, unless: watch.isCancelled) else { return nil }
    let dice = try measured(candidate)
    return watch.isCancelled() ? nil : (candidate, dice)
  }

  /// Whether `patience` epochs have passed without a better validation DSC.
  private func hasWaitedEnough(_ history: [EpochRecord], _ best: BestWeights?) -> Bool {
    options.patience > 0 && history.count - (best?.epoch ?? history.count) >= options.patience
  }

  private func checkpoint(
    of step: some TrainingStep, _ history: [EpochRecord], begun: EpochTally?, _ best: BestWeights?
  ) -> Checkpoint {
    Checkpoint(
      subject: checkpoints?.subject ?? [:], options: options, stream: checkpoints?.stream, history: history,
      begun: begun, learners: step.learners.map(\.state), best: best)
  }

  private func keep(_ state: @autoclosure () -> Checkpoint, _ occasion: Checkpoints.Occasion) throws(TrainingError) {
    guard let keep = checkpoints?.keep else { return }
    do {
      try keep(state(), occasion)
    } catch let error as SavingError {
      throw .checkpointNotWritten(code: error.code, message: error.message)
    } catch {
      throw .checkpointNotWritten(code: "checkpoint-not-written", message: "\(error)")
    }
  }

  /// The network as it will predict: with the batch statistics that were asked for; nil where it was cancelled.
  private func ready(
    _ model: Model, unless isCancelled: () -> Bool, report: (Int, Int) -> Void = { _, _ in }
  ) throws(TrainingError) -> Model? {
    guard options.statistics == .population else { return model }
    do { return try model.withPopulationStatistics(of: source, isCancelled: isCancelled, report: report) } catch {
      throw .network(error)
    }
  }

  private func measured(_ model: Model) throws(TrainingError) -> Double? {
    guard let validate else { return nil }
    do {
      return try validate(model)
    } catch let error as NetworkError {
      throw .network(error)
    } catch {
      throw .validation(message: "\(error)")
    }
  }

  /// One step, its errors told with their place in the training.
  private func learn(
    _ batch: (images: Tensor, labels: Tensor), _ part: BatchPart, and unlabelled: UnlabelledBatch?,
    by step: inout some TrainingStep, _ rateShare: Float, epoch: Int, index: Int
  ) throws(TrainingError) -> StepReport {
    let maps = step.generator.architecture.labelChannels
    // Behind the maps there may be one of the pixels that somebody has judged.
    let shapes = [maps, maps + 1].map { Array(batch.images.shape.prefix(3)) + [$0] }
    guard batch.images.shape.count == 4, shapes.contains(batch.labels.shape) else {
      throw .labelsDoNotMatch(images: batch.images.shape, labels: batch.labels.shape)
    }
    for (what, tensor) in [("images", batch.images), ("label maps", batch.labels)] {
      // Of the whole batch: all ranks refuse what one of them has got.
      guard part.allHold(tensor.isFinite) else { throw .pixelsNotFinite(what: what, epoch: epoch, step: index + 1) }
    }
    do {
      return try step.learn(
        images: batch.images, labels: batch.labels, unlabelled: unlabelled, part: part, rateShare: rateShare)
    } catch {
      throw TrainingError(error, epoch: epoch, step: index + 1)
    }
  }
}
