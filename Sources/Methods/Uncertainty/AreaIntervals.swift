import Angiography
import Imaging

/// How far a measured area can be from the true one, learnt from eyes whose truth is known.
///
/// Half an interval is factor · √(spread² + floor²), the root one pixel at least. The spread is what the eye itself says:
/// √(s² + (perimeter × border)²), with s the standard deviation of the area over the draws of `MapDraws` and the border what an
/// outline is placed to within. The floor is the
/// median error of all eyes, as a share of their gradable retina: where a method is wrong without knowing it, every eye shares that.
/// The factor is the quantile of |area − truth| ÷ √(spread² + floor²) that split conformal prediction takes (Lei et al. 2018): an
/// interval holds the truth of the level's share of new eyes of the same kind, whatever the method's errors are like.
package struct AreaIntervals: Sendable, Hashable, Codable {
  /// An eye whose truth is known; all in pixels.
  package struct Eye: Sendable, Hashable {
    /// How far what was measured is from the truth: of several measures, each its own.
    package let errors: [Double]
    package let spread: Double
    /// What could be graded of it.
    package let gradable: Double

    package init(errors: [Double], spread: Double, gradable: Double) {
      precondition(!errors.isEmpty && gradable > 0, "an eye has a measure")
      (self.errors, self.spread, self.gradable) = (errors, spread, gradable)
    }

    /// Of the measure that is farthest from its truth.
    fileprivate var error: Double { errors.max() ?? 0 }
  }

  /// Chance that an interval holds the truth, in (0, 1); of several measures, that all of them do.
  package let level: Double
  package let factor: Double
  /// As a share of the gradable retina.
  package let floor: Double
  /// How many eyes it was learnt from.
  package let eyes: Int

  /// What outlines are placed to within, in pixels: half of one on either side.
  package static let border = 0.5
  /// Half an interval's width in spreads where nobody has learnt it.
  package static let usualFactor = 1.96

  /// - Throws: `too-few-eyes` for fewer eyes than the level asks for: 19 for 95 %.
  package init(level: Double = 0.95, learntFrom eyes: [Eye]) throws(MethodError) {
    precondition(level > 0 && level < 1, "a level is a chance")
    // A product such as 25 · 0.56 is a little more than 14.
    let rank = Int((Double(eyes.count + 1) * level - 1e-9).rounded(.up))
    guard rank <= eyes.count else {
      throw .tooFewEyes(needed: Int((level / (1 - level) - 1e-9).rounded(.up)), found: eyes.count)
    }
    let shares = eyes.map { $0.error / $0.gradable }.sorted()
    let floor = shares[shares.count / 2]
    let scores = eyes.map {
      $0.error / Self.scale(spread: $0.spread, floor: floor, gradable: $0.gradable)
    }.sorted()
    (self.level, self.floor, factor, self.eyes) = (level, floor, scores[rank - 1], eyes.count)
  }

  /// Half an interval's width, in pixels.
  package func reach(spread: Double, gradable: Double) -> Double {
    factor * Self.scale(spread: spread, floor: floor, gradable: gradable)
  }

  private static func scale(spread: Double, floor: Double, gradable: Double) -> Double {
    let floor = floor * gradable
    // Nothing is measured closer than to a pixel.
    return max(1, (spread * spread + floor * floor).squareRoot())
  }

  /// The interval of an area in gradable pixels: none of it below 0 or above all that can be graded.
  package static func interval(of area: Double, reach: Double, gradable: Double) -> ClosedRange<Double> {
    max(0, area - reach)...max(0, min(gradable, area + reach))
  }

  /// Of areas over draws and the perimeter of what is marked, all in pixels.
  package static func spread(areas: [Double], perimeter: Double) -> Double {
    let mean = areas.reduce(0, +) / Double(areas.count)
    let variance = areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, areas.count - 1))
    return (variance + (perimeter * border) * (perimeter * border)).squareRoot()
  }
}

extension AreaIntervals {
  private enum CodingKeys: CodingKey { case level, factor, floor, eyes }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    level = try fields.decode(Double.self, forKey: .level)
    factor = try fields.decode(Double.self, forKey: .factor)
    floor = try fields.decode(Double.self, forKey: .floor)
    eyes = try fields.decode(Int.self, forKey: .eyes)
    guard level > 0, level < 1, factor >= 0, factor.isFinite, (0...1).contains(floor), eyes > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .factor, in: fields, debugDescription: "no half width of an interval")
    }
  }
}
