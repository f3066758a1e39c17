import Base
import Glibc
import Networks
import Tensors
import Testing

/// A training that is stopped and goes on gives the same bits as one that never was.
@Suite struct CheckpointTests {
  /// What a training leaves behind after every epoch, as files that are read again.
  private func train(
    _ options: TrainingOptions, on path: String, resuming: Bool = false, stoppingAfter steps: Int = .max,
    subject: TrainingSubject = ["images": "toy"], discriminator: Model? = nil
  ) throws -> TrainingResult {
    var done = 0
    return try Networks.train(
      Toy.generator(), against: discriminator ?? Toy.discriminator(), on: Toy.source(),
      validate: { model in Double(Toy.weights(model)[0] % 97) / 97 },
      options: options,
      checkpoints: Checkpoints(
        subject: subject, start: resuming ? try Checkpoint(opening: path) : nil,
        keep: { state, _ in try state.save(to: path, engineVersion: "test") }),
      report: { done += $0.finishedEpoch == nil ? 1 : 0 }, watch: TrainingWatch(isCancelled: { done >= steps }))
  }

  private func withFile<T>(_ body: (String) throws -> T) throws -> T {
    var template = Array("/tmp/cnp-checkpoint-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
      unlink("\(folder)/training.checkpoint")
      rmdir(folder)
    }
    return try body("\(folder)/training.checkpoint")
  }

  @Test(
    "a training that goes on gives the same bits",
    arguments: [
      TrainingOptions(epochs: 4, rate: 5e-3), TrainingOptions(epochs: 4, rate: 5e-3, keep: .best),
      TrainingOptions(epochs: 4, rate: 5e-3, schedule: .cosine, dice: 0.5, statistics: .population),
      TrainingOptions(epochs: 4, rate: 5e-3, schedule: .linear, adversarial: .bce, discriminatorSteps: 2),
    ]) func sameBits(_ options: TrainingOptions) throws
  {
    let whole = try withFile { try train(options, on: $0) }
    // In the middle of the third epoch, and at ends of epochs, before these were measured.
    for steps in [1, 4, 5, 8] {
      let resumed = try withFile { path in
        let stopped = try train(options, on: path, stoppingAfter: steps)
        #expect(stopped.wasInterrupted && stopped.history.count == (steps + 1) / 2)
        return try train(options, on: path, resuming: true)
      }
      #expect(Toy.everything(of: whole) == Toy.everything(of: resumed))
      #expect(whole.keptEpoch == resumed.keptEpoch)
      #expect(whole.history.map(\.validationDice) == resumed.history.map(\.validationDice))
    }
  }

  @Test("an interrupted network carries its state, also through a file; steps that are done are not done again")
  func carried() throws {
    let options = TrainingOptions(epochs: 4, rate: 5e-3)
    func train(from start: Checkpoint? = nil, stoppingAfter most: Int = .max) throws -> (TrainingResult, steps: Int) {
      var done = 0
      let result = try Networks.train(
        Toy.generator(), against: Toy.discriminator(), on: Toy.source(), options: options,
        checkpoints: Checkpoints(subject: ["images": "toy"], start: start, keep: nil),
        report: { done += $0.finishedEpoch == nil ? 1 : 0 }, watch: TrainingWatch(isCancelled: { done >= most }))
      return (result, done)
    }
    let (whole, steps) = try train()
    #expect(whole.interrupted == nil)
    let (stopped, before) = try train(stoppingAfter: 3)
    let state = try #require(stopped.interrupted)
    #expect(state.stepsBegun == 3 - state.history.count * Toy.source().batchesPerEpoch && before == 3)
    let saved = SavedNetwork(generator: stopped.generator, wasInterrupted: true, checkpoint: state)
    let opened = try SavedNetwork(decoding: saved.encoded(engineVersion: "test"))
    for start in [state, try #require(opened.checkpoint)] {
      let (resumed, after) = try train(from: start)
      #expect(Toy.everything(of: resumed) == Toy.everything(of: whole))
      #expect(before + after == steps)
    }
  }

