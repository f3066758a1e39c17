import Angiography
import Imaging
import Methods
import Networks
import Tensors
import Testing

/// The comparison knows segmenters by what they promise alone: two of these tests' own stand beside those there are.
struct SegmenterTests {
  /// Finds the same probability in every pixel.
  private struct Fitted: FittedSegmenter {
    let probability: Float

    func probabilityMaps(of dataset: Dataset) -> [Plane] {
      dataset.samples.map {
        Plane(width: $0.image.width, height: $0.image.height, filledWith: probability)
      }
    }
  }

  private struct Everything: Segmenter {
    let name = "everything"
    let title = "all of it"

    func fit(to training: TrainingSet, _ fit: Fit) -> any FittedSegmenter { Fitted(probability: 1) }
  }

  private struct Guess: Segmenter {
    let name = "guess"
    let title = "a guess"
    let isRandom = true

    func fit(to training: TrainingSet, _ fit: Fit) -> any FittedSegmenter {
      var stream = fit.stream
      return Fitted(probability: stream.uniform())
    }
  }

  private struct Stopped: Error {}

  private func comparison(
    of segmenters: [any Segmenter], folds: Int, networks count: Int = 1, _ holdOut: HoldOut = .none
  ) throws -> ComparisonResult {
    let stream = RandomStream(seed: 1)
    let data = try phantomDataset(PhantomOptions(count: 6, size: 64, seed: 1))
    let comparison = Comparison(
      of: segmenters, against: 0, on: try Comparison.folds(folds, of: data, by: .image, stream: stream).splits,
      more: nil, settings: LearningSettings(options: TrainingOptions(), batch: 2, width: 4, batchNormMomentum: 0.9),
      ensemble: EnsemblePlan(count: count, holdOut: holdOut, unit: .image), empty: .metricsReloaded, stream: stream)
    let outcome = try comparison.run(goingOnFrom: nil, keptIn: nil, Silence()) { _, _ in }
    guard case .ranked(let result) = outcome else { throw Stopped() }
    return result
  }

  @Test func aNewSegmenterIsComparedAsTheOthersAre() throws {
    let threshold = try #require(Segmenters.named("dark-threshold"))
    let result = try comparison(of: [threshold, Everything()], folds: 3)
    #expect(result.entries.map(\.title) == ["dark threshold", "all of it"])
    #expect(result.entries.allSatisfy { $0.predictions.maps.count == 6 && $0.parameters == nil && $0.seconds == nil })
    #expect(result.entries[1].scores.values(of: .sensitivity) == Array(repeating: 1, count: 6))
    #expect(result.tests[0] == nil && result.tests[1]?.corrected == result.tests[1]?.test.probability)
  }

  /// Members draw from streams of their own, and their probabilities are averaged, in every fold anew.
  @Test func whatIsRandomIsAnEnsemble() throws {
    let maps = try comparison(of: [Guess()], folds: 2, networks: 3).entries[0].predictions.maps
    let means = (0..<2).map { fold -> Float in
      let sum = (0..<3).reduce(Float(0)) { sum, member in
        var stream = RandomStream(seed: 1).substream("fold \(fold)").substream("network \(member)")
        return sum + stream.uniform()
      }
      return sum * (1 / 3)
    }
    #expect(maps.map { $0.pixels[0] } == [means[0], means[0], means[0], means[1], means[1], means[1]])
    let held = try comparison(of: [Guess()], folds: 2, networks: 3, .rotating).entries[0].predictions.maps
    #expect(held[0].pixels[0] != maps[0].pixels[0], "the level of those held out has moved it")
  }

  /// Each image is worth its mean over the repeats, and all pixels are counted together.
  @Test func repeatsAreAveragedByImage() throws {
    let stream = RandomStream(seed: 1)
    let data = try phantomDataset(PhantomOptions(count: 6, size: 64, seed: 1))
    func result(_ repeats: Int) throws -> ComparisonResult {
      let splits = try Comparison.folds(3, of: data, by: .image, repeats: repeats, stream: stream).splits
      let comparison = Comparison(
        of: [Guess(), Everything()], against: 1, on: splits, repeats: repeats, more: nil,
        settings: LearningSettings(options: TrainingOptions(), batch: 2, width: 4, batchNormMomentum: 0.9),
        ensemble: EnsemblePlan(count: 1, holdOut: .none, unit: .image), empty: .metricsReloaded, stream: stream)
      guard case .ranked(let result) = try comparison.run(goingOnFrom: nil, keptIn: nil, Silence(), fitted: { _, _ in })
      else { throw Stopped() }
      return result
    }
    let (once, thrice) = (try result(1), try result(3))
    #expect(thrice.entries[0].predictions.maps == once.entries[0].predictions.maps, "the first repeat is the one alone")
    #expect(thrice.entries[0].fits.count == 9 && thrice.entries[0].scores.images.count == 6)
    #expect(thrice.entries[0].scores.images.map(\.name) == once.entries[0].scores.images.map(\.name))
    // A guess marks all of an image or nothing of it: over the repeats, a part of what marking everything is worth.
    let (guesses, all) = (thrice.entries[0].scores.values(of: .dice), thrice.entries[1].scores.values(of: .dice))
    for (guess, everything) in zip(guesses, all) {
      let share = 3 * (try #require(guess)) / (try #require(everything))
      #expect(abs(share - share.rounded()) < 1e-9 && (0...3).contains(share.rounded()), "\(share)")
    }
    for (one, mean) in zip(once.entries[1].scores.values(of: .dice), all) {
      #expect(abs((try #require(one)) - (try #require(mean))) < 1e-12)
    }
    #expect(thrice.entries[1].scores.pooled.total == 3 * once.entries[1].scores.pooled.total)
    let difference = try #require(thrice.differences[0])
    let pairs = zip(guesses, all).compactMap { own, other in own.flatMap { own in other.map { own - $0 } } }
    #expect(abs(difference.mean - pairs.reduce(0, +) / 6) < 1e-12 && thrice.differences[1] == nil)
    #expect(difference.worse == pairs.count { $0 < 0 } && difference.better == 0)
  }

  @Test func variantsAreReadStrictly() throws {
    let variant = try SegmenterVariant("stacked territory: no,  trees: 20")
    #expect(variant.name == "stacked territory: no, trees: 20")
    #expect(variant.title == "stacked trees, territory no, trees 20")
    for text in [
      "", "unet width: 4", "stacked", "stacked trees", "stacked trees:", "stacked trees: 0", "stacked trees: many",
      "stacked courage: 1", "stacked trees: 1, trees: 2", "stacked trees: 1,", "stacked territory: maybe",
      "stacked trees: 1: 2",
    ] {
      #expect(throws: SegmenterVariant.Misfit.self, "\(text)") { try SegmenterVariant(text) }
    }
  }

  @Test func everyNameIsOfOneSegmenter() {
    #expect(Set(Segmenters.all.map(\.name)).count == Segmenters.all.count)
    #expect(Set(Segmenters.all.map(\.title)).count == Segmenters.all.count)
    for system in LearnedSystem.all { #expect(Segmenters.named(system.name)?.title == system.title) }
  }
}
