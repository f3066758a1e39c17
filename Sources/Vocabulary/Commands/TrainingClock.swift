import Language
import Networks
import Synchronization

/// Tells how far a training has come. The time left is what the steps so far took on average, the first one apart: it
/// also plans, and takes its memory.
final class TrainingClock: Sendable {
  private struct Readings: Sendable {
    /// When the first step was done.
    var warm: ContinuousClock.Instant?
    /// Of the last whole epoch.
    var dice: Double?
    var validation: Double?
  }

  private let label: String
  private let stepsBefore: Int
  private let started = ContinuousClock.now
  private let readings = Mutex(Readings())

  /// - Parameters:
  ///   - label: before the epochs; empty for none.
  ///   - stepsBefore: steps that an earlier run did.
  init(label: String, stepsBefore: Int) {
    self.label = label
    self.stepsBefore = stepsBefore
  }

  func progress(_ progress: TrainingProgress) -> Progress {
    let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
    let total = progress.epochs * progress.stepsPerEpoch
    let fresh = done - stepsBefore
    let now = ContinuousClock.now
    let known = readings.withLock { known in
      if known.warm == nil, fresh == 1 { known.warm = now }
      if let epoch = progress.finishedEpoch {
        known.dice = epoch.trainingDice
        known.validation = epoch.validationDice
      }
      return known
    }
    let isWarm = known.warm != nil && fresh > 1
    let since = (isWarm ? known.warm : nil) ?? started
    let perStep = since.duration(to: now) / .seconds(1) / Double(isWarm ? fresh - 1 : max(fresh, 1))
    return Progress(
      (label.isEmpty ? "" : "\(label), ") + "epoch \(progress.epoch)/\(progress.epochs), step", done: done, of: total,
      readings: Self.losses(progress) + Self.measures(known), secondsLeft: perStep * Double(total - done),
      isMilestone: progress.finishedEpoch != nil)
  }

  /// Of the epoch at its end, else of the last step.
  private static func losses(_ progress: TrainingProgress) -> [(name: String, value: Double)] {
    let generator = progress.finishedEpoch?.generator ?? progress.report.generator
    let judge = progress.finishedEpoch.map(\.discriminator) ?? progress.report.discriminator
    return [("loss", generator.total)] + (judge.map { [("D", $0.total)] } ?? [])
  }

  private static func measures(_ known: Readings) -> [(name: String, value: Double)] {
    [("DSC", known.dice), ("validation DSC", known.validation)].compactMap { name, value in value.map { (name, $0) } }
  }
}
