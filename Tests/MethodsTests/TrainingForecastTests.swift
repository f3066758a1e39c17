import Methods
import Networks
import Testing

/// What is said of a training before its first step, and after a few.
@Suite struct TrainingForecastTests {
  private func work(
    images: Int = 107, batch: Int = 2, validated: Int = 0, against discriminator: Architecture? = nil,
    unlabelled: Int = 0, _ options: TrainingOptions = TrainingOptions()
  ) throws -> TrainingWork {
    try TrainingWork(
      of: Architecture(UNetConfiguration(width: 4)), against: discriminator, images: images, batch: batch, height: 128,
      width: 128, validatedOn: validated, unlabelled: unlabelled, options)
  }

  @Test("Steps are as many as the trainer takes, and a smaller last batch counts as such")
  func steps() throws {
    let forward = try Architecture(UNetConfiguration(width: 4)).work(height: 128, width: 128)
    let paper = try work()
    #expect(paper.stepsPerEpoch == 54 && paper.epochs == 100)
    #expect(abs(paper.step.operations / (3 * forward.operations * 107 / 54) - 1) < 1e-12)
    #expect(paper.step.runs == 3 * forward.runs && paper.step.moved > 10_000)
    #expect(try work(images: 3, batch: 8).stepsPerEpoch == 1)
  }

  @Test("A discriminator goes forward and backward twice in its step, and once to its input in G's")
  func discriminator() throws {
    let judge = Architecture(DiscriminatorConfiguration(width: 4))
    let forward = try judge.work(height: 128, width: 128).operations
    var options = TrainingOptions()
    let alone = try work().step.operations
    #expect(abs(try work(against: judge, options).step.operations - alone - 8 * forward * 107 / 54) < 1)
    options.discriminatorSteps = 2
    #expect(abs(try work(against: judge, options).step.operations - alone - 14 * forward * 107 / 54) < 1)
  }

