import Base
import Foundation
import Networks
import Tensors
import Testing
import ThreadRanks

/// L_semi of Hung et al. 2018, and losses that leave pixels out, against sums in double precision written here.
@Suite struct LeftOutPixelsTests {
  private let shape = [2, 6, 5, 1]
  private var prediction: Tensor { hashed("losses/prediction", shape, from: 0.01, to: 0.99) }
  private var truth: Tensor { hashedLabels("losses/truth", shape) }
  private var judged: Tensor { hashed("losses/judged", shape).map { $0 > -0.4 ? 1 : 0 } }
  /// Each number takes a logarithm or a square, a division and two products.
  private let roundings: Float = 10

  private func entropy(_ p: Double, _ y: Double) -> Double { -(y * log(p) + (1 - y) * log(1 - p)) }

  /// Σ w·loss / mass and its derivative, by central differences of the same sum.
  private func compare(
    _ found: Loss, _ weights: [Double], mass: Double, _ name: String, _ loss: (_ p: Double, _ place: Int) -> Double
  ) {
    let p = prediction.values.map { Double($0) }
    let value = p.indices.reduce(0) { $0 + weights[$1] * loss(p[$1], $1) } / mass
    #expect(abs(found.value - value) <= Double(roundings * unitRoundoff) * max(1, abs(value)), "\(name)")
    let step = 1e-5
    let slopes = p.indices.map { place in
      Float(weights[place] * (loss(p[place] + step, place) - loss(p[place] - step, place)) / (2 * step) / mass)
    }
    // The differences are off by step² · f‴ / 6, below 4e-5 of the steepest slope for p ≥ 0.01.
    let reference = Tensor(shape, values: slopes)
    #expect(distance(found.gradient, reference) <= 5e-5 * reference.absolute().maximum(), "gradient of \(name)")
  }

  @Test(
    "L_semi is L_bce against G's own decisions where D is sure, and nothing elsewhere",
    arguments: [0.2, 0.6] as [Float])
  func selfTaught(trust: Float) {
    let confidence = hashed("losses/confidence", shape, from: 0, to: 1)
    let (loss, share) = MethodLosses.selfTaught(prediction, confidence: confidence, trust: trust)
    let weights = confidence.values.map { $0 > trust ? 1.0 : 0 }
    let count = weights.reduce(0, +)
    #expect(count > 5 && count < 60 && abs(share - count / 60) < 1e-12)
    let own = prediction.values.map { $0 >= 0.5 ? 1.0 : 0 }
    compare(loss, weights, mass: count, "L_semi") { p, place in entropy(p, own[place]) }
    for (place, weight) in weights.enumerated() where weight == 0 { #expect(loss.gradient[flat: place] == 0) }
    // A threshold that is met is not passed.
    let level = confidence.values[0]
    #expect(
      MethodLosses.selfTaught(prediction, confidence: confidence, trust: level).trusted
        == Double(confidence.values.count { $0 > level }) / 60)
  }

  @Test func whereNothingIsTrustedNothingIsLearnt() {
    let (loss, share) = MethodLosses.selfTaught(prediction, confidence: Tensor(shape, filledWith: 0.2), trust: 0.2)
    #expect(loss.value == 0 && share == 0 && loss.gradient.absolute().maximum() == 0)
  }

  @Test func whatNobodyCanGradeIsNotTrusted() {
    let sure = Tensor(shape, filledWith: 1)
    let (loss, share) = MethodLosses.selfTaught(prediction, confidence: sure, trust: 0.5, judged: judged)
    let weights = judged.values.map { Double($0) }
    let own = prediction.values.map { $0 >= 0.5 ? 1.0 : 0 }
    compare(loss, weights, mass: weights.reduce(0, +), "L_semi of gradable pixels") { entropy($0, own[$1]) }
    #expect(abs(share - weights.reduce(0, +) / 60) < 1e-12)
  }

