import Kernels
import Networks
import Tensors
import Testing

/// The trainer: what it returns, when it stops, and what each option changes.
@Suite struct TrainingTests {
  @Test("a U-Net learns to find a dark square") func learns() throws {
    let result = try trainNetwork(
      try Toy.generator(), on: Toy.source(), validate: { _ in 0.5 }, options: Toy.options(epochs: 25, rate: 5e-3))
    let first = try #require(result.history.first)
    let last = try #require(result.history.last)
    #expect(result.history.map(\.epoch) == Array(1...25))
    #expect(last.generator.crossEntropy < 0.5 * first.generator.crossEntropy)
    #expect(last.trainingDice > 0.9)
    #expect(last.validationDice == 0.5 && last.generator.verdict == nil && last.discriminator == nil)
    #expect(!result.wasInterrupted && result.discriminator == nil && result.keptEpoch == 25)
    #expect(last.steps == 2 && (last.seconds ?? 0) > 0)
  }

  @Test("the GAN learns it too, and both networks change") func learnsAdversarially() throws {
    let generator = try Toy.generator()
    let discriminator = try Toy.discriminator()
    let result = try trainGAN(
      generator: generator, discriminator: discriminator, on: Toy.source(), options: Toy.options(epochs: 25, rate: 5e-3)
    )
    let last = try #require(result.history.last)
    #expect(last.trainingDice > 0.9)
    #expect(last.discriminator != nil && last.generator.verdict != nil)
    let g = last.generator
    let total = 10 * g.crossEntropy + (g.verdict ?? 0) + (g.pixels ?? 0)
    #expect(abs(g.total - total) < 1e-12 * total)
    #expect(Toy.weights(result.generator) != Toy.weights(generator))
    #expect(try Toy.weights(#require(result.discriminator)) != Toy.weights(discriminator))
  }

  @Test("the same seed gives the same bits, whatever the number of threads") func deterministic() throws {
    func trained(_ threads: Int) throws -> TrainingResult {
      try Machine.computing(threads: threads, vectorWidth: Machine.vectorWidth) { try Toy.trainedPair() }
    }
    let one = try trained(1)
    let two = try trained(2)
    let again = try trained(2)
    #expect(Toy.everything(of: one) == Toy.everything(of: two))
    #expect(Toy.everything(of: two) == Toy.everything(of: again))
  }

  @Test("who stops a training gets the network so far") func interrupted() throws {
    var steps = 0
    let result = try trainGAN(
      generator: try Toy.generator(), discriminator: try Toy.discriminator(), on: Toy.source(),
      options: Toy.options(epochs: 5), report: { steps += $0.finishedEpoch == nil ? 1 : 0 }, isCancelled: { steps == 3 }
    )
    #expect(result.wasInterrupted && steps == 3)
    #expect(result.history.map(\.steps) == [2, 1] && result.keptEpoch == 2)
    // The same bits as a training that was told to stop there from the start would have had.
    var whole: TrainingResult?
    var seen = 0
    whole = try trainGAN(
      generator: try Toy.generator(), discriminator: try Toy.discriminator(), on: Toy.source(),
      options: Toy.options(epochs: 2), report: { seen += $0.finishedEpoch == nil ? 1 : 0 }, isCancelled: { seen == 3 })
    #expect(Toy.everything(of: result) == Toy.everything(of: try #require(whole)))
  }

  @Test("stopped before its first step, a training gives back what it was given") func interruptedAtOnce() throws {
    let model = try Toy.generator()
    let result = try trainNetwork(model, on: Toy.source(), options: Toy.options(), isCancelled: { true })
    #expect(result.wasInterrupted && result.history.isEmpty && result.keptEpoch == 0)
    #expect(Toy.weights(result.generator) == Toy.weights(model))
  }

  @Test("the time that the program was stopped is no part of what a training took") func pauses() throws {
    func result(pause: Double) throws -> TrainingResult {
      var paused = 0.0
      return try train(
        try Toy.generator(), against: nil, on: Toy.source(), options: Toy.options(epochs: 2),
        watch: TrainingWatch(pausedSeconds: {
          paused += pause
          return paused
        }))
    }
    // Longer than it can have taken: nothing is left.
    #expect(try result(pause: 1e6).history.map(\.seconds) == [0, 0])
    #expect(try result(pause: 0).history.allSatisfy { ($0.seconds ?? 0) > 0 })
  }

