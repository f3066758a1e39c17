import Imaging

/// How lengths that are said of an image of 512 pixels read in another: all sizes of the methods scale with the image.
package struct ImageScale: Sendable {
  private let factor: Double

  /// - Parameter image: its longer side counts.
  package init(of image: Plane) { factor = Double(max(image.width, image.height)) / 512 }

  /// A length in pixels, at least `least`: what a small image can still show.
  package func length(_ pixels: Double, atLeast least: Int = 1) -> Int { max(least, Int((pixels * factor).rounded())) }
  /// The side of a window: odd, at least 3.
  package func window(_ side: Int) -> Int { max(3, 2 * Int((Double(side - 1) / 2 * factor).rounded()) + 1) }
  /// Pixels of an area, at least `least`.
  package func area(_ pixels: Double, atLeast least: Int = 1) -> Int {
    max(least, Int((pixels * factor * factor).rounded()))
  }
  /// What areas weigh beside lengths: a region of the same form has fewer pixels to a pixel of border in a smaller image.
  package func areaWeight(_ lambda: Double) -> Double { lambda / factor }
  /// The σ of a Gaussian.
  package func sigma(_ pixels: Double) -> Double { max(0.5, pixels * factor) }
}