  @Test("a mean is over the judged pixels, a sum over those of an image", arguments: CrossEntropyReduction.allCases)
  func crossEntropy(_ reduction: CrossEntropyReduction) {
    let weights = judged.values.map { Double($0) }
    let found = MethodLosses.crossEntropy(prediction, truth, reduction: reduction, judged: judged)
    compare(found, weights, mass: reduction == .mean ? weights.reduce(0, +) : 2, "L_bce") { p, place in
      entropy(p, Double(truth.values[place]))
    }
  }

  @Test func answersForPixelsThatNobodyHasJudged() {
    let weights = judged.values.map { Double($0) }
    let found = MethodLosses.adversarial(prediction, against: truth, .mse, judged: judged)
    compare(found, weights, mass: weights.reduce(0, +), "L_DP") { p, place in
      (p - Double(truth.values[place])) * (p - Double(truth.values[place]))
    }
  }

  @Test("where all pixels are judged the losses are the same, but for their last bits") func allJudged() {
    let all = Tensor(shape, filledWith: 1)
    let entropies = [nil, all].map { MethodLosses.crossEntropy(prediction, truth, reduction: .mean, judged: $0) }
    let overlaps = [nil, all].map { MethodLosses.dice(prediction, truth, judged: $0) }
    for pair in [entropies, overlaps] {
      #expect(abs(pair[0].value - pair[1].value) < 1e-12)
      expectClose(pair[1].gradient, pair[0].gradient, roundings: 2, "all judged")
    }
  }

  @Test func overlapsOfJudgedPixels() {
    // What is left out of both maps is left out of both sums.
    let found = MethodLosses.dice(prediction, truth, judged: judged)
    let reference = MethodLosses.dice(prediction * judged, truth * judged)
    #expect(found.value == reference.value && found.gradient == reference.gradient * judged)
  }
}

/// Trainings that learn from images without labels, too.
@Suite(.serialized) struct UnlabelledTrainingTests {
  /// Two images a step, or more, another two in every step.
  struct Frames: UnlabelledSource {
    var imagesInStep = 2
    var isBroken = false
    var judged: Tensor?

    func batch(step: Int, images: Range<Int>) -> (images: Tensor, judged: Tensor?) {
      var frames = Toy.images("unlabelled \(step)", count: imagesInStep)
      if isBroken { frames[flat: frames.count - 1] = .nan }
      return (frames.rows(images), judged.map { $0.rows(images) })
    }
  }

  private static func options(
    epochs: Int = 4, from first: Int = 2, trust: Float = 0.2, adversarial: Float = 0
  ) -> TrainingOptions {
    TrainingOptions(
      epochs: epochs, rate: 5e-3,
      unlabelled: UnlabelledLearning(firstEpoch: first, trust: trust, weight: 0.5, adversarialWeight: adversarial))
  }

  private static func trained(
    _ options: TrainingOptions, frames: Frames = Frames(), from start: Checkpoint? = nil,
    stoppingAfter steps: Int = .max, keep: ((Checkpoint, Checkpoints.Occasion) throws -> Void)? = nil
  ) throws -> TrainingResult {
    var done = 0
    return try train(
      Toy.generator(), against: Toy.discriminator(), on: Toy.source(),
      unlabelled: options.unlabelled == nil ? nil : frames, options: options,
      checkpoints: Checkpoints(subject: ["images": "toy"], start: start, keep: keep),
      report: { done += $0.finishedEpoch == nil ? 1 : 0 }, watch: TrainingWatch(isCancelled: { done >= steps }))
  }

  private static var without: TrainingOptions { TrainingOptions(epochs: 4, rate: 5e-3) }