  @Test("after a short run, running averages predict nothing of what was learnt, and measured statistics all of it")
  func shortRun() throws {
    func dice(_ statistics: BatchStatistics, stoppingAfter most: Int = .max) throws -> Double {
      let model = try Model(
        UNetConfiguration(width: 4, depth: 2, batchNormMomentum: 0.99), stream: RandomStream(seed: 1))
      var steps = 0
      let result = try train(
        model, against: nil, on: Toy.source(), options: TrainingOptions(epochs: 25, rate: 5e-3, statistics: statistics),
        report: { steps += $0.finishedEpoch == nil ? 1 : 0 }, watch: TrainingWatch(isCancelled: { steps >= most }))
      let batch = Toy.source().batch(epoch: 1, index: 0)
      let found = try result.generator.predict(images: batch.images).values.map { $0 >= 0.5 }
      let truth = batch.labels.values.map { $0 == 1 }
      let shared = zip(found, truth).count { $0 && $1 }
      return 2 * Double(shared) / Double(max(1, found.count { $0 } + truth.count { $0 }))
    }
    #expect(try dice(.population) > 0.9)
    #expect(try dice(.population, stoppingAfter: 41) > 0.9)
    #expect(try dice(.running) < 0.5)
  }

  @Test("a network that is stopped predicts with statistics of its training images") func stoppedStatistics() throws {
    let options = TrainingOptions(epochs: 3, statistics: .population)
    func stopped(isHurried: Bool) throws -> (result: TrainingResult, told: [Int]) {
      var (steps, told) = (0, [Int]())
      let result = try train(
        try Toy.generator(), against: nil, on: Toy.source(), options: options,
        report: { steps += $0.finishedEpoch == nil ? 1 : 0 },
        watch: TrainingWatch(
          isCancelled: { steps >= 3 }, isHurried: { isHurried }, reportStatistics: { done, _ in told.append(done) }))
      return (result, told)
    }
    let (waited, told) = try stopped(isHurried: false)
    #expect(waited.wasInterrupted && !waited.lacksStatistics && told == [1, 2])
    let (hurried, none) = try stopped(isHurried: true)
    #expect(hurried.wasInterrupted && hurried.lacksStatistics && none == [])
    let settled = try #require(try hurried.generator.withPopulationStatistics(of: Toy.source()))
    #expect(Toy.weights(waited.generator) == Toy.weights(settled))
    #expect(Toy.weights(waited.generator) != Toy.weights(hurried.generator))
  }

  @Test("a hurry at the end leaves the measuring to whoever goes on") func hurriedEnd() throws {
    let options = TrainingOptions(epochs: 2, statistics: .population)
    let whole = try train(try Toy.generator(), against: nil, on: Toy.source(), options: options)
    let hurried = try train(
      try Toy.generator(), against: nil, on: Toy.source(), options: options,
      watch: TrainingWatch(isHurried: { true }))
    #expect(hurried.lacksStatistics && hurried.history.count == 2)
    let resumed = try train(
      try Toy.generator(), against: nil, on: Toy.source(), options: options,
      checkpoints: Checkpoints(subject: [:], start: hurried.interrupted, keep: nil))
    #expect(Toy.everything(of: resumed) == Toy.everything(of: whole) && !resumed.wasInterrupted)
  }

  @Test("running averages forget what they began with as momentum to the power of steps") func initialShare() throws {
    let model = try Toy.generator()
    #expect(abs(model.initialShare(ofRunningAveragesAfter: 10) - 0.348_678_44) < 1e-6)
    #expect(model.initialShare(ofRunningAveragesAfter: 0) == 1)
    #expect(Model.momentum(forgettingWithin: 1000) == 0.99 && Model.momentum(forgettingWithin: 144) == 0.95)
    #expect(Model.momentum(forgettingWithin: 3) == nil)
  }

