import Angiography
import Imaging
import Kernels

/// The level at which probabilities are best cut into marks, learnt on angiograms that the network has not seen.
///
/// Networks taught with few images are sure of the wrong things, and 0.5 is seldom their best level. As with the dark
/// threshold, the level is the one with the highest mean DSC.
public enum OperatingLevel {
  /// Levels that are tried: 0.01, 0.02, … 0.99.
  public static let candidates: [Float] = (1...99).map { Float($0) / 100 }

  /// For maps that are centred, where a mark may begin far from ½: log-odds of −8, −7.9 … 8.
  package static let centredCandidates: [Float] = (-80...80).map { 1 / (1 + Elementary.exp(-Float($0) / 10)) }

  /// The candidate with the highest mean DSC over the samples that have a mask, inside the field of view, and that mean;
  /// the one nearest to 0.5 where several are equal. `nil` when no sample has a mask.
  ///
  /// - Parameters:
  ///   - maps: probabilities of non-perfusion, one a sample, each of its sample's size.
  ///   - candidates: ascending, each in (0, 1).
  public static func best(
    maps: [Plane], samples: [Sample], among candidates: [Float] = candidates
  ) -> (level: Float, meanDice: Double)? {
    precondition(maps.count == samples.count, "one map a sample")
    let counts = zip(maps, samples).compactMap { LevelCounts($0, $1, candidates) }
    guard !counts.isEmpty else { return nil }
    let means = candidates.indices.map { index in
      counts.reduce(0) { $0 + $1.dice(at: index) } / Double(counts.count)
    }
    let outward = candidates.indices.sorted { abs(candidates[$0] - 0.5) < abs(candidates[$1] - 0.5) }
    let best = outward.reduce(outward[0]) { means[$1] > means[$0] ? $1 : $0 }
    return (candidates[best], means[best])
  }
}

extension Plane {
  /// Probabilities whose log-odds have lost their mean over a field of view, or a share of it in [0, 1], of which 0 changes nothing: what stands out of an
  /// image counts, and less how sure a method is of the image as a whole. 0 outside the field, and everywhere where nothing stands
  /// out.
  package func centred(within field: Mask, by share: Float = 1) -> Plane {
    guard share > 0 else { return self }
    var odds = pixels.map { p -> Float in
      let inside = min(max(p, 0.001), 0.999)
      return Elementary.log(inside / (1 - inside))
    }
    let mean = Plane(width: width, height: height, pixels: odds).mean(within: field)
    // Where nothing is likelier than anywhere else, nothing stands out.
    let standsOut = odds.indices.contains { field.pixels[$0] && odds[$0] > mean + 0.01 }
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
  private var markedTrue, markedFalse: [Int]
  private var positives = 0

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

  /// 1 where nothing is there and nothing is marked, as everywhere.
  func dice(at index: Int) -> Double {
    let (found, wrong) = (markedTrue[index], markedFalse[index])
    let all = positives + found + wrong
    return all == 0 ? 1 : 2 * Double(found) / Double(all)
  }
}
