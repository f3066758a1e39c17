import Imaging

extension Feature {
  /// The features of an image, in their order, each the image's size.
  ///
  /// Pixels to a scale's unit: the larger side ÷ 512. Cost: 5 to 20 ms a feature at 512².
  public static func planes(_ features: [Feature], of image: Plane, within field: Mask) -> [Plane] {
    if features == [.grey] { return [image] }
    var frame = FeatureFrame(image, field: field)
    return features.map { $0.kind.plane(&frame, $0) }
  }
}

/// An image with what several features need, each made once.
struct FeatureFrame {
  let image: Plane
  let field: Mask
  /// Pixels to one of a frame 512 wide.
  let unit: Double
  let background: Plane
  private var fineGradientSquares: Plane?
  private var vessels: Vessels?

  init(_ image: Plane, field: Mask) {
    precondition(image.width == field.width && image.height == field.height, "a field of view has its image's size")
    self.image = image
    self.field = field
    unit = Double(max(image.width, image.height)) / 512
    background = image.background(within: field, unit: unit)
  }

  /// Of a window that reaches a scale to each side.
  func side(_ scale: Double) -> Int { windowSide(scale, unit: unit) }
  func radius(_ scale: Double) -> Int { radiusInPixels(scale, unit: unit) }
  /// A Gaussian narrower than half a pixel sees no neighbour.
  func sigma(_ scale: Double) -> Double { max(0.5, scale * unit) }

  /// Relative to a background (the frame's own unless given), about the feature's centre, in its unit; 0 outside the field.
  func finished(_ raw: Plane, _ feature: Feature, by other: Plane? = nil, times factor: Float = 1) -> Plane {
    standardised(raw.dividedInside(field, by: other ?? background), feature, times: factor)
  }

  private func standardised(_ raw: Plane, _ feature: Feature, times factor: Float = 1) -> Plane {
    var result = Plane(width: raw.width, height: raw.height)
    let retina = feature.kind.retina(feature)
    let (centre, scale, largest) = (retina.centre, 1 / retina.unit, Feature.largest)
    for i in result.pixels.indices where field.pixels[i] {
      result.pixels[i] = min(max((raw.pixels[i] * factor - centre) * scale, -largest), largest)
    }
    return result
  }

  func difference(_ larger: Plane, _ smaller: Plane) -> Plane {
    var result = larger
    for i in result.pixels.indices { result.pixels[i] -= smaller.pixels[i] }
    return result
  }

  /// The mean grey within a scale.
  func mean(within scale: Double) -> Plane { image.windowMean(side: side(scale), within: field) }

  /// The root of the mean squared gradient under a Gaussian of σ = 1, within a scale.
  mutating func fineGradient(within scale: Double) -> Plane {
    if fineGradientSquares == nil {
      var squares = image.gaussianGradient(sigma: sigma(1), within: field)
      for i in squares.pixels.indices { squares.pixels[i] *= squares.pixels[i] }
      fineGradientSquares = squares
    }
    var energy = (fineGradientSquares ?? image).windowMean(side: side(scale), within: field)
    for i in energy.pixels.indices { energy.pixels[i] = energy.pixels[i].squareRoot() }
    return energy
  }

  /// The distance to the vessels of a prominence, at most the feature's scale.
  mutating func distance(toVessels prominence: Float, _ feature: Feature) -> Plane {
    let found = vessels ?? Vessels(image, within: field, unit: unit)
    vessels = found
    var distances = found.mask(prominence: prominence).distances
    let most = Float(feature.scale)
    for i in distances.pixels.indices { distances.pixels[i] = min(distances.pixels[i] / Float(unit), most) }
    return standardised(distances, feature)
  }
}
