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
  /// By phase, the centre of the last round and rᵢ about it; empty before the first.
  private var phases: [(centre: [Float], distances: [Float])] = []

  init(_ features: [Plane], within region: Mask, sigma: Float = 1) {
    self.features = features.map { $0.standardised(within: region) }
    self.region = region
    width = sigma * sigma
  }

  /// Moves the centres, and computes what it costs a pixel to be in each phase; outside the region this means nothing.
  mutating func costs(_ memberships: [Plane]) -> [Plane] {
    let pixels = features.map(\.pixels)
    phases = memberships.enumerated().map { number, membership in
      let centre = centre(of: membership, after: phases.isEmpty ? nil : phases[number])
      return (centre, kernelDistances(pixels, to: centre, width: width))
    }
    return phases.map { Plane(width: region.width, height: region.height, pixels: $0.distances) }
  }

  private func centre(of membership: Plane, after last: (centre: [Float], distances: [Float])?) -> [Float] {
    var weights = membership.pixels
    if let last { for i in weights.indices { weights[i] *= 1 - last.distances[i] } }
    let total = sum(weights)
    guard total > 0 else { return last?.centre ?? [Float](repeating: 0, count: features.count) }
    return features.map { Float(sum($0.pixels, times: weights) / total) }
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
    let total = sum(weights.pixels)
    return total > 0 ? Float(sum(pixels, times: weights.pixels) / total) : 0
  }

  /// The place of the phase with the least mean.
  func darkerPhase(of memberships: [Plane]) -> Int {
    let means = memberships.map { mean(weights: $0) }
    return means.indices.reduce(0) { means[$1] < means[$0] ? $1 : $0 }
  }

  /// 1 − v.
  var inverted: Plane { Plane(width: width, height: height, pixels: pixels.map { 1 - $0 }) }
}
