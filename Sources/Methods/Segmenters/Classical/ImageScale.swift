import Imaging

/// How lengths that are said of an image of 512 pixels read in another: all sizes of the methods scale with the image.
package struct ImageScale: Sendable {
  private let factor: Double

  /// - Parameter image: its longer side counts.
  package init(of image: Plane) { factor = Double(max(image.width, image.height)) / 512 }

  /// A length in pixels, at least 1.
  package func length(_ pixels: Double) -> Int { max(1, Int((pixels * factor).rounded())) }
  /// The side of a window: odd, at least 3.
  package func window(_ side: Int) -> Int { max(3, 2 * Int((Double(side - 1) / 2 * factor).rounded()) + 1) }
  /// Pixels of an area, at least 1.
  package func area(_ pixels: Double) -> Int { max(1, Int((pixels * factor * factor).rounded())) }
  /// The σ of a Gaussian.
  package func sigma(_ pixels: Double) -> Double { max(0.5, pixels * factor) }
}