  @Test("What is measured at an epoch's end and at the very end counts")
  func measuring() throws {
    let forward = try Architecture(UNetConfiguration(width: 4)).work(height: 128, width: 128).operations
    var options = TrainingOptions()
    #expect(try work(options).epochEnd.operations == 0)
    #expect(abs(try work(options).finish.operations - 107 * forward) < 1)
    #expect(abs(try work(validated: 20, options).epochEnd.operations - 127 * forward) < 1)
    options.statistics = .running
    #expect(abs(try work(validated: 20, options).epochEnd.operations - 20 * forward) < 1)
    #expect(try work(validated: 20, options).finish.operations == 0)
    options.statistics = .population
    options.keep = .best
    #expect(try work(validated: 20, options).finish.operations == 0)
    let whole = try work(validated: 20, options)
    #expect(
      abs(whole.whole.operations - 100 * (54 * whole.step.operations + whole.epochEnd.operations))
        < 1e-9 * whole.whole.operations)
  }

  @Test("A machine twice as fast takes half of the time, and what is left shrinks step by step")
  func seconds() throws {
    let work = try work(validated: 20)
    let (slow, fast) = (TrainingForecast(of: work, atSpeed: 1e11), TrainingForecast(of: work, atSpeed: 2e11))
    #expect(abs(slow.seconds(afterSteps: 0) / fast.seconds(afterSteps: 0) - 2) < 1e-9)
    #expect(abs(slow.seconds(afterSteps: 0) - (5400 * slow.step + 100 * slow.epochEnd + slow.finish)) < 1e-6)
    #expect(abs(slow.seconds(afterSteps: 55) - (5345 * slow.step + 99 * slow.epochEnd + slow.finish)) < 1e-6)
    #expect(abs(slow.seconds(afterSteps: 5400) - slow.finish) < 1e-9)
  }

  @Test("Steps that learn from unlabelled angiograms too take longer, and come last")
  func unlabelled() throws {
    let judge = Architecture(DiscriminatorConfiguration(width: 4))
    var options = TrainingOptions()
    let plain = try work(against: judge, options)
    options.unlabelled = UnlabelledLearning(firstEpoch: 51)
    let both = try work(against: judge, unlabelled: 2, options)
    let (drawing, judging) = (
      try Architecture(UNetConfiguration(width: 4)).work(height: 128, width: 128).operations,
      try judge.work(height: 128, width: 128).operations
    )
    #expect(both.step == plain.step && both.labelledSteps == 2700 && plain.labelledSteps == 5400)
    #expect(abs(both.unlabelled.operations / (2 * (3 * drawing + judging)) - 1) < 1e-12)
    #expect(abs(both.whole.operations - plain.whole.operations - 2700 * both.unlabelled.operations) < 1e3)
    let (short, long) = (TrainingForecast(of: plain, atSpeed: 1e11), TrainingForecast(of: both, atSpeed: 1e11))
    let more = [0, 2700, 4050, 5400].map { long.seconds(afterSteps: $0) - short.seconds(afterSteps: $0) }
    #expect(more[0] > 0 && abs(more[1] / more[0] - 1) < 1e-9 && abs(more[2] / more[0] - 0.5) < 1e-9)
    #expect(abs(more[3]) < 1e-9)
    // Whoever has timed steps that learn from masks alone knows that the others take longer.
    let clock = TrainingClock(label: "", forecast: long)
    let told = afterSteps(10, clock, both) { _ in 3 * long.step }
    #expect(abs(try #require(told.last?.secondsLeft) / (3 * long.seconds(afterSteps: 10)) - 1) < 0.01)
  }

  /// Tells a clock of a training of known times.
  private func afterSteps(
    _ count: Int, _ clock: TrainingClock, _ work: TrainingWork, seconds: (Int) -> Double
  ) -> [FittingProgress] {
    let report = StepReport(
      generator: GeneratorLoss(crossEntropy: 1, total: 1), predictedPixels: 1, truePixels: 1, sharedPixels: 1)
    return (1...count).map { step in
      clock.progress(
        TrainingProgress(
          epoch: 1, epochs: work.epochs, step: step, stepsPerEpoch: work.stepsPerEpoch, report: report,
          seconds: seconds(step), finishedEpoch: nil))
    }
  }

  @Test("However fast the machine is, ten steps are enough to know the whole", arguments: [0.1, 0.8, 1, 3, 40])
  func refined(slowness: Double) throws {
    let work = try work(validated: 20)
    let forecast = TrainingForecast(of: work, atSpeed: 1e11)
    let clock = TrainingClock(label: "", forecast: forecast)
    let beginning = try #require(clock.beginning(afterSteps: 0))
    #expect(beginning.done == 0 && beginning.total == 5400 && !beginning.isMilestone)
    #expect(beginning.label == "epoch 1/100, step" && beginning.secondsLeft == forecast.seconds(afterSteps: 0))
    // Steps vary by a tenth, and the first one takes twice as long.
    let told = afterSteps(10, clock, work) { step in
      slowness * forecast.step * (step == 1 ? 2 : step.isMultiple(of: 2) ? 1.1 : 0.9)
    }
    let truth = slowness * forecast.seconds(afterSteps: 10)
    #expect(abs(try #require(told.last?.secondsLeft) / truth - 1) < 0.15)
  }

  @Test("A forecast that was wrong is put right once, where that is worth a line")
  func corrected() throws {
    let work = try work()
    let forecast = TrainingForecast(of: work, atSpeed: 1e11)
    func corrections(_ slowness: Double) -> [Double] {
      let clock = TrainingClock(label: "", forecast: forecast)
      return afterSteps(40, clock, work) { _ in slowness * forecast.step }.compactMap(clock.correction)
    }
    let found = corrections(100)
    #expect(found.count == 1)
    #expect(abs(found[0] / (100 * forecast.seconds(afterSteps: 10)) - 1) < 0.01)
    #expect(corrections(1.1).isEmpty)
    #expect(corrections(1e-6).isEmpty, "done in no time")
  }

  @Test("A training that goes on has its own beginning")
  func resumed() throws {
    let clock = TrainingClock(label: "U-Net", forecast: TrainingForecast(of: try work(), atSpeed: 1e11))
    #expect(clock.beginning(afterSteps: 54)?.label == "U-Net, epoch 2/100, step")
    #expect(clock.beginning(afterSteps: 5400) == nil)
    #expect(TrainingClock(label: "").beginning(afterSteps: 0) == nil)
  }
}
