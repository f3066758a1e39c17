import Networks
import Synchronization

/// Tells how far a training has come.
///
/// The time left is what the latest steps took on average, and the ends of epochs, where the network may be validated.
/// The first step does not count where there are others: it also plans, and takes its memory.
package final class TrainingClock: Sendable {
  fileprivate struct Readings: Sendable {
    var firstStep = 0.0
    var steps = MovingMean(memory: 60)
    var epochEnds = MovingMean(memory: 4)
    /// Of the last whole epoch.
    var dice: Double?
    var validation: Double?
  }

  /// The mean of all seconds as long as they are few; then what came `memory` ago weighs 1/e of what came last.
  fileprivate struct MovingMean: Sendable {
    let memory: Double
    private(set) var count = 0
    private(set) var value = 0.0

    init(memory: Double) { self.memory = memory }

    mutating func add(_ seconds: Double) {
      count += 1
      value += (seconds - value) / min(Double(count), memory)
    }
  }

  private let label: String
  private let readings = Mutex(Readings())

  /// - Parameter label: before the epochs; empty for none.
  package init(label: String) { self.label = label }

  package func progress(_ progress: TrainingProgress) -> FittingProgress {
    let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
    let total = progress.epochs * progress.stepsPerEpoch
    let known = readings.withLock { known in
      known.note(progress)
      return known
    }
    let step = known.steps.count > 0 ? known.steps.value : known.firstStep
    let epochsLeft = progress.epochs - progress.epoch + (progress.finishedEpoch == nil ? 1 : 0)
    return FittingProgress(
      (label.isEmpty ? "" : "\(label), ") + "epoch \(progress.epoch)/\(progress.epochs), step", done: done, of: total,
      readings: Self.losses(progress) + Self.measures(known),
      secondsLeft: step * Double(total - done) + known.epochEnds.value * Double(epochsLeft),
      isMilestone: progress.finishedEpoch != nil)
  }

  /// While the statistics of batch norm are measured, at the end.
  package func progress(ofStatistics done: Int, of total: Int) -> FittingProgress {
    FittingProgress((label.isEmpty ? "" : "\(label), ") + "statistics of batch norm, batch", done: done, of: total)
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

extension TrainingClock.Readings {
  fileprivate mutating func note(_ progress: TrainingProgress) {
    let seconds = progress.seconds
    if let epoch = progress.finishedEpoch {
      epochEnds.add(seconds)
      (dice, validation) = (epoch.trainingDice, epoch.validationDice)
    } else if firstStep == 0 {
      firstStep = seconds
    } else {
      steps.add(seconds)
    }
  }
}
