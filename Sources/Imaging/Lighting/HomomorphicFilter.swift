import Kernels

/// Homomorphic filtering: what varies slowly in the logarithm of an image is its lighting and is damped, what varies fast
/// is the tissue and is raised, by H = γL + (γH − γL)(1 − exp(−D² ÷ D₀²)) at a distance D from frequency 0.
///
/// H = γH − (γH − γL) G with a Gaussian G, so G alone is applied, as a quotient of sums over the field (normalised
/// convolution): what lies outside never shows. G = exp(−u² ÷ D₀²) exp(−v² ÷ D₀²) goes over columns, then over rows, each
/// by its impulse response, which a Fourier transform gives: it is short beside the field, so sums are faster than
/// transforms of every row.
public struct HomomorphicFilter: Sendable, Hashable {
  /// γL, the gain of the lighting; below 1 damps it.
  public var lowGain: Double
  /// γH, the gain of the tissue; above 1 raises it.
  public var highGain: Double
  /// D₀ in cycles a field: a field is as long as the longer side of the region's bounding box.
  public var cutoff: Double

  public init(lowGain: Double = 0.5, highGain: Double = 2, cutoff: Double = 12) {
    precondition(lowGain >= 0 && highGain >= 0 && cutoff > 0, "gains and a cutoff are positive")
    (self.lowGain, self.highGain, self.cutoff) = (lowGain, highGain, cutoff)
  }

  /// A grey step of 8 bits: it stands for black, which has no logarithm.
  public static let darkest: Float = 1 / 255

  /// The filtered image, inside `region`; 0 outside it and where the region is empty. The filter works about the mean
  /// logarithm over the region, so that a field of one grey stays as it is.
  ///
  /// - Parameter image: grey in [0, 1]; below 1/255 it counts as that.
  /// - Complexity: four passes of field ÷ (4.4 D₀) additions and multiplications a pixel, half as many without a region.
  public func callAsFunction(_ image: Plane, within region: Mask? = nil) -> Plane {
    let logarithms = image.logarithms(atLeast: Self.darkest)
    let centre = logarithms.mean(within: region)
    guard let box = region == nil ? ((0..<image.width), (0..<image.height)) : region?.boundingBox else {
      return Plane(width: image.width, height: image.height)
    }
    let gaussian = impulseResponse(field: max(box.columns.count, box.rows.count))
    let varying = logarithms.values(about: centre, within: region)
    let lighting = quotients(
      varying.filtered(down: gaussian, across: gaussian).pixels,
      by: Plane.filteredWeights(of: region, like: image, down: gaussian, across: gaussian).pixels)
    // H of what varies: γH of all of it less (γH − γL) of the lighting.
    let filtered = exponentials(
      of: varying.pixels, times: Float(highGain), less: lighting, times: Float(highGain - lowGain), plus: centre)
    return Plane(width: image.width, height: image.height, pixels: filtered).values(within: region)
  }

  /// G along one axis. In pixels it is a Gaussian of σ = `field` ÷ (√2 π D₀).
  private func impulseResponse(field: Int) -> SeparableFilter {
    let length = 2 * field
    let gains = (0..<length).map { index in
      let frequency = Double(min(index, length - index)) / Double(length) * Double(field) / cutoff
      return Elementary.exp(-frequency * frequency)
    }
    return SeparableFilter(gains: gains, negligible: 2e-8)
  }
}