  @Test("a state that claims more steps than an epoch has is refused") func impossibleSteps() throws {
    var many = Toy.source()
    many.batchesPerEpoch = 6
    var done = 0
    let stopped = try Networks.train(
      Toy.generator(), against: Toy.discriminator(), on: many, options: TrainingOptions(epochs: 2),
      checkpoints: Checkpoints(subject: ["images": "toy"], keep: nil), report: { _ in done += 1 },
      watch: TrainingWatch(isCancelled: { done >= 5 }))
    let begun = try #require(stopped.interrupted)
    let error = #expect(throws: TrainingError.self) {
      try Networks.train(
        Toy.generator(), against: Toy.discriminator(), on: Toy.source(), options: TrainingOptions(epochs: 2),
        checkpoints: Checkpoints(subject: ["images": "toy"], start: begun, keep: nil))
    }
    #expect(error?.code == "checkpoint-differs")
  }

  @Test("power iterations go on too") func spectral() throws {
    let judge = try Model(
      DiscriminatorConfiguration(width: 4, depth: 3, norm: .spectral), stream: RandomStream(seed: 2))
    let options = TrainingOptions(epochs: 3)
    let whole = try withFile { try train(options, on: $0, discriminator: judge) }
    let resumed = try withFile { path in
      _ = try train(options, on: path, stoppingAfter: 2, discriminator: judge)
      return try train(options, on: path, resuming: true, discriminator: judge)
    }
    #expect(Toy.everything(of: whole) == Toy.everything(of: resumed))
  }

  @Test("the same training writes the same bytes, whatever time it takes") func sameBytes() throws {
    func files() throws -> (state: [UInt8], network: [UInt8]) {
      try withFile { path in
        let result = try train(TrainingOptions(epochs: 2, keep: .best), on: path, stoppingAfter: 3)
        let saved = SavedNetwork(
          generator: result.generator, discriminator: result.discriminator, history: result.history,
          checkpoint: result.interrupted)
        return (try readFile(path), saved.encoded(engineVersion: "test"))
      }
    }
    let (first, second) = (try files(), try files())
    #expect(first.state == second.state && first.network == second.network)
    #expect(!String(decoding: first.state, as: UTF8.self).contains("seconds"))
    let opened = try SavedNetwork(decoding: first.network)
    #expect(opened.history.map(\.seconds) == [nil, nil] && opened.isSealed)
  }

  @Test("states are given after epochs, at the end and at a stop, and say which") func occasions() throws {
    func occasions(stoppingAfter steps: Int) throws -> [Checkpoints.Occasion] {
      var (done, told) = (0, [Checkpoints.Occasion]())
      _ = try Networks.train(
        Toy.generator(), against: nil, on: Toy.source(), options: TrainingOptions(epochs: 3),
        checkpoints: Checkpoints(subject: [:], keep: { _, occasion in told.append(occasion) }),
        report: { done += $0.finishedEpoch == nil ? 1 : 0 }, watch: TrainingWatch(isCancelled: { done >= steps }))
      return told
    }
    #expect(try occasions(stoppingAfter: .max) == [.epoch, .epoch, .end])
    #expect(try occasions(stoppingAfter: 3) == [.epoch, .stop])
  }

  @Test("the outline says of which training a file is, and how far that has come") func outlined() throws {
    try withFile { path in
      let options = TrainingOptions(epochs: 4)
      let stopped = try train(options, on: path, stoppingAfter: 3)
      let outline = try CheckpointOutline(decoding: readFile(path), at: path)
      #expect(outline.epochs == 1 && outline.stepsBegun == 1)
      #expect(outline.isOf(["images": "toy"], options) && outline.isOf(["images": "toy"], TrainingOptions(epochs: 2)))
      #expect(!outline.isOf(["images": "others"], options))
      #expect(!outline.isOf(["images": "toy"], TrainingOptions(epochs: 4, rate: 1)))
      let state = try #require(stopped.interrupted)
      #expect(!outline.isPassed(by: state))
      _ = try train(options, on: path, stoppingAfter: 2)
      #expect(try CheckpointOutline(decoding: readFile(path), at: path).isPassed(by: state))
    }
  }

  @Test("a finished training has nothing to do, and may be given more epochs") func longer() throws {
    try withFile { path in
      let two = try train(TrainingOptions(epochs: 2), on: path)
      let again = try train(TrainingOptions(epochs: 2), on: path, resuming: true)
      #expect(Toy.everything(of: two) == Toy.everything(of: again))
      let four = try train(TrainingOptions(epochs: 4), on: path, resuming: true)
      let whole = try withFile { try train(TrainingOptions(epochs: 4), on: $0) }
      #expect(Toy.everything(of: four) == Toy.everything(of: whole))
    }
  }

  @Test("a checkpoint of another training is refused, saying what differs") func differs() throws {
    try withFile { path in
      _ = try train(TrainingOptions(epochs: 1), on: path)
      func message(_ options: TrainingOptions, subject: TrainingSubject = ["images": "toy"], _ judge: Model? = nil)
        -> String
      {
        let error = #expect(throws: TrainingError.self) {
          try train(options, on: path, resuming: true, subject: subject, discriminator: judge)
        }
        #expect(error?.code == "checkpoint-differs")
        return error?.message ?? ""
      }
      #expect(message(TrainingOptions(epochs: 1, rate: 1e-3)).contains("rate was 0.0002 and is 0.001"))
      #expect(message(TrainingOptions(epochs: 1), subject: ["images": "other"]).contains("it had other images"))
      #expect(
        message(
          TrainingOptions(epochs: 1),
          try Model(
            PatchDiscriminatorConfiguration(width: 4, layers: 1), stream: RandomStream(seed: 1))
        ).contains("and are unet"))
    }
  }

  @Test("bytes that are no checkpoint are refused, whatever was cut or changed") func damaged() throws {
    try withFile { path in
      _ = try train(TrainingOptions(epochs: 1), on: path)
      let bytes = try readFile(path)
      var stream = RandomStream(seed: 5)
      for _ in 0..<200 {
        var damaged = bytes
        if stream.uniform() < 0.5 {
          damaged.removeLast(1 + stream.integer(below: bytes.count - 1))
        } else {
          damaged[stream.integer(below: bytes.count)] ^= 1 << UInt8(stream.integer(below: 8))
        }
        try writeFile(damaged, to: path)
        #expect(throws: SavingError.self) { try Checkpoint(opening: path) }
      }
      try SavedNetwork(generator: Toy.generator()).save(to: path, engineVersion: "test")
      let error = #expect(throws: SavingError.self) { try Checkpoint(opening: path) }
      #expect(error?.code == "not-a-checkpoint")
    }
  }

  @Test(
    "numbers that no training has are refused, not computed with",
    arguments: [
      (#""predictedPixels":"#, "9223372036854775807"), (#""truePixels":"#, "-5"), (#""sharedPixels":"#, "1000000"),
      (#""best":\{"dice":[0-9.]+,"epoch":"#, "-9223372036854775808"), (#""best":\{"dice":[0-9.]+,"epoch":"#, "3"),
      (#""begun":.*?"epoch":"#, "9223372036854775807"), (#""steps":\["#, "-1"),
    ]) func impossibleNumbers(key: String, value: String) throws
  {
    try withFile { path in
      _ = try train(TrainingOptions(epochs: 4, keep: .best), on: path, stoppingAfter: 5)
      var file = try SafetensorsFile(decoding: readFile(path))
      let text = try #require(file.metadata["description"])
      let found = try #require(try text.firstRange(of: Regex(key)))
      var end = found.upperBound
      while end < text.endIndex, text[end] == "-" || text[end].isNumber { end = text.index(after: end) }
      file.metadata["description"] = text[..<found.upperBound] + value + text[end...]
      try writeFile(file.encoded(), to: path)
      #expect(throws: SavingError.self) { try Checkpoint(opening: path) }
    }
  }

  @Test("fewer epochs than were begun are refused: the weights have learnt from the last one too") func fewerEpochs()
    throws
  {
    try withFile { path in
      _ = try train(TrainingOptions(epochs: 4), on: path, stoppingAfter: 5)
      let error = #expect(throws: TrainingError.self) {
        try train(TrainingOptions(epochs: 2), on: path, resuming: true)
      }
      #expect(error?.code == "checkpoint-differs")
      _ = try train(TrainingOptions(epochs: 3), on: path, resuming: true)
    }
  }

  @Test("a training that learns nothing leaves the file of another alone") func nothingLearnt() throws {
    try withFile { path in
      _ = try train(TrainingOptions(epochs: 1), on: path)
      let before = try readFile(path)
      _ = try train(TrainingOptions(epochs: 3), on: path, stoppingAfter: 0)
      #expect(try readFile(path) == before)
    }
  }

  @Test("patience ends a training that gets no better, also after it was stopped") func patience() throws {
    let scores = [0.3, 0.5, 0.4, 0.5, 0.2, 0.9]
    var options = Toy.options(epochs: 6)
    options.patience = 3
    let result = try trainNetwork(
      Toy.generator(), on: Toy.source(), validate: { [calls = Counter()] _ in scores[calls.next()] }, options: options)
    #expect(result.history.count == 5 && result.stoppedEarly && !result.wasInterrupted)
    options.patience = 0
    let patient = try trainNetwork(
      Toy.generator(), on: Toy.source(), validate: { [calls = Counter()] _ in scores[calls.next()] }, options: options)
    #expect(patient.history.count == 6 && !patient.stoppedEarly)
    options.patience = 1
    let error = #expect(throws: TrainingError.self) {
      try trainNetwork(Toy.generator(), on: Toy.source(), options: options)
    }
    #expect(error?.code == "patience-needs-validation")
  }

  @Test("a schedule starts at the rate and ends near zero") func schedules() {
    for schedule in RateSchedule.allCases {
      let shares = (0..<100).map { schedule.share(step: $0, of: 100) }
      #expect(shares[0] == 1)
      #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(schedule == .constant ? shares[99] == 1 : shares[99] > 0 && shares[99] < 0.03)
    }
    #expect(RateSchedule.linear.share(step: 49, of: 100) == 1)
    #expect(abs(RateSchedule.cosine.share(step: 50, of: 100) - 0.5) < 1e-6)
  }

  @Test("a discriminator that has won, or given up, is told apart from a steady one") func health() throws {
    func state(_ shares: [Double]) -> DiscriminatorHealth { .state(shares: shares) }
    #expect(state([1, 1]) == .steady)
    #expect(state([0.4, 1, 1, 0.99]) == .undecided)
    #expect(state([1, 0.04, 0.048, 0.004]) == .winning)
    #expect(state([0.04, 0.048, 0.8]) == .steady)
    #expect(state([1.2, 1.2, 1.2]) == .steady)
    #expect(DiscriminatorHealth.state(after: [], .mse) == nil)
    #expect(try Toy.trainedPair().history.last?.discriminatorHealth == .steady)
    #expect(DiscriminatorHealth.winning.advice != nil && DiscriminatorHealth.steady.advice == nil)
  }
}
