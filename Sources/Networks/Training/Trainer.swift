import Base
import Tensors

/// Where a training keeps its state, and where it goes on from.
public struct Checkpoints {
  public var subject: TrainingSubject
  /// What the batches and the starting weights are drawn from, to be kept with the state.
  public var stream: RandomStream.Identity?
  /// Where to go on from; nil starts anew.
  public var start: Checkpoint?
  /// Given the state after every epoch, and when the training is interrupted; nil keeps none.
  public var keep: ((Checkpoint, Occasion) throws -> Void)?

  /// When a state is given to be kept.
  public enum Occasion: Sendable, Hashable {
    /// After an epoch that others follow.
    case epoch
    /// After the last one.
    case end
    /// The training is interrupted.
    case stop
  }

  public init(
    subject: TrainingSubject, stream: RandomStream.Identity? = nil, start: Checkpoint? = nil,
    keep: ((Checkpoint, Occasion) throws -> Void)?
  ) {
    self.subject = subject
    self.stream = stream
    self.start = start
    self.keep = keep
  }
}

/// Who watches a training, and may stop it.
public struct TrainingWatch {
  /// Asked before every step. Once true, the training stops there, measures batch norm's statistics where these are asked
  /// for, and gives back the network so far.
  public var isCancelled: () -> Bool
  /// Asked while statistics are measured at the end: once true, the network comes back without them.
  public var isHurried: () -> Bool
  /// Told how many of the batches are done that statistics are measured on at the end, and of how many.
  public var reportStatistics: (_ done: Int, _ total: Int) -> Void
  /// How long the program was stopped so far, which is no part of the times on record.
  public var pausedSeconds: () -> Double

  public init(
    isCancelled: @escaping () -> Bool = { false }, isHurried: @escaping () -> Bool = { false },
    reportStatistics: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in },
    pausedSeconds: @escaping () -> Double = { 0 }
  ) {
    self.isCancelled = isCancelled
    self.isHurried = isHurried
    self.reportStatistics = reportStatistics
    self.pausedSeconds = pausedSeconds
  }
}

/// Trains a network, alone or against a discriminator.
///
/// - Parameters:
///   - discriminator: one that judges label maps; nil trains the network alone.
///   - unlabelled: angiograms without labels, which `options.unlabelled` tells how to learn from; given where that is.
///   - validate: measured after every epoch on the network so far: DSC in [0, 1].
///   - report: told after every step.
///   - watch: asked whether to stop.
/// - Returns: the network of the last epoch or of the best one, as `options.keep` says.
public func train(
  _ generator: Model, against discriminator: Model?, on source: any BatchSource,
  unlabelled: (any UnlabelledSource)? = nil, validate: (@Sendable (Model) throws -> Double)? = nil,
  options: TrainingOptions = TrainingOptions(),
  checkpoints: Checkpoints? = nil, report: @escaping (TrainingProgress) -> Void = { _ in },
  watch: TrainingWatch = TrainingWatch()
) throws(TrainingError) -> TrainingResult {
  try checkRoles(generator.architecture, discriminator?.architecture, options)
  try checkMemory(forTraining: generator, discriminator)
  let loop = TrainingLoop(
    source: source, unlabelled: unlabelled, validate: validate, options: options, checkpoints: checkpoints,
    report: report,
    watch: watch)
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

/// Throws for networks that cannot be trained in these roles: `wrongNetwork`, `channelsDiffer`, `crossEntropyOfScores`,
/// `unlabelledNeedsPixels`, `unlabelledNeedsAgreement`.
public func checkRoles(
  _ generator: Architecture, _ discriminator: Architecture?, _ options: TrainingOptions
) throws(TrainingError) {
  guard generator.isGenerator else {
    throw .wrongNetwork(role: discriminator == nil ? "network to train" : "generator", found: generator.name)
  }
  guard let discriminator else {
    if options.unlabelled != nil { throw .unlabelledNeedsPixels(discriminator: nil) }
    return
  }
  guard !discriminator.isGenerator else { throw .wrongNetwork(role: "discriminator", found: discriminator.name) }
  let configuration = discriminator.configuration
  guard !configuration.seesImage || configuration.imageChannels == generator.imageChannels else {
    throw .channelsDiffer(generator: generator.imageChannels, discriminator: configuration.imageChannels)
  }
  guard options.adversarial == .mse || configuration.endsInSigmoid else { throw .crossEntropyOfScores }
  guard options.unlabelled != nil else { return }
  guard discriminator.judgesPixels else { throw .unlabelledNeedsPixels(discriminator: discriminator.name) }
  guard options.pixelTarget != .xor else { throw .unlabelledNeedsAgreement }
}
