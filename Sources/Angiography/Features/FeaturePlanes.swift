import Imaging

extension Feature {
  /// The features of an image, in their order, each the image's size.
  ///
  /// Pixels to a scale's unit: the larger side ÷ 512. Cost: 5 to 20 ms a feature at 512².
  ///
  /// - Parameter made: what becomes of each plane before the next is made, so that they need not all lie there.
  public static func planes(
    _ features: [Feature], of image: Plane, within field: Mask, _ made: (Plane) -> Plane = { $0 }
  ) -> [Plane] {
    if features == [.grey] { return [made(image)] }
    var frame = FeatureFrame(image, field: field)
    return features.map { made($0.kind.plane(&frame, $0)) }
  }
}

/// An image with what several features need, each made once.
struct FeatureFrame {
  let image: Plane
  let field: Mask
  /// Pixels to one of a frame 512 wide.
  let unit: Double
  let background: Plane
  /// The grey under a Gaussian of σ = 1.
  private(set) lazy var smooth = image.gaussianMean(sigma: sigma(1), within: field)
  /// The grey of the image's darkest retina (2nd percentile) and its median, which exposure brings up together.
  private(set) lazy var darkAndUsualGrey: (dark: Float, usual: Float) = {
    let found = image.percentiles([2, 50], within: field) ?? [0, 1]
    return (found[0], found[1])
  }()
  /// Ridges as narrow as capillaries ÷ background.
  private(set) lazy var fineRidges: Plane = {
    let ridges = [1, 1.5].map { scale in
      let sigma = sigma(scale)
      return (image.hessian(sigma: sigma, within: field).smaller, Float(sigma * sigma))
    }
    var largest = Plane(width: image.width, height: image.height)
    for (curvature, factor) in ridges {
      for i in largest.pixels.indices { largest.pixels[i] = max(largest.pixels[i], -curvature.pixels[i] * factor) }
    }
    return largest.dividedInside(field, by: background)
  }()
  private var fineGradientSquares: Plane?
  private lazy var foundVessels = Vessels(image, within: field, unit: unit)
  /// The field without vessels, faint ones included.
  private(set) lazy var fieldBetweenVessels = field.intersection(
    foundVessels.mask(prominence: Vessels.fineProminence).complement)

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

  func standardised(_ raw: Plane, _ feature: Feature, times factor: Float = 1) -> Plane {
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
    // Means that come from differences of sums lie below 0 where nothing varies.
    var energy = (fineGradientSquares ?? image).windowMean(side: side(scale), within: field)
    for i in energy.pixels.indices { energy.pixels[i] = max(0, energy.pixels[i]).squareRoot() }
    return energy
  }

  /// Of the Hessian at the feature's scale, times σ².
  func curvature(_ feature: Feature, sign: Float, _ value: (TensorPlanes) -> Plane) -> Plane {
    let sigma = sigma(feature.scale)
    return finished(value(image.hessian(sigma: sigma, within: field)), feature, times: sign * Float(sigma * sigma))
  }

  /// The root of an eigenvalue of the structure tensor at the feature's scale, times σ.
  func structure(_ feature: Feature, _ value: (TensorPlanes) -> Plane) -> Plane {
    let sigma = sigma(feature.scale)
    var roots = value(image.structureTensor(sigma: sigma, rho: 3 * sigma, within: field))
    for i in roots.pixels.indices { roots.pixels[i] = max(0, roots.pixels[i]).squareRoot() }
    return finished(roots, feature, times: Float(sigma))
  }

  /// From the middle of the field's bounding box, in halves of its larger side.
  var distancesFromTheMiddle: Plane {
    var result = Plane(width: image.width, height: image.height)
    guard let box = field.boundingBox else { return result }
    let (columns, rows) = box
    let x = Float(columns.lowerBound + columns.upperBound - 1) / 2
    let y = Float(rows.lowerBound + rows.upperBound - 1) / 2
    let radius = Float(max(columns.count, rows.count)) / 2
    for i in result.pixels.indices {
      let (dx, dy) = (Float(i % image.width) - x, Float(i / image.width) - y)
      result.pixels[i] = (dx * dx + dy * dy).squareRoot() / radius
    }
    return result
  }

  /// The distance to vessels that a disc of radius 2 fits into, at most the feature's scale.
  mutating func distanceToWideVessels(_ feature: Feature) -> Plane {
    let wide = smooth.opened(radius: radius(2), within: field)
    let standing = wide.whiteTopHat(radius: radius(8), within: field).dividedInside(field, by: background)
    let mask = Mask(
      width: image.width, height: image.height, pixels: standing.pixels.map { $0 > Vessels.prominence })
    return distance(to: mask.withoutComponents(smallerThan: Int((Vessels.leastArea * unit * unit).rounded())), feature)
  }

  /// The distance to the vessels of a prominence, at most the feature's scale.
  mutating func distance(toVessels prominence: Float, _ feature: Feature) -> Plane {
    distance(to: foundVessels.mask(prominence: prominence), feature)
  }

  private func distance(to mask: Mask, _ feature: Feature) -> Plane {
    var distances = mask.distances
    let most = Float(feature.scale)
    for i in distances.pixels.indices { distances.pixels[i] = min(distances.pixels[i] / Float(unit), most) }
    return standardised(distances, feature)
  }
}
