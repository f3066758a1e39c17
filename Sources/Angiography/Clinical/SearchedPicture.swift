import Imaging

/// An angiogram at the size at which things are looked for in it.
struct SearchedPicture {
  /// The longer side, in pixels.
  static let side = 320

  /// A pixel's side in pixels of the angiogram is 1 ÷ this.
  let shrinkage: Double
  let grey: Plane
  let field: Mask
  /// Grey ÷ its background, 1 outside the field.
  let relative: Plane

  /// `nil` where the field of view is less than a twentieth of the picture.
  init?(_ sample: Sample) {
    shrinkage = Double(Self.side) / Double(max(sample.image.width, sample.image.height))
    let width = max(16, Int((Double(sample.image.width) * shrinkage).rounded()))
    let height = max(16, Int((Double(sample.image.height) * shrinkage).rounded()))
    let field = sample.fieldOfView.resized(width: width, height: height)
    guard field.area * 20 > width * height else { return nil }
    let grey = sample.image.resized(width: width, height: height)
    let background = grey.gaussianMean(sigma: Double(Self.side) / 12, within: field)
    let pixels = grey.pixels.indices.map { i in
      field.pixels[i] ? grey.pixels[i] / max(background.pixels[i], 0.02) : 1
    }
    (self.grey, self.field) = (grey, field)
    relative = Plane(width: width, height: height, pixels: pixels)
  }

  /// A place of the angiogram here, and back.
  func small(_ place: Landmark) -> (x: Double, y: Double) {
    ((place.x + 0.5) * shrinkage - 0.5, (place.y + 0.5) * shrinkage - 0.5)
  }

  func large(_ place: (x: Double, y: Double), confidence: Double) -> Landmark {
    Landmark(x: (place.x + 0.5) / shrinkage - 0.5, y: (place.y + 0.5) / shrinkage - 0.5, confidence: confidence)
  }
}