  @Test("progress tells every step, and the record at an epoch's end") func progress() throws {
    var told: [String] = []
    _ = try trainNetwork(try Toy.generator(), on: Toy.source(), options: Toy.options(epochs: 2)) { progress in
      told.append("\(progress.epoch)/\(progress.epochs) \(progress.step)/\(progress.stepsPerEpoch)")
      if progress.finishedEpoch != nil { told.append("record") }
    }
    #expect(
      told == ["1/2 1/2", "1/2 2/2", "1/2 2/2", "record", "2/2 1/2", "2/2 2/2", "2/2 2/2", "record"])
  }

  @Test("keep: best returns the epoch of the best validation") func keepBest() throws {
    let scores = [0.2, 0.7, 0.7, 0.1]
    func run(_ keep: KeptWeights, epochs: Int) throws -> TrainingResult {
      var options = Toy.options(epochs: epochs)
      options.keep = keep
      let calls = Counter()
      return try trainNetwork(
        try Toy.generator(), on: Toy.source(), validate: { _ in scores[calls.next()] }, options: options)
    }
    let best = try run(.best, epochs: 4)
    #expect(best.keptEpoch == 2 && best.history.count == 4)
    #expect(try Toy.weights(best.generator) == Toy.weights(run(.last, epochs: 2).generator))
    #expect(try Toy.weights(best.generator) != Toy.weights(run(.last, epochs: 4).generator))
  }

  @Test("a smaller last batch is trained on, not dropped") func oddLastBatch() throws {
    let result = try trainGAN(
      generator: try Toy.generator(), discriminator: try Toy.discriminator(), on: Toy.source(lastBatch: 1),
      options: Toy.options())
    #expect(result.history.first?.steps == 2)
  }

  @Test("a pixel that is NaN stops the training, named by step") func notFinite() throws {
    var images = Toy.images("nan", count: 2)
    images[flat: 7] = .nan
    let source = RepeatedBatch(images: images, labels: Tensor([2, 16, 16, 1]))
    let error = #expect(throws: TrainingError.self) {
      try trainNetwork(try Toy.generator(), on: source, options: Toy.options())
    }
    #expect(error == .pixelsNotFinite(what: "images", epoch: 1, step: 1))
  }

  @Test("weights that are NaN are named") func notFiniteWeights() throws {
    var model = try Toy.generator()
    model.parameters["decoder1.convolution2.bias"] = Tensor([4], filledWith: .nan)
    let error = #expect(throws: TrainingError.self) {
      try trainNetwork(model, on: Toy.source(), options: Toy.options())
    }
    #expect(error?.code == "loss-not-finite")
    #expect(error?.message.contains("decoder1.convolution2.bias") == true)
  }

  @Test("the layer that made a number that is not finite is named") func notFiniteLayer() throws {
    var model = try Toy.generator()
    // Finite weights whose products are not: 1e30 times a map of about 1e9.
    model.parameters["encoder2.convolution1.weights"] = model.parameters["encoder2.convolution1.weights"] * 1e30
    model.parameters["encoder1.norm2.scale"] = Tensor([4], filledWith: 1e9)
    let error = #expect(throws: TrainingError.self) {
      try trainNetwork(model, on: Toy.source(), options: Toy.options())
    }
    #expect(error?.code == "loss-not-finite")
    #expect(error?.message.contains("encoder2.") == true, "\(error?.message ?? "")")
  }

  @Test("adversarial: bce is refused for a discriminator without a sigmoid") func crossEntropyOfScores() throws {
    let judge = try Model(
      PatchDiscriminatorConfiguration(width: 4, layers: 1, output: .linear), stream: RandomStream(seed: 1))
    let error = #expect(throws: TrainingError.self) {
      try trainGAN(
        generator: Toy.generator(), discriminator: judge, on: Toy.source(), options: TrainingOptions(adversarial: .bce))
    }
    #expect(error?.code == "adversarial-loss-needs-sigmoid")
  }

  @Test("what can't be trained is refused before the first step") func refused() throws {
    func code(_ work: () throws -> TrainingResult) -> String? {
      #expect(throws: TrainingError.self) { _ = try work() }?.code
    }
    let generator = try Toy.generator()
    let discriminator = try Toy.discriminator()
    var best = Toy.options()
    best.keep = .best
    #expect(code { try trainNetwork(generator, on: Toy.source(), options: best) } == "keep-best-needs-validation")
    #expect(code { try trainNetwork(discriminator, on: Toy.source()) } == "wrong-network")
    #expect(
      code { try trainGAN(generator: generator, discriminator: generator, on: Toy.source()) } == "wrong-network")
    let wide = try Model(
      DiscriminatorConfiguration(width: 4, depth: 3, imageChannels: 3), stream: RandomStream(seed: 1))
    #expect(
      code { try trainGAN(generator: generator, discriminator: wide, on: Toy.source()) } == "network-channels-differ")
    for options in [
      TrainingOptions(epochs: 0), TrainingOptions(rate: 0), TrainingOptions(rate: .nan), TrainingOptions(beta1: 1),
      TrainingOptions(epsilon: 0), TrainingOptions(alpha: -1), TrainingOptions(discriminatorSteps: 0),
      TrainingOptions(rate: .infinity), TrainingOptions(beta2: -0.1), TrainingOptions(dice: .infinity),
      TrainingOptions(discriminatorSteps: 1001), TrainingOptions(patience: -1),
    ] {
      #expect(
        code { try trainNetwork(generator, on: Toy.source(), options: options) } == "training-option-out-of-range")
    }
    let none = RepeatedBatch(images: Toy.images("a", count: 1), labels: Tensor([1, 16, 16, 1]), batchesPerEpoch: 0)
    #expect(code { try trainNetwork(generator, on: none) } == "no-training-images")
    let unlike = RepeatedBatch(images: Toy.images("a", count: 2), labels: Tensor([1, 16, 16, 1]))
    #expect(code { try trainNetwork(generator, on: unlike) } == "labels-do-not-match")
    let tiny = RepeatedBatch(images: Tensor([2, 4, 4, 1]), labels: Tensor([2, 4, 4, 1]))
    let error = #expect(throws: TrainingError.self) {
      try trainGAN(generator: generator, discriminator: discriminator, on: tiny)
    }
    #expect(error?.code == "network-size-not-supported")
    #expect(error?.hint?.contains("depth: 2") == true)
  }

  /// One value for an option of the training, and its name.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (inout TrainingOptions) -> Void
  }

  static let changes: [Change] = [
    Change(testDescription: "bce: sum") { $0.crossEntropy = .sum },
    Change(testDescription: "pixel-target: xor") { $0.pixelTarget = .xor },
    Change(testDescription: "pixel-target: soft") { $0.pixelTarget = .soft },
    Change(testDescription: "generated: hard") { $0.generated = .hard },
    Change(testDescription: "d-steps: 2") { $0.discriminatorSteps = 2 },
    Change(testDescription: "alpha: 0") { $0.alpha = 0 },
    Change(testDescription: "beta: 0") { $0.beta = 0 },
    Change(testDescription: "gamma: 0") { $0.gamma = 0 },
    Change(testDescription: "beta1: 0.5") { $0.beta1 = 0.5 },
    Change(testDescription: "rate: 1e-3") { $0.rate = 1e-3 },
    Change(testDescription: "dice: 1") { $0.dice = 1 },
    Change(testDescription: "adversarial: bce") { $0.adversarial = .bce },
    Change(testDescription: "schedule: cosine") { $0.schedule = .cosine },
  ]

  @Test("every option of the training changes the weights it leaves", arguments: changes)
  func optionChanges(_ change: Change) throws {
    var options = Toy.options(epochs: 2)
    let usual = try Toy.trainedPair(options)
    change.apply(&options)
    let changed = try Toy.trainedPair(options)
    #expect(Toy.weights(changed.generator) != Toy.weights(usual.generator))
    #expect(changed.history.last?.generator.total.isFinite == true)
  }

  @Test("every option of the discriminator trains") func discriminatorOptions() throws {
    for configuration in [
      DiscriminatorConfiguration(width: 4, depth: 3, skips: false),
      DiscriminatorConfiguration(width: 4, depth: 3, condition: .none),
      DiscriminatorConfiguration(width: 4, depth: 3, norm: .spectral),
      DiscriminatorConfiguration(width: 4, depth: 3, norm: .none, output: .linear),
      DiscriminatorConfiguration(width: 4, depth: 1), DiscriminatorConfiguration(width: 4, depth: 3, answers: .map),
      DiscriminatorConfiguration(width: 4, depth: 3, answers: .pixels),
      PatchDiscriminatorConfiguration(width: 4, layers: 1), PointwiseDiscriminatorConfiguration(width: 4),
    ] as [any NetworkConfiguration] {
      let discriminator = try Model(Architecture(configuration), stream: RandomStream(seed: 2))
      let result = try trainGAN(
        generator: try Toy.generator(), discriminator: discriminator, on: Toy.source(), options: Toy.options(epochs: 2))
      #expect(result.history.last?.discriminator?.total.isFinite == true)
      #expect(try Toy.weights(#require(result.discriminator)) != Toy.weights(discriminator))
    }
  }

  @Test("G's step leaves D's running statistics alone: each batch moves them twice") func runningStatistics() throws {
    // With momentum 0 the statistics are those of the last map D learnt from: G's, not yet improved by its own step.
    let configuration = DiscriminatorConfiguration(width: 4, depth: 1, condition: .none, batchNormMomentum: 0)
    var discriminator = try Model(configuration, stream: RandomStream(seed: 2))
    discriminator.parameters["encoder1.convolution.weights"] = Tensor([3, 3, 1, 4], filledWith: 1)
    var options = Toy.options()
    options.rate = 0.5
    let source = RepeatedBatch(images: Toy.images("one", count: 2), labels: Tensor([2, 16, 16, 1]))
    let generator = try Toy.generator()
    let result = try trainGAN(generator: generator, discriminator: discriminator, on: source, options: options)
    let plan = try Plan(generator.graph, inputShapes: ["image": source.images.shape], mode: .training)
    var weights = generator.parameters
    let map = try #require(plan.forward(["image": source.images], &weights)["probability"])
    var graph = Graph(name: "sum of nine")
    graph.output("y", graph.convolution(graph.input("x", channels: 1), filters: 4, name: "layer"))
    var sum = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 0))
    sum["layer.weights"] = Tensor([3, 3, 1, 4], filledWith: 1)
    let sums = try #require(
      try Plan(graph, inputShapes: ["x": map.shape], mode: .inference).forward(["x": map], &sum)["y"])
    let running = try #require(result.discriminator).parameters["encoder1.norm.running-mean"]
    #expect(abs(Double(running[flat: 0]) - sums.mean()) < 1e-5 * sums.mean())
  }
}
