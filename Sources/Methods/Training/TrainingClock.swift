import Networks
import Synchronization

/// Tells how far a training has come.
///
/// The time left is what the latest steps took on average, and the ends of epochs, where the network may be validated.
/// The first step does not count where there are others: it also plans, and takes its memory. What has not yet been seen
/// comes from a forecast: of everything before the first step, then of the ends of epochs and of the whole, as much faster
/// or slower as the steps were.
package final class TrainingClock: Sendable {
  fileprivate struct Readings: Sendable {
    var firstStep = 0.0
    var steps = MovingMean(memory: 60)
    var epochEnds = MovingMean(memory: 4)
    var isCorrected = false
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
  private let forecast: TrainingForecast?
  private let readings = Mutex(Readings())

  /// - Parameter label: before the epochs; empty for none.
  package init(label: String, forecast: TrainingForecast? = nil) {
    self.label = label
    self.forecast = forecast
  }

  /// Before the first step.
  ///
  /// - Parameter done: steps that were done before; of epochs that were done, all.
  package func beginning(afterSteps done: Int) -> FittingProgress? {
    guard let forecast, done < forecast.stepCount else { return nil }
    let work = forecast.work
    return FittingProgress(
      place(inEpoch: done / work.stepsPerEpoch + 1, of: work.epochs), done: done, of: forecast.stepCount,
      secondsLeft: forecast.seconds(afterSteps: done))
  }

  package func progress(_ progress: TrainingProgress) -> FittingProgress {
    let done = (progress.epoch - 1) * progress.stepsPerEpoch + progress.step
    let total = progress.epochs * progress.stepsPerEpoch
    let known = readings.withLock { known in
      known.note(progress)
      return known
    }
    let step = known.steps.count > 0 ? known.steps.value : known.firstStep
    let epochsLeft = progress.epochs - progress.epoch + (progress.finishedEpoch == nil ? 1 : 0)
    let slowness = forecast.map { $0.step > 0 ? step / $0.step : 1 } ?? 1
    let epochEnd = known.epochEnds.count > 0 ? known.epochEnds.value : (forecast?.epochEnd ?? 0) * slowness
    let stepsLeft = forecast?.steps(leftAfter: done) ?? Double(total - done)
    return FittingProgress(
      place(inEpoch: progress.epoch, of: progress.epochs), done: done, of: total,
      readings: Self.losses(progress) + Self.measures(known),
      secondsLeft: step * stepsLeft + epochEnd * Double(epochsLeft) + (forecast?.finish ?? 0) * slowness,
      isMilestone: progress.finishedEpoch != nil)
  }

  private func place(inEpoch epoch: Int, of epochs: Int) -> String {
    (label.isEmpty ? "" : "\(label), ") + "epoch \(epoch)/\(epochs), step"
  }

  /// What is left, told once, when enough steps have been timed and the forecast turns out to be off by more than an
  /// estimate may be.
  ///
  /// - Parameter progress: what `progress` has made of the last report.
  package func correction(at progress: FittingProgress) -> Double? {
    guard let forecast, let left = progress.secondsLeft, left >= Self.leastCorrected else { return nil }
    let isDue = readings.withLock { known in
      guard known.steps.count >= Self.timedSteps, !known.isCorrected else { return false }
      known.isCorrected = true
      return true
    }
    guard isDue else { return nil }
    let forecasted = forecast.seconds(afterSteps: progress.done)
    return abs(left - forecasted) > Self.tolerance * left ? left : nil
  }

  /// Steps beside the first after which the time left is taken from them alone.
  private static let timedSteps = 9
  /// Seconds: less is not worth another line.
  private static let leastCorrected = 10.0
  /// How far off an estimate may be, as a share.
  private static let tolerance = 0.15

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
