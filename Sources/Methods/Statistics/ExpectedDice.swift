import Imaging
import Kernels

/// The marks with the highest expected DSC, by probabilities that mean what they say.
///
/// Of pixels that are true independently with probability p, the set with the highest expected DSC is {p > t} for some t, and
/// about D ÷ 2 is that t, D the highest DSC itself (Lipton, Elkan and Naryanaswamy, ECML 2014): with
/// D(t) = 2 Σ_{p > t} p ÷ (#{p > t} + Σ p) all t are looked through.
package struct ExpectedDice: Sendable, Hashable {
  /// t: pixels above it are marked.
  package let level: Float
  /// D(t), in [0, 1]: what an image without any sign of non-perfusion keeps low.
  package let dice: Double

  /// - Parameters:
  ///   - probabilities: of the pixels that count.
  ///   - least: the lowest level that may come out.
  package init(_ probabilities: [Float], least: Float = 0.01) {
    let bins = 1000
    var counts = [Int](repeating: 0, count: bins)
    var sums = [Double](repeating: 0, count: bins)
    for p in probabilities where p == p {
      let bin = min(max(Int(p * Float(bins)), 0), bins - 1)
      counts[bin] += 1
      sums[bin] += Double(p)
    }
    let all = sums.reduce(0, +)
    var (marked, sum, best) = (0, 0.0, (bin: bins, dice: 0.0))
    for bin in (Int((least * Float(bins)).rounded(.up))..<bins).reversed() {
      marked += counts[bin]
      sum += sums[bin]
      let dice = marked > 0 ? 2 * sum / (Double(marked) + all) : 0
      if dice > best.dice { best = (bin, dice) }
    }
    level = min(max(Float(best.bin) / Float(bins), least), 0.99)
    dice = best.dice
  }
}
