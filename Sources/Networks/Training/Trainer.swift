import Tensors

/// Trains a U-Net alone on L_bce (Eq. 3).
///
/// - Parameters:
///   - validate: measured after every epoch on the network so far: DSC in [0, 1].
///   - report: told after every step.
///   - isCancelled: asked before every step. Once true, the training stops there and gives back the network so far.
/// - Returns: the network of the last epoch or of the best one, as `options.keep` says.
public func trainNetwork(
  _ model: Model, on source: any BatchSource, validate: (@Sendable (Model) throws -> Double)? = nil,
  options: TrainingOptions = TrainingOptions(), report: (TrainingProgress) -> Void = { _ in },
  isCancelled: () -> Bool = { false }
) throws(TrainingError) -> TrainingResult {
  guard model.architecture.isGenerator else {
    throw .wrongNetwork(role: "network to train", found: model.architecture.name)
  }
  var step = GeneratorStep(model, options: options)
  return try train(
    &step, on: source, validate: validate, options: options, report: report, isCancelled: isCancelled)
}

/// Trains a generator and a pixel discriminator against each other (Eq. 1 to 7): for every batch, D's steps, then one
/// of G's. Parameters as in `trainNetwork`.
public func trainGAN(
  generator: Model, discriminator: Model, on source: any BatchSource,
  validate: (@Sendable (Model) throws -> Double)? = nil, options: TrainingOptions = TrainingOptions(),
  report: (TrainingProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
) throws(TrainingError) -> TrainingResult {
  guard generator.architecture.isGenerator else {
    throw .wrongNetwork(role: "generator", found: generator.architecture.name)
  }
  guard case .pixelDiscriminator(let configuration) = discriminator.architecture else {
    throw .wrongNetwork(role: "discriminator", found: discriminator.architecture.name)
  }
  let channels = generator.architecture.imageChannels
  guard configuration.condition == .none || configuration.imageChannels == channels else {
    throw .channelsDiffer(generator: channels, discriminator: configuration.imageChannels)
  }
  var step = AdversarialStep(generator: generator, discriminator: discriminator, options: options)
  return try train(
    &step, on: source, validate: validate, options: options, report: report, isCancelled: isCancelled)
}

/// The loop under every system: epochs, batches, records, validation, which weights are kept.
private func train(
  _ step: inout some TrainingStep, on source: any BatchSource, validate: (@Sendable (Model) throws -> Double)?,
  options: TrainingOptions, report: (TrainingProgress) -> Void, isCancelled: () -> Bool
) throws(TrainingError) -> TrainingResult {
  try options.validate()
  guard source.batchesPerEpoch > 0 else { throw .noBatches }
  guard options.keep == .last || validate != nil else { throw .nothingToKeepBestBy }
  let clock = ContinuousClock()
  var history: [EpochRecord] = []
  var best: BestWeights?
  var wasInterrupted = false
  /// The network as it will predict: with the batch statistics that were asked for.
  func ready(_ model: Model) throws(TrainingError) -> Model {
    guard options.statistics == .population else { return model }
    do { return try model.withPopulationStatistics(of: source, isCancelled: isCancelled) } catch {
      throw .network(error)
    }
  }

  epochs: for epoch in 1...options.epochs {
    var tally = EpochTally(epoch: epoch, start: clock.now)
    var progress: TrainingProgress?
    for index in 0..<source.batchesPerEpoch {
      guard !isCancelled() else {
        wasInterrupted = true
        if tally.steps > 0 { history.append(tally.record(validationDice: nil, end: clock.now)) }
        break epochs
      }
      let stepReport = try learn(source.batch(epoch: epoch, index: index), by: &step, epoch: epoch, index: index)
      tally.add(stepReport)
      let done = TrainingProgress(
        epoch: epoch, epochs: options.epochs, step: index + 1, stepsPerEpoch: source.batchesPerEpoch,
        report: stepReport, finishedEpoch: nil)
      report(done)
      progress = done
    }
    // Measuring may last; who asked to stop during the epoch's last step need not wait for it.
    let isMeasured = validate != nil && !isCancelled()
    let candidate = isMeasured ? try ready(step.generator) : step.generator
    let dice = isMeasured ? try measured(candidate, by: validate) : nil
    let record = tally.record(validationDice: dice, end: clock.now)
    history.append(record)
    if options.keep == .best, let dice, dice > (best?.dice ?? -.infinity) {
      best = BestWeights(epoch: epoch, dice: dice, generator: candidate, discriminator: step.discriminator)
    }
    progress?.finishedEpoch = record
    if let progress { report(progress) }
  }
  let generator: Model
  if let best { generator = best.generator } else { generator = try ready(step.generator) }
  return TrainingResult(
    generator: generator, discriminator: best?.discriminator ?? step.discriminator,
    history: history, wasInterrupted: wasInterrupted, keptEpoch: best?.epoch ?? history.last?.epoch ?? 0)
}

/// The weights of the best epoch so far.
private struct BestWeights {
  let epoch: Int
  let dice: Double
  let generator: Model
  let discriminator: Model?
}

private func measured(
  _ model: Model, by validate: (@Sendable (Model) throws -> Double)?
) throws(TrainingError) -> Double? {
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
  _ batch: (images: Tensor, labels: Tensor), by step: inout some TrainingStep, epoch: Int, index: Int
) throws(TrainingError) -> StepReport {
  guard batch.images.shape.count == 4, batch.labels.shape == Array(batch.images.shape.prefix(3)) + [1] else {
    throw .labelsDoNotMatch(images: batch.images.shape, labels: batch.labels.shape)
  }
  for (what, tensor) in [("images", batch.images), ("label maps", batch.labels)] where !tensor.isFinite {
    throw .pixelsNotFinite(what: what, epoch: epoch, step: index + 1)
  }
  do {
    return try step.learn(images: batch.images, labels: batch.labels)
  } catch {
    switch error {
    case .network(let error): throw .network(error)
    case .notFinite(let loss, let parameter):
      throw .notFinite(loss: loss, epoch: epoch, step: index + 1, parameter: parameter)
    }
  }
}
