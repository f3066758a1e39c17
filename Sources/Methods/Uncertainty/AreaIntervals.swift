import Angiography
import Imaging

/// How far a marked area can be from the true one: a spread for each eye times a factor that was learnt from eyes whose truth is known.
///
/// The spread is u = √(s² + (perimeter × border)²): s is the standard deviation of the area over the draws of `MapDraws`, the border what
/// an outline is placed to within. The factor is the quantile of |area − truth| ÷ u over the eyes that it is learnt from which split
/// conformal prediction takes (Lei et al. 2018): an interval holds the truth of the level's share of new eyes of the same kind, whatever
/// the method's errors are like.
package struct AreaIntervals: Sendable, Hashable, Codable {
  /// Chance that an interval holds the truth, in (0, 1).
  package let level: Double
  package let factor: Double
  /// How many eyes it was learnt from.
  package let eyes: Int

  /// What outlines are placed to within, in pixels: half of one on either side.
  package static let border = 0.5

  /// - Throws: `too-few-eyes` for fewer eyes than the level asks for: 19 for 95 %.
  package init(level: Double = 0.95, learntFrom eyes: [(area: Double, truth: Double, spread: Double)])
    throws(MethodError)
  {
    try self.init(
      level: level, errors: eyes.map { abs($0.area - $0.truth) / max($0.spread, .leastNormalMagnitude) })
  }

  /// - Parameter errors: of each eye, how far what was measured is from the truth, in spreads.
  /// - Throws: `too-few-eyes` as above.
  package init(level: Double = 0.95, errors eyes: [Double]) throws(MethodError) {
    precondition(level > 0 && level < 1, "a level is a chance")
    let rank = Int((Double(eyes.count + 1) * level).rounded(.up))
    guard rank <= eyes.count else {
      throw .tooFewEyes(needed: Int((level / (1 - level) - 1e-9).rounded(.up)), found: eyes.count)
    }
    let errors = eyes.sorted()
    (self.level, factor, self.eyes) = (level, errors[rank - 1], eyes.count)
  }

  /// The interval of an area in gradable pixels: none of it below 0 or above all that can be graded.
  package static func interval(
    of area: Double, spread: Double, factor: Double, gradable: Double
  ) -> ClosedRange<Double> {
    max(0, area - factor * spread)...max(0, min(gradable, area + factor * spread))
  }

  /// Of areas over draws and the perimeter of what is marked, all in pixels.
  package static func spread(areas: [Double], perimeter: Double) -> Double {
    let mean = areas.reduce(0, +) / Double(areas.count)
    let variance = areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, areas.count - 1))
    return (variance + (perimeter * border) * (perimeter * border)).squareRoot()
  }
}
