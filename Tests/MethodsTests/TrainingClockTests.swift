import Methods
import Networks
import Testing

/// The time left of trainings whose steps take times that are known.
struct TrainingClockTests {
  /// Tells a clock of a training, and gives the time left that it said after each epoch beside what was left.
  private func estimates(
    epochs: Int, steps: Int, epochEnd: Double, seconds: (_ step: Int) -> Double
  ) -> [(said: Double, left: Double)] {
    let clock = TrainingClock(label: "")
    let loss = GeneratorLoss(crossEntropy: 1, total: 1)
    let report = StepReport(generator: loss, predictedPixels: 1, truePixels: 1, sharedPixels: 1)
    var (passed, found): (Double, [(said: Double, at: Double)]) = (0, [])
    func tell(_ epoch: Int, _ step: Int, _ taken: Double, _ finished: EpochRecord?) -> FittingProgress {
      passed += taken
      return clock.progress(
        TrainingProgress(
          epoch: epoch, epochs: epochs, step: step, stepsPerEpoch: steps, report: report, seconds: taken,
          finishedEpoch: finished))
    }
    for epoch in 1...epochs {
      for step in 1...steps { _ = tell(epoch, step, seconds((epoch - 1) * steps + step - 1), nil) }
      let record = EpochRecord(
        epoch: epoch, steps: steps, generator: loss, discriminator: nil, trainingDice: 1, validationDice: nil,
        seconds: passed)
      let end = tell(epoch, steps, epochEnd, record)
      found.append((end.secondsLeft ?? .nan, passed))
    }
    return found.map { ($0.said, passed - $0.at) }
  }

  @Test(
    "After the first epoch the time left is right within a fifth, though steps vary and the first one takes longer",
    arguments: [(10, 50, 0.0), (100, 12, 3.0), (3, 400, 0.5), (1000, 4, 0.0)])
  func afterTheFirstEpoch(epochs: Int, steps: Int, epochEnd: Double) {
    // From 0.85 to 1.15 seconds, in an order without a trend; the first step also plans.
    let found = estimates(epochs: epochs, steps: steps, epochEnd: epochEnd) { step in
      0.85 + 0.3 * Double(step * 7 % 11) / 10 + (step == 0 ? 20 : 0)
    }
    for (said, left) in found { #expect(abs(said - left) <= 0.2 * left + 1e-9) }
    #expect(found.last?.said == 0)
  }

  @Test("Where the machine becomes slower, the time left follows within some sixty steps")
  func slower() throws {
    let found = estimates(epochs: 20, steps: 30, epochEnd: 0) { $0 < 150 ? 1 : 2 }
    let (said, left) = try #require(found.dropFirst(11).first)
    #expect(abs(said - left) <= 0.1 * left)
  }
}
