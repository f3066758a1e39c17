import Angiography
import Foundation
import Imaging
import Methods
import Networks
import Tensors
import Testing

/// What networks say of a picture that is turned by quarters and mirrored, in eight ways, averaged.
@Suite struct TestTimeAugmentationTests {
  private func network() throws -> TrainedNetwork {
    let system = try #require(LearnedSystem.all.first { $0.name == "unet" })
    let scale = SystemScale(width: 4, imageChannels: 1, side: 32)
    return TrainedNetwork(
      try system.networks(scale, stream: RandomStream(seed: 8)).generator, discriminator: nil, history: [],
      features: [.grey], wasInterrupted: false, imageSide: 32)
  }

  /// Wider than high, and no mirror image of itself.
  private func eyes() throws -> Dataset {
    var stream = RandomStream(seed: 2)
    let samples = (0..<2).map { index in
      let plane = Plane(width: 48, height: 32, pixels: (0..<48 * 32).map { _ in stream.uniform() })
      return Sample(
        name: "eye \(index)", image: plane, mask: nil, fieldOfView: Mask(width: 48, height: 32, filledWith: true))
    }
    return Dataset(name: "eyes", samples: samples, workingSize: nil, features: [.grey])
  }

  @Test func aMapIsTheMeanOverTheTurns() throws {
    let fitted = FittedNetwork(try network())
    let eyes = try eyes()
    let draws = try fitted.draws(of: eyes, from: .augmentation) { _, _ in }
    let augmented = fitted.augmentingTests(true)
    let found = try augmented.probabilityMaps(of: eyes)
    for (mean, map) in zip(draws.means, found) {
      #expect(zip(mean.pixels, map.pixels).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    let plain = try fitted.probabilityMaps(of: eyes)
    #expect(found != plain && zip(plain, draws.maps[0]).allSatisfy { $0 == $1 })
    #expect(try augmented.augmentingTests(false).probabilityMaps(of: eyes) == plain)
    // Draws are of single turns, of whatever they are asked.
    #expect(try augmented.draws(of: eyes, from: .augmentation) { _, _ in }.maps == draws.maps)
    var told: [Int] = []
    #expect(try augmented.probabilityMaps(of: eyes) { done, _ in told.append(done) } == found)
    #expect(told == [1, 2])
  }

  /// What it says of a turned picture is what it says of the picture, turned.
  @Test func noTurnIsLikeAnother() throws {
    let augmented = FittedNetwork(try network(), augmentsTests: true)
    let eyes = try eyes()
    let upright = try augmented.probabilityMaps(of: eyes)
    for turn in QuarterTurn.all {
      let turned = eyes.with(
        eyes.samples.map {
          Sample(name: $0.name, image: $0.image.turned(turn), mask: nil, fieldOfView: $0.fieldOfView.turned(turn))
        })
      for (map, expected) in zip(try augmented.probabilityMaps(of: turned), upright) {
        #expect(zip(map.turned(turn.inverse).pixels, expected.pixels).allSatisfy { abs($0 - $1) < 1e-5 }, "\(turn)")
      }
    }
  }

  private struct Stopped: Error {}

  /// Where nobody is held out, the mean over networks and turns loses its share of the mean of its log-odds and is cut at ½; what a
  /// comparison has fitted says the same again, also from a file.
  @Test func aComparisonsFitsAverageTurnsAndCutAtAHalf() throws {
    let stream = RandomStream(seed: 5)
    let data = try phantomDataset(PhantomOptions(count: 4, size: 64, seed: 3))
    var options = TrainingOptions()
    options.epochs = 1
    func result(_ preparation: MapPreparation, augmentsTests: Bool) throws -> (
      predictions: Predictions, fits: [any FittedSegmenter]
    ) {
      let comparison = Comparison(
        of: [try #require(Segmenters.named("unet"))], against: 0,
        on: try Comparison.folds(2, of: data, by: .image, stream: stream).splits, more: nil,
        settings: LearningSettings(options: options, batch: 2, width: 4, batchNormMomentum: 0.9),
        ensemble: EnsemblePlan(
          count: 2, holdOut: .none, unit: .image, preparation: preparation, augmentsTests: augmentsTests),
        empty: .metricsReloaded, stream: stream)
      guard case .ranked(let result) = try comparison.run(goingOnFrom: nil, keptIn: nil, Silence(), fitted: { _, _ in })
      else { throw Stopped() }
      return (result.entries[0].predictions, result.entries[0].fits)
    }
    let preparation = MapPreparation(centring: 0.5)
    let found = try result(preparation, augmentsTests: true)
    let plain = try result(MapPreparation(), augmentsTests: true)
    for (index, sample) in found.predictions.samples.enumerated() {
      #expect(
        found.predictions.maps[index] == plain.predictions.maps[index].centred(within: sample.fieldOfView, by: 0.5))
    }
    let upright = try result(preparation, augmentsTests: false)
    #expect(upright.predictions.maps != found.predictions.maps, "the same networks saw other pictures")
    let tested = Dataset(name: "tested", samples: Array(found.predictions.samples.prefix(2)), features: data.features)
    let again = try found.fits[0].probabilityMaps(of: tested)
    #expect(again == Array(found.predictions.maps.prefix(2)))
    #expect(
      try found.fits[0].augmentingTests(false).probabilityMaps(of: tested) == Array(upright.predictions.maps.prefix(2)))
    let stored = try JSONEncoder().encode(StoredSegmenter(found.fits[0]))
    let read = try JSONDecoder().decode(StoredSegmenter.self, from: stored).fitted
    #expect(try read.probabilityMaps(of: tested) == again)
    var told: [Int] = []
    #expect(try read.probabilityMaps(of: tested) { done, _ in told.append(done) } == again)
    #expect(told == told.sorted() && told.last == 2)
  }

  @Test func aStoredOneKeepsIt() throws {
    let eyes = try eyes()
    for augments in [false, true] {
      let fitted = FittedNetwork(try network(), augmentsTests: augments)
      let stored = try JSONEncoder().encode(StoredSegmenter(fitted))
      let read = try JSONDecoder().decode(StoredSegmenter.self, from: stored).fitted
      #expect(try read.probabilityMaps(of: eyes) == fitted.probabilityMaps(of: eyes))
    }
  }

  /// There is no retina to mark; inside, the network's map stays.
  @Test func outsideTheFieldOfViewNothingIsMarked() throws {
    let field = Mask(width: 48, height: 32, pixels: (0..<48 * 32).map { $0 % 48 > 7 })
    let eyes = try eyes().with(
      try eyes().samples.map { Sample(name: $0.name, image: $0.image, mask: nil, fieldOfView: field) })
    let network = try network()
    let raw = try network.model.probabilityMaps(of: eyes)
    let maps = try FittedNetwork(network).probabilityMaps(of: eyes)
    for (map, whole) in zip(maps, raw) {
      #expect(whole.pixels.allSatisfy { $0 > 0 })
      #expect(map.pixels.indices.allSatisfy { map.pixels[$0] == (field.pixels[$0] ? whole.pixels[$0] : 0) })
    }
  }
}
