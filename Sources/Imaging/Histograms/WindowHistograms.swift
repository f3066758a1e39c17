import Kernels

/// Histograms of a plane in the square windows around all its pixels, of the pixels inside a region. No window is kept:
/// they slide over the picture for each question. Cost of a question: one vector addition for 16 levels a pixel and step,
/// whatever the side.
public struct WindowHistograms: Sendable {
  public let width: Int
  public let height: Int
  public let levels: Int
  private let region: Mask?
  private let counts: WindowCounts

  /// - Parameters:
  ///   - levels: bins of equal width over `range`, 2 … 1024; values beyond it count in the first or last bin.
  ///   - side: of the windows in pixels, an odd number.
  public init(_ plane: Plane, levels: Int, over range: ClosedRange<Float>, side: Int, within region: Mask? = nil) {
    precondition((2...1024).contains(levels), "a histogram has levels")
    width = plane.width
    height = plane.height
    self.levels = levels
    self.region = region
    let bins = plane.binned(over: range, within: region) { min(Int16($0 * Float(levels)), Int16(levels - 1)) }
    counts = WindowCounts(bins, width: plane.width, side: side, levels: levels)
  }

  /// The entropy −Σ p log₂ p of each window in bits, 0 … log₂ `levels`; 0 outside the region.
  public var entropy: Plane { inside(counts.entropies()) }

  /// The uniformity Σ p² of each window (angular second moment), 1/`levels` … 1; 0 outside the region.
  public var uniformity: Plane { inside(counts.uniformities()) }

  /// The share of each window that is darker than its middle pixel, half of those in the same bin counted, 0 … 1; 0 outside
  /// the region.
  public var ranks: Plane { inside(counts.ranks()) }

  /// Wasserstein-1 distances from each window's histogram to others, in units of the whole range: the area between the two
  /// cumulative histograms, 0 … 1 − 1/`levels`. One plane a histogram; 0 outside the region.
  ///
  /// - Parameter histograms: `levels` shares each, which sum to 1.
  public func distances(to histograms: [[Float]]) -> [Plane] {
    precondition(histograms.allSatisfy { $0.count == levels }, "a histogram has a share a level")
    return counts.distances(to: histograms).map { inside($0.map { $0 / Float(levels) }) }
  }

  /// The mean of the windows' histograms, each weighted by its pixel's weight (of which negative ones count as 0):
  /// `levels` shares that sum to 1, or nil where no window with weight holds a pixel of the region.
  public func meanHistogram(weights: Plane) -> [Float]? {
    precondition(weights.width == width && weights.height == height, "a weight a pixel")
    return counts.meanHistogram(weights: inside(weights.pixels).pixels)
  }

  private func inside(_ pixels: [Float]) -> Plane {
    let plane = Plane(width: width, height: height, pixels: pixels)
    return region == nil ? plane : Plane.inside(region, like: plane) { pixels[$0] }
  }
}
