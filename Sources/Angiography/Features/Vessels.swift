import Imaging

/// The bright vessels of an angiogram, found by their shape: a white top-hat by discs of radius 3, 6 and 10 of 512 pixels
/// (the largest of the three) on the grey ÷ background under a Gaussian of σ = 1 of 512 pixels.
///
/// Simple and fast, and meant as a landmark: leakage with a sharp edge passes for a vessel.
public struct Vessels: Sendable {
  /// What the top-hat must exceed, in parts of the background, for vessels that stand out.
  public static let prominence: Float = 0.25
  /// For faint vessels too: about what is left of capillaries at this size of image.
  public static let fineProminence: Float = 0.12
  /// Pieces of fewer pixels of 512² are dots.
  static let leastArea = 160.0

  /// The top-hat; 0 outside the field.
  public let prominences: Plane
  private let unit: Double

  /// - Parameter unit: pixels of the image to one of a frame 512 wide.
  public init(_ image: Plane, within field: Mask, unit: Double = 1) {
    self.unit = unit
    let relative = image.dividedInside(field, by: image.background(within: field, unit: unit))
    let smooth = relative.gaussianMean(sigma: max(0.5, unit), within: field)
    var largest = Plane(width: image.width, height: image.height)
    for radius in [3.0, 6, 10] {
      let opened = smooth.opened(radius: radiusInPixels(radius, unit: unit), within: field)
      for i in largest.pixels.indices where field.pixels[i] {
        largest.pixels[i] = max(largest.pixels[i], smooth.pixels[i] - opened.pixels[i])
      }
    }
    prominences = largest
  }

  /// The vessels that stand out by more than `prominence`, in connected pieces that are no dots.
  public func mask(prominence: Float = Vessels.prominence) -> Mask {
    Mask(
      width: prominences.width, height: prominences.height, pixels: prominences.pixels.map { $0 > prominence }
    ).withoutComponents(smallerThan: Int((Vessels.leastArea * unit * unit).rounded()), .four)
  }
}

extension Plane {
  /// The mean grey around, over the window that the dark threshold calls background.
  func background(within field: Mask, unit: Double) -> Plane {
    windowMean(side: windowSide(Feature.backgroundScale, unit: unit), within: field)
  }

  /// This ÷ the other inside the field, where the other is at least the least background; 0 outside.
  func dividedInside(_ field: Mask, by other: Plane) -> Plane {
    var result = Plane(width: width, height: height)
    for i in pixels.indices where field.pixels[i] {
      result.pixels[i] = pixels[i] / max(other.pixels[i], Feature.leastBackground)
    }
    return result
  }
}

/// The side of a window that reaches `scale` to each side, at least one pixel.
func windowSide(_ scale: Double, unit: Double) -> Int { 2 * radiusInPixels(scale, unit: unit) + 1 }

/// A scale as a whole number of pixels, at least one.
func radiusInPixels(_ scale: Double, unit: Double) -> Int { max(1, Int((scale * unit).rounded())) }