  @Test("the first epochs learn from labels alone; then what is learnt differs") func warmUp() throws {
    let labelled = try Self.trained(Self.without)
    let both = try Self.trained(Self.options(from: 3))
    #expect(both.history.prefix(2).map(\.generator) == labelled.history.prefix(2).map(\.generator))
    #expect(both.history.prefix(2).allSatisfy { $0.generator.selfTaught == nil && $0.generator.trusted == nil })
    for record in both.history.dropFirst(2) {
      let g = record.generator
      let (own, trusted) = (try #require(g.selfTaught), try #require(g.trusted))
      #expect(own > 0 && trusted > 0.01 && trusted <= 1)
      let total = 10 * (g.crossEntropy + 0.5 * own) + (g.verdict ?? 0) + (g.pixels ?? 0)
      #expect(abs(g.total - total) < 1e-6 * total)
    }
    #expect(Toy.weights(both.generator) != Toy.weights(labelled.generator))
  }

  @Test("where D trusts nothing, nothing is learnt from them") func noTrust() throws {
    let labelled = try Self.trained(Self.without)
    let both = try Self.trained(Self.options(from: 1, trust: 0.999_999))
    #expect(both.history.last?.generator.trusted == 0)
    #expect(Toy.weights(both.generator) == Toy.weights(labelled.generator))
    let judge = try #require(both.discriminator)
    #expect(try Toy.weights(judge) == Toy.weights(#require(labelled.discriminator)), "nor does D learn from them")
  }

  @Test("D does not learn from them in the step that G does") func theDiscriminatorLearnsFromLabels() throws {
    // After one step the two trainings have the same D, and another G.
    let labelled = try Self.trained(Self.without, stoppingAfter: 1)
    let both = try Self.trained(Self.options(from: 1, adversarial: 0.1), stoppingAfter: 1)
    #expect(try Toy.weights(#require(both.discriminator)) == Toy.weights(#require(labelled.discriminator)))
    #expect(Toy.weights(both.generator) != Toy.weights(labelled.generator))
  }

  @Test func whatDSaysOfThemCanCount() throws {
    let silent = try Self.trained(Self.options())
    let heard = try Self.trained(Self.options(adversarial: 0.1))
    #expect(Toy.weights(silent.generator) != Toy.weights(heard.generator))
  }

  @Test("a training that goes on gives the same bits, also from a file", arguments: [1, 2, 3, 5, 7])
  func resumed(steps: Int) throws {
    let options = Self.options(from: 2, adversarial: 0.1)
    let whole = try Self.trained(options)
    let state = try #require(try Self.trained(options, stoppingAfter: steps).interrupted)
    let opened = try Checkpoint(decoding: state.encoded(engineVersion: "test"), at: "state")
    for start in [state, opened] {
      let resumed = try Self.trained(options, from: start)
      #expect(Toy.everything(of: resumed) == Toy.everything(of: whole))
      #expect(resumed.history.map(\.generator) == whole.history.map(\.generator))
    }
  }

  @Test func anotherWayToLearnFromThemIsAnotherTraining() throws {
    let state = try #require(try Self.trained(Self.options(), stoppingAfter: 1).interrupted)
    func difference(_ options: TrainingOptions) -> String {
      let error = #expect(throws: TrainingError.self) { try Self.trained(options, from: state) }
      return error?.message ?? ""
    }
    #expect(difference(Self.options(trust: 0.3)).contains("trust 0.2, weight 0.5"))
    #expect(difference(Self.without).hasSuffix("and is none"))
  }

  @Test("a training without them writes what it wrote before there were any") func bytesWithout() throws {
    let state = try #require(try Self.trained(Self.without, stoppingAfter: 3).interrupted)
    let text = String(decoding: state.encoded(engineVersion: "test"), as: UTF8.self)
    for word in ["unlabelled", "selfTaught", "trusted"] { #expect(!text.contains(word)) }
  }

  @Test("any number of ranks learns the same", arguments: [2, 3, 4]) func ranks(count: Int) throws {
    for images in [1, 2, 3] {
      var frames = Frames(imagesInStep: images)
      frames.judged = hashed("judged", [images, 16, 16, 1]).map { $0 > -0.5 ? 1 : 0 }
      let all = frames
      let alone = Toy.everything(of: try Self.trained(Self.options(epochs: 2, adversarial: 0.1), frames: all))
      let shared = onRanks(count) { _ in
        Toy.everything(of: try Self.trained(Self.options(epochs: 2, adversarial: 0.1), frames: all))
      }
      for result in shared { #expect(try result.get() == alone) }
    }
  }

  @Test func aPixelThatIsNotFiniteEndsAllAlike() throws {
    func error() -> TrainingError? {
      #expect(throws: TrainingError.self) {
        try Self.trained(Self.options(), frames: Frames(isBroken: true))
      }
    }
    #expect(error() == .pixelsNotFinite(what: "unlabelled images", epoch: 2, step: 1))
    let shared = onRanks(2) { _ in
      do {
        _ = try Self.trained(Self.options(), frames: Frames(isBroken: true))
        return "no error"
      } catch { return "\(error)" }
    }
    for result in shared { #expect(try result.get().contains("unlabelled images")) }
  }

  @Test func whatCannotLearnFromThemIsRefused() throws {
    func code(_ options: TrainingOptions, _ discriminator: Model?) -> String? {
      #expect(throws: TrainingError.self) {
        try train(
          Toy.generator(), against: discriminator, on: Toy.source(), unlabelled: Frames(), options: options)
      }?.code
    }
    let patches = try Model(PatchDiscriminatorConfiguration(width: 4, layers: 1), stream: RandomStream(seed: 2))
    let encoder = try Model(
      DiscriminatorConfiguration(width: 4, depth: 3, answers: .map), stream: RandomStream(seed: 2))
    for judge in [nil, patches, encoder] { #expect(code(Self.options(), judge) == "unlabelled-needs-pixels") }
    var formula = Self.options()
    formula.pixelTarget = .xor
    #expect(code(formula, try Toy.discriminator()) == "unlabelled-needs-agreement")
    #expect(code(Self.options(from: 5), try Toy.discriminator()) == "unlabelled-too-late")
    for (first, trust, weight, adversarial) in [
      (0, 0.2, 0.1, 0), (1, 1, 0.1, 0), (1, -0.1, 0.1, 0), (1, 0.2, 0, 0), (1, 0.2, 0.1, -1), (1, .nan, 0.1, 0),
    ] as [(Int, Float, Float, Float)] {
      var options = Self.options()
      options.unlabelled = UnlabelledLearning(
        firstEpoch: first, trust: trust, weight: weight, adversarialWeight: adversarial)
      #expect(code(options, try Toy.discriminator()) == "training-option-out-of-range")
    }
  }

  @Test func aThirdOfTheEpochsComesFirst() {
    #expect([1, 2, 3, 4, 100].map(UnlabelledLearning.firstEpoch) == [1, 1, 2, 2, 34])
  }
}

/// Pixels that nobody has judged teach nothing.
@Suite struct UnjudgedPixelsTests {
  /// Labels with a second channel that is 0 in one corner, where the first one is what `corner` says.
  private struct Batches: BatchSource {
    let corner: Float
    let batchesPerEpoch = 2

    func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
      var labels = Toy.labels(count: 2)
      var judged = Tensor([2, 16, 16, 1], filledWith: 1)
      for image in 0..<2 {
        for y in 8..<16 {
          for x in 8..<16 {
            let place = (image * 16 + y) * 16 + x
            judged[flat: place] = 0
            labels[flat: place] = corner
          }
        }
      }
      return (Toy.images("batch \(index)", count: 2), Tensor.channelsJoined([labels, judged]))
    }
  }

  @Test("whatever the labels say there, the same is learnt", arguments: [true, false]) func labelsThere(alone: Bool)
    throws
  {
    func learnt(_ corner: Float) throws -> [UInt64] {
      var options = Toy.options(epochs: 2, rate: 5e-3)
      options.dice = 0.5
      let judge = alone ? nil : try Toy.discriminator()
      return Toy.everything(
        of: try train(Toy.generator(), against: judge, on: Batches(corner: corner), options: options))
    }
    #expect(try learnt(0) == learnt(1))
  }

  @Test("ranks learn the same", arguments: [2, 3]) func ranks(count: Int) throws {
    @Sendable func learnt() throws -> [UInt64] {
      Toy.everything(
        of: try train(
          Toy.generator(), against: Toy.discriminator(), on: Batches(corner: 1),
          options: Toy.options(epochs: 2, rate: 5e-3)))
    }
    let alone = try learnt()
    for result in onRanks(count, { _ in try learnt() }) { #expect(try result.get() == alone) }
  }
}
