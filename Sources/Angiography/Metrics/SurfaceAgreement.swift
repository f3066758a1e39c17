import Imaging

/// How far the outlines of two masks lie apart.
///
/// An outline is the mask's pixels with a 4-neighbour outside it; pixels beyond the image are outside. Distances run from
/// the centres of one outline's pixels to the nearest centre of the other's (MONAI's and SciPy's definitions).
public struct SurfaceAgreement: Sendable, Hashable {
  /// From each pixel of the prediction's outline to the truth's, ascending, in px.
  public let fromPrediction: [Float]
  /// From each pixel of the truth's outline to the prediction's, ascending, in px.
  public let fromTruth: [Float]

  /// Counts only what the masks mark inside `region`. Cost: linear in the number of pixels.
  public init(prediction: Mask, truth: Mask, within region: Mask? = nil) {
    let predicted = prediction.limited(to: region).outline
    let actual = truth.limited(to: region).outline
    fromPrediction = Self.distances(from: predicted, to: actual)
    fromTruth = Self.distances(from: actual, to: predicted)
  }

  private static func distances(from outline: Mask, to other: Mask) -> [Float] {
    guard outline.pixels.contains(true) else { return [] }
    let distances = other.distances
    return outline.pixels.indices.filter { outline.pixels[$0] }.map { distances.pixels[$0] }.sorted()
  }

  var isPredictionEmpty: Bool { fromPrediction.isEmpty }
  var isTruthEmpty: Bool { fromTruth.isEmpty }

  /// HD95: the larger of both directions' 95th percentiles, interpolated linearly as NumPy does; in px. `nil` unless both
  /// masks mark something, under every convention.
  public var hausdorff95: Double? {
    if isPredictionEmpty || isTruthEmpty { return nil }
    return max(percentile(95, of: fromPrediction), percentile(95, of: fromTruth))
  }

  /// Surface DSC (normalised surface distance): the share of both outlines that lies within `tolerance` px of the other.
  public func dice(tolerance: Double, _ convention: EmptyMasks) -> Double? {
    let count = fromPrediction.count + fromTruth.count
    guard count > 0 else { return convention == .metricsReloaded ? 1 : nil }
    let near = [fromPrediction, fromTruth].joined().count { Double($0) <= tolerance }
    return Double(near) / Double(count)
  }
}

/// The value below which `rank` per cent of ascending numbers lie, between neighbours on a line.
package func percentile(_ rank: Double, of ascending: [some BinaryFloatingPoint]) -> Double {
  let place = rank / 100 * Double(ascending.count - 1)
  let below = Int(place)
  let (low, high) = (Double(ascending[below]), Double(ascending[min(below + 1, ascending.count - 1)]))
  // Where both are equal, infinite ones too, there is nothing between them.
  return low == high ? low : low + (high - low) * (place - Double(below))
}

extension Mask {
  /// What it marks inside `region`.
  func limited(to region: Mask?) -> Mask { region.map(intersection) ?? self }

  /// Its pixels with a 4-neighbour that is not its own.
  var outline: Mask {
    var edge = [Bool](repeating: false, count: pixels.count)
    for y in 0..<height {
      for x in 0..<width where pixels[y * width + x] {
        let isInner =
          x > 0 && x < width - 1 && y > 0 && y < height - 1 && pixels[y * width + x - 1] && pixels[y * width + x + 1]
          && pixels[(y - 1) * width + x] && pixels[(y + 1) * width + x]
        edge[y * width + x] = !isInner
      }
    }
    return Mask(width: width, height: height, pixels: edge)
  }
}
