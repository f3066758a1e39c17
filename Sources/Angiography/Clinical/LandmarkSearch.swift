import Imaging
import Kernels

/// Fovea and optic disc as they are found in an angiogram.
///
/// The disc is where vessels of many directions meet; the fovea a dark place with few vessels beside it, 4.75 mm ± 0.85 mm
/// away and a little below. Of several meeting places that is taken whose votes and whose fovea are best together, and whose
/// fovea is nearest to the middle of the field, which photographers aim at it: vessels that have grown around an occlusion meet
/// in many directions too.
public struct LandmarkSearch: Sendable, Hashable {
  /// Found ones have their confidence; those that somebody marked are as they were.
  public let landmarks: Landmarks
  /// How likely both are right, in [0, 1]: what was right on phantoms at such votes.
  public let confidence: Double

  /// The confidence from which on what is found is taken for right where nobody says otherwise.
  public static let usualConfidence = 0.8

  /// From disc to fovea, in mm.
  static let distances = 3.9...5.6
  /// The same in pixels where no scale is known: of cameras with a field of some 45° to 60°. No area is told by this.
  static let usualDistances = 0.26 * Double(SearchedPicture.side)...0.42 * Double(SearchedPicture.side)

  /// - Parameter anew: whether to look also for what somebody has marked.
  public init?(of sample: Sample, anew: Bool = false) {
    let known = anew ? Landmarks() : sample.facts.landmarks
    guard let picture = SearchedPicture(sample) else { return nil }
    let ridges = VesselRidges(picture.relative, within: picture.field)
    let vessels = VesselConvergence(ridges, within: picture.field)
    let places = FovealPlaces(picture.relative, ridges: ridges.strength, within: picture.field)
    let distances = sample.scale.map { scale in
      let unit = picture.shrinkage / scale.millimetresPerPixel
      return Self.distances.lowerBound * unit...Self.distances.upperBound * unit
    }
    let pairs = Self.pairs(
      vessels, places, distances ?? Self.usualDistances, eye: sample.facts.eye, disc: known.disc.map(picture.small),
      aim: picture.field.centre)
    guard let best = pairs.first else { return nil }
    // Of what they look like alone, which the confidence was learnt on.
    let margin = pairs.dropFirst().map(\.looks).max().map { best.looks - $0 } ?? 2
    confidence = Self.confidence(margin: margin, fovea: best.foveaScore)
    landmarks = Landmarks(
      fovea: known.fovea ?? picture.large(best.fovea, confidence: confidence),
      disc: known.disc ?? picture.large(best.disc, confidence: confidence),
      discDiameter: sample.facts.landmarks.discDiameter)
  }

  private struct Pair {
    let disc, fovea: (x: Double, y: Double)
    let foveaScore: Double
    /// By votes and fovea alone, and by how near the fovea is to the middle too.
    let looks, score: Double
  }

  /// How far the fovea usually is from the middle of the field, in pixels.
  private static let usualMiss = 0.12 * Double(SearchedPicture.side)

  /// The best first.
  private static func pairs(
    _ vessels: VesselConvergence, _ places: FovealPlaces, _ distances: ClosedRange<Double>, eye: Eye?,
    disc: (x: Double, y: Double)?, aim: (x: Double, y: Double)
  ) -> [Pair] {
    let peaks = vessels.peaks(8, apart: Double(SearchedPicture.side) / 12)
    guard let most = peaks.first?.votes else { return [] }
    let discs =
      disc.map { [(x: $0.x, y: $0.y, votes: most)] }
      ?? peaks.map { (x: Double($0.x), y: Double($0.y), votes: $0.votes) }
    return discs.compactMap { disc in
      // In the picture of a right eye the temple is on the left.
      guard
        let fovea = places.best(
          besideDisc: disc.x, disc.y, distances: distances, toTheRight: eye.map { $0 == .left })
      else { return nil }
      let (right, down) = (Double(fovea.x) - aim.x, Double(fovea.y) - aim.y)
      let miss = (right * right + down * down) / (Self.usualMiss * Self.usualMiss)
      let looks = 10 * Double(disc.votes / most) + 0.6 * fovea.score
      return Pair(
        disc: (disc.x, disc.y), fovea: (Double(fovea.x), Double(fovea.y)), foveaScore: fovea.score, looks: looks,
        score: looks - 0.15 * miss)
    }.sorted { $0.score > $1.score }
  }

  /// A logistic curve through what was right on 400 phantoms.
  private static func confidence(margin: Double, fovea: Double) -> Double {
    1 / (1 + Elementary.exp(-(-1.5 + 1.2 * margin + 0.5 * fovea)))
  }
}

extension Mask {
  /// The mean place of its pixels, of which it has one at least.
  fileprivate var centre: (x: Double, y: Double) {
    var (x, y, count) = (0.0, 0.0, 0.0)
    for place in pixels.indices where pixels[place] {
      x += Double(place % width)
      y += Double(place / width)
      count += 1
    }
    return (x / count, y / count)
  }
}
