import Imaging
import Kernels

/// How much each place looks like a fovea: darker and with fewer vessels than around it, in standard deviations over the field.
struct FovealPlaces {
  private let darkness, emptiness: Plane
  private let field: Mask

  /// - Parameter relative: grey ÷ its background, 1 outside the field.
  init(_ relative: Plane, ridges: Plane, within field: Mask) {
    let side = Double(max(relative.width, relative.height))
    func excess(_ plane: Plane, over small: Double) -> Plane {
      let (wide, narrow) = (
        plane.gaussianMean(sigma: side / 14, within: field), plane.gaussianMean(sigma: small, within: field)
      )
      return Plane(
        width: plane.width, height: plane.height, pixels: zip(wide.pixels, narrow.pixels).map { $0 - $1 }
      ).standardised(within: field)
    }
    darkness = excess(relative, over: side / 60)
    emptiness = excess(ridges, over: side / 45)
    self.field = field.eroded(radius: 8)
  }

  /// The best place for a fovea that belongs to a disc, and how good it is: a sum of the two above and of the logarithm of how
  /// usual its distance from the disc is, and its direction: 7° ± 10° below the horizontal.
  ///
  /// - Parameters:
  ///   - distances: usual ones, in pixels: their middle, and half their width as a standard deviation.
  ///   - toTheRight: which way the temple lies; `nil`: either.
  func best(
    besideDisc x: Double, _ y: Double, distances: ClosedRange<Double>, toTheRight: Bool?
  ) -> (x: Int, y: Int, score: Double)? {
    let (usual, deviation) = (
      (distances.lowerBound + distances.upperBound) / 2, (distances.upperBound - distances.lowerBound) / 2
    )
    let farthest = usual + 3 * deviation
    var best: (x: Int, y: Int, score: Double)?
    func places(_ middle: Double, below count: Int) -> Range<Int> {
      let last = Double(count)
      let first = min(max(middle - farthest, 0), last).rounded(.down)
      return Int(first)..<Int(max(first, min(middle + farthest + 1, last).rounded(.down)))
    }
    for v in places(y, below: field.height) {
      for u in places(x, below: field.width) where field[u, v] {
        let score = score(at: u, v, besideDisc: x, y, usual, deviation, toTheRight: toTheRight)
        if score > best?.score ?? -.infinity { best = (u, v, score) }
      }
    }
    return best
  }

  private func score(
    at u: Int, _ v: Int, besideDisc x: Double, _ y: Double, _ usual: Double, _ deviation: Double, toTheRight: Bool?
  ) -> Double {
    let (dx, dy) = (Double(u) - x, Double(v) - y)
    if let toTheRight, (dx > 0) != toTheRight { return -.infinity }
    let far = ((dx * dx + dy * dy).squareRoot() - usual) / deviation
    let below = (Double(Elementary.atan2(Float(dy), Float(abs(dx)))) * 180 / .pi - 7) / 10
    return 0.8 * Double(darkness[u, v]) + 0.8 * Double(emptiness[u, v]) - 0.5 * (far * far + below * below)
  }
}

extension Plane {
  /// Less its mean, ÷ its standard deviation, both over the region; 0 outside it.
  fileprivate func standardised(within region: Mask) -> Plane {
    let values = pixels.indices.filter { region.pixels[$0] }.map { Double(pixels[$0]) }
    guard let moments = meanAndDeviation(values), let deviation = moments.deviation, deviation > 0 else { return self }
    return Plane(
      width: width, height: height,
      pixels: pixels.indices.map {
        region.pixels[$0] ? Float((Double(pixels[$0]) - moments.mean) / deviation) : 0
      })
  }
}
