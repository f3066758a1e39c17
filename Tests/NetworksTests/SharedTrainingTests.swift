import Base
import Networks
import Synchronization
import Tensors
import Testing
import ThreadRanks

/// Ranks that share the images of every batch: what they learn has the bits of one process.
@Suite(.serialized) struct SharedTrainingTests {
  /// Batches of several sizes, the last of one image.
  private struct Batches: BatchSource {
    let sizes = [3, 2, 5, 1]
    var batchesPerEpoch: Int { sizes.count }

    func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
      let images = Toy.images("epoch \(epoch) batch \(index)", count: sizes[index])
      return (images, Toy.labels(count: sizes[index]))
    }
  }

  private static var options: TrainingOptions {
    var options = Toy.options(epochs: 2)
    options.dice = 0.5
    return options
  }

  private static func trained(
    from start: Checkpoint? = nil, stoppingAfter steps: Int = .max
  ) throws -> TrainingResult {
    let asked = Counter()
    return try train(
      Toy.generator(), against: Toy.discriminator(), on: Batches(), options: options,
      checkpoints: Checkpoints(subject: ["images": "toy"], start: start, keep: nil),
      watch: TrainingWatch(isCancelled: { asked.next() >= steps }))
  }

  @Test(arguments: [2, 3, 4]) func anyNumberOfRanksLearnsTheSame(count: Int) throws {
    let alone = Toy.everything(of: try Self.trained())
    let shared = try onRanks(count) { _ in Toy.everything(of: try Self.trained()) }.map { try $0.get() }
    for (rank, found) in shared.enumerated() where found != alone {
      let places = zip(found, alone).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
      let again = Toy.everything(of: try Self.trained())
      Issue.record(
        """
        rank \(rank): \(places.count) of \(alone.count) numbers differ, from place \(places.first ?? -1) on; \
        like the other ranks: \(shared.allSatisfy { $0 == found }); alone once more, like alone: \(again == alone), like it: \
        \(again == found)
        """)
    }
  }

  @Test func aNetworkAloneLearnsTheSame() throws {
    let alone = Toy.weights(try trainNetwork(Toy.generator(), on: Batches(), options: Toy.options()).generator)
    for result in onRanks(
      2, { _ in Toy.weights(try trainNetwork(Toy.generator(), on: Batches(), options: Toy.options()).generator) })
    {
      #expect(try result.get() == alone)
    }
  }

  @Test("what was stopped within an epoch goes on with another number of ranks", arguments: [(2, 3), (3, 1), (1, 2)])
  func goesOnAnywhere(before: Int, after: Int) throws {
    let whole = Toy.everything(of: try Self.trained())
    let stopped = onRanks(before) { _ in try Self.trained(stoppingAfter: 6).interrupted }
    let states = try stopped.map { try #require(try $0.get()) }
    #expect(states.allSatisfy { $0.stepsBegun == 2 && $0.history.count == 1 })
    for result in onRanks(after, { ranks in Toy.everything(of: try Self.trained(from: states[ranks.rank % before])) }) {
      #expect(try result.get() == whole)
    }
  }

  @Test func aNumberThatIsNotFiniteEndsAllAlike() throws {
    var options = Self.options
    options.rate = 1e30
    let all = options
    @Sendable func message() -> String {
      do {
        _ = try trainGAN(generator: Toy.generator(), discriminator: Toy.discriminator(), on: Batches(), options: all)
        return "no error"
      } catch { return "\(error)" }
    }
    let alone = message()
    #expect(alone.contains("notFinite"))
    for result in onRanks(3, { _ in message() }) { #expect(try result.get() == alone) }
  }

  @Test func ranksAtWorkOfTheirOwnShareNoBatch() throws {
    let sent = onRanks(2) { ranks -> Int in
      _ = try ranks.sharedOut(2) { _ in try Self.trained().keptEpoch }
      return ranks.link.bytesSent
    }
    for bytes in sent { #expect(try bytes.get() < 1000) }
  }

  @Test func aPixelThatIsNotFiniteEndsAllAlike() throws {
    struct Broken: BatchSource {
      let batchesPerEpoch = 1
      func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
        var images = Toy.images("broken", count: 3)
        images[flat: images.count - 1] = .nan
        return (images, Toy.labels(count: 3))
      }
    }
    for result in onRanks(2, { _ in try trainNetwork(Toy.generator(), on: Broken()) }) {
      #expect(throws: TrainingError.pixelsNotFinite(what: "images", epoch: 1, step: 1)) { try result.get() }
    }
  }

  @Test("a step sends what is counted from the graphs", arguments: [2, 4]) func bytesAreCounted(count: Int) throws {
    struct Fours: BatchSource {
      let batchesPerEpoch = 1
      func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
        (Toy.images("fours", count: 4), Toy.labels(count: 4))
      }
    }
    var options = Toy.options()
    options.statistics = .running
    let settings = options
    let counted = StepExchange(
      of: try Toy.generator().architecture, against: try Toy.discriminator().architecture, settings)
    for result in onRanks(
      count,
      { ranks -> Int in
        _ = try trainGAN(
          generator: Toy.generator(), discriminator: Toy.discriminator(), on: Fours(), options: settings)
        return ranks.link.bytesSent
      })
    {
      let sent = Double(try result.get())
      let expected = counted.bytesSent(byOneOf: count, images: 4)
      #expect(abs(sent / expected - 1) < 0.03, "sent \(sent), counted \(expected)")
    }
  }
}
