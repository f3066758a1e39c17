import Angiography
import Imaging
import Kernels

/// A stack that has learnt.
package struct FittedStack: FittedSegmenter {
  package let settings: MethodSettings
  /// Of log-odds of the territory, by surrounds; `nil` where it was not learnt.
  package var territory: GradientBoosting?
  /// Of log-odds of non-perfusion, within territories where these are learnt first.
  package var conditional = GradientBoosting(base: 0, trees: DecisionTrees())
  /// By features relative to the surround alone, wherever the pixel is.
  package var relative: GradientBoosting?
  package var context: GradientBoosting?
  /// Of the log-odds that a candidate, a connected part above `candidateLevel`, is non-perfused.
  package var candidates: GradientBoosting?
  /// Of log-odds that are not calibrated.
  package var candidateLevel: Float = 0
  package var calibration = PlattScaling(slope: 1, shift: 0)
  /// The calibrated probability with the highest mean DSC on the training images.
  package var level: Float = 0.5
  /// The least expected DSC of an image in which anything is marked.
  package var gate = 0.0
  /// What the angiograms were like that it has learnt from.
  package var usual: UsualTraits?
  /// Makes what it says of training images by trees that had not seen them: only where somebody asks.
  var makesUnseen: (@Sendable () -> UnseenMaps)?
  package var unseen: UnseenMaps? { makesUnseen?() }
  /// What is known of angiograms that it is asked about, by the work that it was fitted in.
  var known: StackedImages?

  init(settings: MethodSettings) { self.settings = settings }

  package var withoutUnseen: any FittedSegmenter {
    var other = self
    (other.makesUnseen, other.known) = (nil, nil)
    return other
  }

  package func doubts(about sample: Sample) -> [String] {
    usual?.doubts(about: ImageTraits(of: sample)) ?? []
  }

  package func probabilityMaps(of dataset: Dataset) -> [Plane] {
    maps(of: dataset) { (_, _) throws(Never) in }
  }

  package func probabilityMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Plane] {
    try maps(of: dataset, progress)
  }

  private func maps<Stop: Error>(
    of dataset: Dataset, _ progress: (_ done: Int, _ total: Int) throws(Stop) -> Void
  ) throws(Stop) -> [Plane] {
    // By one thread an image.
    var maps: [Plane] = []
    while maps.count < dataset.samples.count {
      let next = dataset.samples[maps.count..<min(maps.count + Workers.count, dataset.samples.count)]
      let images = (known ?? StackedImages()).images(of: Array(next), withLandmarks: usesLandmarks)
      for map in computed(images.count, { judged(images[$0]).marks.probabilities }) {
        maps.append(map)
        try progress(maps.count, dataset.samples.count)
      }
    }
    return maps
  }

  package func stages(of sample: Sample) -> [MethodStage] {
    let image = image(of: sample)
    let (grid, found) = (image.grid, judged(image))
    func restored(_ odds: [Float]) -> MethodStage.Content {
      .probabilities(grid.restored(grid.plane(odds.map(Self.probability))))
    }
    let nothing = Plane(width: sample.image.width, height: sample.image.height)
    return [
      MethodStage(
        "territory", "territory", found.odds.smoothTerritory(in: grid).map(restored) ?? .probabilities(nothing)),
      MethodStage("conditional", "non-perfusion within it", restored(found.odds.conditional)),
      MethodStage("product", "both", restored(grid.places.map { found.product.pixels[Int($0)] })),
      MethodStage("smoothed", "calibrated", .probabilities(found.marks.calibrated)),
      MethodStage("probabilities", "cut at the level", .probabilities(found.marks.probabilities)),
    ]
  }

  /// What the stages make of an image.
  private struct Judgement {
    /// On the grid, in the order of its places.
    let odds: Odds
    /// Log-odds on the grid.
    let product: Plane
    let marks: Marks
  }

  private func image(of sample: Sample) -> StackedImage {
    known?.images(of: [sample], withLandmarks: usesLandmarks)[0]
      ?? StackedImage(sample, withLandmarks: usesLandmarks)
  }

  var usesLandmarks: Bool { settings.choice("landmarks", of: StackedSegmenter.Use.self) == .yes }

  private func judged(_ image: StackedImage) -> Judgement {
    let grid = image.grid
    let odds = Odds(
      territory: territory?.logOdds(image.surrounds, rows: grid.places),
      conditional: conditional.logOdds(image.features, rows: grid.places),
      relative: relative?.logOdds(image.relativeFeatures, rows: grid.places))
    var scores = odds.scores(in: grid)
    let product = scores
    if let context {
      let features = image.features + Self.context(of: scores, in: grid)
      scores = grid.plane(context.logOdds(features, rows: grid.places))
    }
    scores = smoothed(scores, in: image)
    if let candidates {
      let found = CandidateLesions(
        above: candidateLevel, scores, territory: odds.smoothTerritory(in: grid), of: image)
      scores = found.judged(scores, by: found.logOdds(candidates))
    }
    return Judgement(odds: odds, product: product, marks: marks(of: scores, in: grid))
  }

  /// What comes of log-odds on a grid, at the image's size.
  struct Marks {
    let calibrated: Plane
    /// With the level where a mark begins at ½.
    let probabilities: Plane
    let expected: ExpectedDice
  }

  /// - Parameter scores: smoothed.
  func marks(of scores: Plane, in grid: PixelGrid) -> Marks {
    let probabilities = grid.places.map { Self.probability(calibration(scores.pixels[Int($0)])) }
    let expected = ExpectedDice(probabilities)
    let cut = self.cut(expected)
    // Nothing is marked where the image shows no sign: the highest probability comes to lie below ½.
    let highest = probabilities.max() ?? 0
    let level = expected.dice >= gate ? cut : max(cut, min(0.999, highest * 1.001))
    let most: Float = expected.dice >= gate ? 1 : 0.998
    let calibrated = grid.restored(grid.plane(probabilities))
    return Marks(
      calibrated: calibrated, probabilities: calibrated.mapped { min($0, most) }.recalibrated(level: level),
      expected: expected)
  }

  /// The probability at which a mark begins.
  func cut(_ expected: ExpectedDice) -> Float {
    settings.choice("level", of: StackedSegmenter.Level.self) == .expected ? expected.level : level
  }

  /// What an image without marks comes to: its expected DSC, and whether anything is marked without a gate.
  func found(in image: StackedImage) -> (expected: Double, isMarked: Bool) {
    let marks = judged(image).marks
    return (marks.expected.dice, marks.probabilities.pixels.contains { $0 >= 0.5 })
  }

  /// Log-odds without what is asked for of their mean over the field, smoothed by total variation, which lets edges stand, and none around the fovea, whose avascular zone is as dark and as bare as
  /// non-perfusion.
  func smoothed(_ scores: Plane, in image: StackedImage) -> Plane {
    let grid = image.grid
    var scores = scores
    let centring = Float(settings["centring"])
    if centring > 0 {
      let mean = centring * scores.mean(within: grid.field)
      for place in grid.places.map(Int.init) { scores.pixels[place] -= mean }
    }
    let unit = Double(max(grid.width, grid.height)) / 512
    let theta = settings["smoothing"] * unit
    if theta > 0 { scores = scores.denoised(theta: theta, within: grid.field, tolerance: 1e-4, steps: 200).plane }
    let radius = settings["fovea"] * unit
    if radius > 0, let fovea = image.fovea {
      for place in scores.places(around: fovea, radius: radius) where grid.field.pixels[place] {
        scores.pixels[place] = Self.least
      }
    }
    return scores
  }

  /// Log-odds of what is never marked.
  private static let least: Float = -10

  /// Log-odds by each booster, in the order of a grid's places.
  struct Odds {
    var territory: [Float]?
    var conditional: [Float] = []
    var relative: [Float]?

    /// Averaged by a Gaussian of 48 px at 512: where a territory is counts, not what a pixel of it looks like.
    func smoothTerritory(in grid: PixelGrid) -> [Float]? {
      territory.map { odds in
        let smooth = grid.plane(odds).gaussianMean(sigma: grid.sigma(48), within: grid.field)
        return grid.places.map { smooth.pixels[Int($0)] }
      }
    }

    /// Two thirds of what the conditional booster says and one third of the relative one, each of them as the log-odds of its
    /// probability times the territory's.
    func scores(in grid: PixelGrid) -> Plane {
      let territory = smoothTerritory(in: grid)
      func within(_ odds: Float, _ number: Int) -> Double {
        guard let territory else { return Double(odds) }
        let p = GradientBoosting.logistic(Double(odds)) * GradientBoosting.logistic(Double(territory[number]))
        return GradientBoosting.logOdds(min(max(p, 1e-7), 1 - 1e-7))
      }
      return grid.plane(
        conditional.indices.map { number in
          let own = within(conditional[number], number)
          guard let relative else { return Float(own) }
          return Float((2 * own + within(relative[number], number)) / 3)
        })
    }
  }

  /// What trees see of a map: itself, averaged, and from a distance in eight directions.
  static func context(of scores: Plane, in grid: PixelGrid) -> [[Float]] {
    let unit = Double(max(grid.width, grid.height)) / 512
    var columns = [scores.pixels]
    for sigma in [4.0, 8, 16, 32] {
      columns.append(scores.gaussianMean(sigma: max(0.5, sigma * unit), within: grid.field).pixels)
    }
    for reach in [10.0, 30] {
      for (right, down) in [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)] {
        let step = max(1, Int((reach * unit).rounded()))
        var column = scores.pixels
        for y in 0..<grid.height {
          for x in 0..<grid.width {
            let (u, v) = (min(max(x + right * step, 0), grid.width - 1), min(max(y + down * step, 0), grid.height - 1))
            column[y * grid.width + x] = scores.pixels[v * grid.width + u]
          }
        }
        columns.append(column)
      }
    }
    return columns
  }

  /// How many columns `context` has.
  static let contextCount = 1 + 4 + 2 * 8

  static func probability(_ odds: Float) -> Float { Float(GradientBoosting.logistic(Double(odds))) }
}
