import Imaging
import Kernels

/// Kernel-based region terms: rᵢ = 1 − exp(−|f − μᵢ|² ÷ σ²) for features f of each pixel, with μᵢ ← Σ uᵢ K f ÷ Σ uᵢ K over the
/// region, K = 1 − rᵢ: what is far from a phase does not move its centre.
struct KernelTerms {
  /// Each with mean 0 and deviation 1 over the region.
  private let features: [Plane]
  private let region: Mask
  /// σ², in squared deviations.
  private let width: Float
  /// By phase, then by feature; empty before the first round.
  private(set) var centres: [[Float]] = []

  init(_ features: [Plane], within region: Mask, sigma: Float = 1) {
    self.features = features.map { $0.standardised(within: region) }
    self.region = region
    width = sigma * sigma
  }

  /// Moves the centres, and computes what it costs a pixel to be in each phase.
  mutating func costs(_ memberships: [Plane]) -> [Plane] {
    centres = memberships.indices.map { phase in
      centre(memberships[phase], near: centres.isEmpty ? nil : centres[phase])
    }
    return centres.map { centre in
      var costs = Plane(width: region.width, height: region.height)
      for i in costs.pixels.indices where region.pixels[i] {
        costs.pixels[i] = 1 - Elementary.exp(-squaredDistance(i, centre) / width)
      }
      return costs
    }
  }

  private func centre(_ membership: Plane, near last: [Float]?) -> [Float] {
    var sums = [Double](repeating: 0, count: features.count)
    var total = 0.0
    for i in membership.pixels.indices where region.pixels[i] && membership.pixels[i] > 0 {
      let kernel = last.map { Elementary.exp(-squaredDistance(i, $0) / width) } ?? 1
      let weight = Double(membership.pixels[i] * kernel)
      total += weight
      for feature in features.indices { sums[feature] += weight * Double(features[feature].pixels[i]) }
    }
    guard total > 0 else { return last ?? [Float](repeating: 0, count: features.count) }
    return sums.map { Float($0 / total) }
  }

  private func squaredDistance(_ place: Int, _ centre: [Float]) -> Float {
    var sum = Float(0)
    for feature in features.indices {
      let gap = features[feature].pixels[place] - centre[feature]
      sum += gap * gap
    }
    return sum
  }
}

extension Plane {
  /// With mean 0 and deviation 1 over the region; 0 outside, and everywhere for a plane of one value.
  func standardised(within region: Mask) -> Plane {
    let regions = LabelMap(width: width, height: height, labels: region.pixels.map { $0 ? 1 : 0 }, count: 1)
    let found = regions.statistics(of: self)[0]
    var result = Plane(width: width, height: height)
    guard found.deviation > 1e-12 else { return result }
    for i in pixels.indices where region.pixels[i] {
      result.pixels[i] = Float((Double(pixels[i]) - found.mean) / found.deviation)
    }
    return result
  }

  /// The mean with a weight for each pixel; 0 without weights.
  func mean(weights: Plane) -> Float {
    var (sum, total) = (0.0, 0.0)
    for (value, weight) in zip(pixels, weights.pixels) {
      sum += Double(value) * Double(weight)
      total += Double(weight)
    }
    return total > 0 ? Float(sum / total) : 0
  }

  /// The place of the phase with the least mean.
  func darkerPhase(of memberships: [Plane]) -> Int {
    let means = memberships.map { mean(weights: $0) }
    return means.indices.reduce(0) { means[$1] < means[$0] ? $1 : $0 }
  }

  /// 1 − v.
  var inverted: Plane { Plane(width: width, height: height, pixels: pixels.map { 1 - $0 }) }

  /// The mean of |u − v| over the region.
  func meanDistance(to other: Plane, within region: Mask) -> Double {
    var (sum, count) = (0.0, 0.0)
    for i in pixels.indices where region.pixels[i] {
      sum += Double(abs(pixels[i] - other.pixels[i]))
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
}
