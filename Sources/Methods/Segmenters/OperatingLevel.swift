import Angiography
import Imaging
import Kernels

/// The level at which probabilities are best cut into marks, learnt on angiograms that the network has not seen.
///
/// Networks taught with few images are sure of the wrong things, and 0.5 is seldom their best level. The level is that with the
/// highest pooled DSC: the mean of few images hangs on those with hardly any non-perfusion, whose own best levels differ most.
public enum OperatingLevel {
  /// No level lies below: networks that learn for long are so sure of the images they learn from that on others their best
  /// level can be where noise begins.
  static let least: Float = 0.05

  /// Where a level can lie; one that is learnt lies well inside.
  package static let bounds = 0.0001...0.9999

  /// Levels that are tried: 0.05, 0.06, … 0.95.
  public static let candidates: [Float] = (5...95).map { Float($0) / 100 }

  /// For maps that have lost a share of the mean of their log-odds, where a mark may begin far from ½: in steps of a tenth of
  /// log-odds up to 8, from where no image is marked at a probability below the least.
  package static func candidates(centring share: Float) -> [Float] {
    guard share > 0 else { return candidates }
    let first = (1 - share) * Elementary.log(least / (1 - least))
    return (0...Int((8 - first) * 10)).map { step in 1 / (1 + Elementary.exp(-first - Float(step) / 10)) }
  }

  /// The candidate with the highest pooled DSC over the samples that have a mask, inside the field of view, and that DSC: twice the
  /// pixels that are rightly marked in all of them, over all that are marked and all that should be. The one nearest to 0.5 where
  /// several are equal; `nil` when no sample has a mask.
  ///
  /// - Parameters:
  ///   - maps: probabilities of non-perfusion, one a sample, each of its sample's size.
  ///   - candidates: ascending, each in (0, 1).
  public static func best(
    maps: [Plane], samples: [Sample], among candidates: [Float] = candidates
  ) -> (level: Float, pooledDice: Double)? {
    precondition(maps.count == samples.count, "one map a sample")
    let counts = zip(maps, samples).compactMap { LevelCounts($0, $1, candidates) }
    guard !counts.isEmpty else { return nil }
    let pooled = candidates.indices.map { index in
      let (found, all) = counts.reduce(into: (0, 0)) { sums, image in
        sums.0 += 2 * image.markedTrue[index]
        sums.1 += image.positives + image.markedTrue[index] + image.markedFalse[index]
      }
      return all == 0 ? 1 : Double(found) / Double(all)
    }
    let outward = candidates.indices.sorted { abs(candidates[$0] - 0.5) < abs(candidates[$1] - 0.5) }
    let best = outward.reduce(outward[0]) { pooled[$1] > pooled[$0] ? $1 : $0 }
    return (candidates[best], pooled[best])
  }
}

extension Plane {
  /// Probabilities whose log-odds have lost their mean over a field of view, or a share of it in [0, 1], of which 0 changes
  /// nothing: what stands out of an image counts, and less how sure a method is of the image as a whole. In the mean nobody is surer
  /// than 1 to 19, the odds of the least level. 0 outside the field, and everywhere where nothing stands out.
  package func centred(within field: Mask, by share: Float = 1) -> Plane {
    guard share > 0 else { return self }
    func logOdds(_ p: Float, least: Float) -> Float {
      let inside = min(max(p, least), 1 - least)
      return Elementary.log(inside / (1 - inside))
    }
    let mean = mapped { logOdds($0, least: OperatingLevel.least) }.mean(within: field)
    var odds = pixels.map { logOdds($0, least: 0.001) }
    // Where nothing is likelier than anywhere else, nothing stands out.
    let inside = odds.indices.lazy.filter { field.pixels[$0] }.map { odds[$0] }
    let standsOut = (inside.max() ?? 0) > (inside.min() ?? 0) + 0.01
    for place in odds.indices {
      odds[place] = field.pixels[place] && standsOut ? 1 / (1 + Elementary.exp(share * mean - odds[place])) : 0
    }
    return Plane(width: width, height: height, pixels: odds)
  }

  /// Probabilities whose logits are shifted so that `level` becomes 0.5: p(1 − t) / (p(1 − t) + t(1 − p)).
  ///
  /// Their order stays, and so do ROC and precision–recall curves.
  public func recalibrated(level t: Float) -> Plane {
    precondition(t > 0 && t < 1, "a level lies between 0 and 1")
    let pixels = pixels.map { p -> Float in
      let (marked, unmarked) = (p * (1 - t), t * (1 - p))
      return marked / (marked + unmarked)
    }
    return Plane(width: width, height: height, pixels: pixels)
  }
}

/// How many pixels of each truth reach every candidate level, counted in one pass over a map.
private struct LevelCounts {
  private(set) var markedTrue, markedFalse: [Int]
  private(set) var positives = 0

  /// `nil` for a sample without a mask.
  init?(_ map: Plane, _ sample: Sample, _ candidates: [Float]) {
    guard let mask = sample.mask else { return nil }
    markedTrue = [Int](repeating: 0, count: candidates.count)
    markedFalse = markedTrue
    let judged = sample.judged()
    for i in map.pixels.indices where judged?.pixels[i] != false {
      if mask.pixels[i] { positives += 1 }
      // How many candidates the pixel reaches.
      var (reached, beyond) = (0, candidates.count)
      while reached < beyond {
        let middle = (reached + beyond) / 2
        if map.pixels[i] >= candidates[middle] { reached = middle + 1 } else { beyond = middle }
      }
      guard reached > 0 else { continue }
      if mask.pixels[i] { markedTrue[reached - 1] += 1 } else { markedFalse[reached - 1] += 1 }
    }
    for index in candidates.indices.dropLast().reversed() {
      markedTrue[index] += markedTrue[index + 1]
      markedFalse[index] += markedFalse[index + 1]
    }
  }
}
