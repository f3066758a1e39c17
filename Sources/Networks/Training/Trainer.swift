import Tensors

/// Where a training keeps its state, and where it goes on from.
public struct Checkpoints {
  public var subject: TrainingSubject
  /// What the batches and the starting weights are drawn from, to be kept with the state.
  public var stream: RandomStream.Identity?
  /// Where to go on from; nil starts anew.
  public var start: Checkpoint?
  /// Given the state after every epoch, and when the training is interrupted; nil keeps none.
  public var keep: ((Checkpoint) throws -> Void)?

  public init(
    subject: TrainingSubject, stream: RandomStream.Identity? = nil, start: Checkpoint? = nil,
    keep: ((Checkpoint) throws -> Void)?
  ) {
    self.subject = subject
    self.stream = stream
    self.start = start
    self.keep = keep
  }
}

/// Trains a network, alone or against a discriminator.
///
/// - Parameters:
///   - discriminator: one that judges label maps; nil trains the network alone.
///   - validate: measured after every epoch on the network so far: DSC in [0, 1].
///   - report: told after every step.
///   - isCancelled: asked before every step. Once true, the training stops there and gives back the network so far.
///   - pausedSeconds: how long the program was stopped so far, which is no part of the times on record.
/// - Returns: the network of the last epoch or of the best one, as `options.keep` says.
public func train(
  _ generator: Model, against discriminator: Model?, on source: any BatchSource,
  validate: (@Sendable (Model) throws -> Double)? = nil, options: TrainingOptions = TrainingOptions(),
  checkpoints: Checkpoints? = nil, report: @escaping (TrainingProgress) -> Void = { _ in },
  isCancelled: @escaping () -> Bool = { false }, pausedSeconds: @escaping () -> Double = { 0 }
) throws(TrainingError) -> TrainingResult {
  try checkRoles(generator.architecture, discriminator?.architecture, options)
  try checkMemory(forTraining: generator, discriminator)
  let loop = TrainingLoop(
    source: source, validate: validate, options: options, checkpoints: checkpoints, report: report,
    isCancelled: isCancelled, pausedSeconds: pausedSeconds)
  if let discriminator {
    return try loop.run(AdversarialStep(generator: generator, discriminator: discriminator, options: options))
  }
  return try loop.run(GeneratorStep(generator, options: options))
}

/// Throws `out-of-memory` where there is no room for what training keeps beside the weights: a gradient and Adam's two
/// moments for each.
func checkMemory(forTraining generator: Model, _ discriminator: Model?) throws(TrainingError) {
  let count = generator.parameterCount + (discriminator?.parameterCount ?? 0)
  do throws(MemoryError) {
    try AvailableMemory.require(
      bytes: 3 * count * MemoryLayout<Float>.stride, for: "what training keeps for \(count) weights",
      hint: "networks of half the `width:` have a quarter of them")
  } catch {
    throw .network(.engine(code: error.code, message: error.message, hint: error.hint))
  }
}

/// Throws for networks that cannot be trained in these roles: `wrongNetwork`, `channelsDiffer`, `crossEntropyOfScores`.
public func checkRoles(
  _ generator: Architecture, _ discriminator: Architecture?, _ options: TrainingOptions
) throws(TrainingError) {
  guard generator.isGenerator else {
    throw .wrongNetwork(role: discriminator == nil ? "network to train" : "generator", found: generator.name)
  }
  guard let discriminator else { return }
  guard !discriminator.isGenerator else { throw .wrongNetwork(role: "discriminator", found: discriminator.name) }
  let configuration = discriminator.configuration
  guard !configuration.seesImage || configuration.imageChannels == generator.imageChannels else {
    throw .channelsDiffer(generator: generator.imageChannels, discriminator: configuration.imageChannels)
  }
  guard options.adversarial == .mse || configuration.endsInSigmoid else { throw .crossEntropyOfScores }
}
