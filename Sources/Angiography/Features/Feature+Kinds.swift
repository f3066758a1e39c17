import Imaging

extension Feature.Kind {
  /// Every kind, in the order that help lists them.
  static let all = [
    grey, relativeGrey, mean, deviation, gradient, texture, topHat, bottomHat, percentile, vesselDistance,
    fineVesselDistance,
  ]

  static let grey = Self("grey", retina: { _ in (0, 1) }) { frame, _ in frame.image }

  static let relativeGrey = Self("relative-grey", .scale(40), retina: { _ in (1, 0.5) }) { frame, feature in
    frame.finished(frame.image, feature, by: frame.mean(within: feature.scale))
  }

  // Wider means differ less.
  static let mean = Self("mean", .scale(8), retina: { (1, 0.5 / Float($0.scale).squareRoot()) }) { frame, feature in
    frame.finished(frame.mean(within: feature.scale), feature)
  }

  static let deviation = Self("deviation", .scale(4), retina: { _ in (0.25, 0.25) }) { frame, feature in
    let side = frame.side(feature.scale)
    return frame.finished(frame.image.windowDeviation(side: side, within: frame.field), feature)
  }

  static let gradient = Self(
    "gradient", .scale(2, Feature.narrowScales), retina: { _ in (0.08, 0.13) }
  ) { frame, feature in
    let sigma = frame.sigma(feature.scale)
    return frame.finished(
      frame.image.gaussianGradient(sigma: sigma, within: frame.field), feature, times: Float(sigma))
  }

  static let texture = Self("texture", .scale(8), retina: { _ in (0.13, 0.13) }) { frame, feature in
    frame.finished(frame.fineGradient(within: feature.scale), feature, times: Float(frame.sigma(1)))
  }

  static let topHat = Self(
    "top-hat", .scale(4, Feature.narrowScales), retina: { _ in (0.2, 0.4) }
  ) { frame, feature in
    let opened = frame.image.opened(radius: frame.radius(feature.scale), within: frame.field)
    return frame.finished(frame.difference(frame.image, opened), feature)
  }

  static let bottomHat = Self(
    "bottom-hat", .scale(4, Feature.narrowScales), retina: { _ in (0.2, 0.25) }
  ) { frame, feature in
    let closed = frame.image.closed(radius: frame.radius(feature.scale), within: frame.field)
    return frame.finished(frame.difference(closed, frame.image), feature)
  }

  static let percentile = Self(
    "percentile", .rank(10), .scale(8, Feature.narrowScales),
    retina: { $0.rank < 50 ? (0.7, 0.15) : (1.3, 0.5) }
  ) { frame, feature in
    let side = frame.side(feature.scale)
    return frame.finished(frame.image.windowPercentile(feature.rank, side: side, within: frame.field), feature)
  }

  static let vesselDistance = Self("vessel-distance", .scale(64), retina: { _ in (0, 16) }) { frame, feature in
    frame.distance(toVessels: Vessels.prominence, feature)
  }

  static let fineVesselDistance = Self("fine-vessel-distance", .scale(64), retina: { _ in (0, 16) }) { frame, feature in
    frame.distance(toVessels: Vessels.fineProminence, feature)
  }
}

// Features of these kinds.
extension Feature {
  /// The grey as it is, in [0, 1], outside the field of view too.
  public static let grey = Feature(.grey)
  /// Grey ÷ the mean grey within `scale`.
  public static func relativeGrey(scale: Double) -> Feature { Feature(.relativeGrey, scale) }
  /// Mean grey within `scale` ÷ background.
  public static func mean(scale: Double) -> Feature { Feature(.mean, scale) }
  /// Standard deviation of the grey within `scale` ÷ background.
  public static func deviation(scale: Double) -> Feature { Feature(.deviation, scale) }
  /// Magnitude of the gradient of the grey under a Gaussian of σ = `scale`, times `scale`, ÷ background.
  public static func gradient(scale: Double) -> Feature { Feature(.gradient, scale) }
  /// Root of the mean squared finest gradient (σ = 1) within `scale` ÷ background: how much fine texture there is.
  public static func texture(scale: Double) -> Feature { Feature(.texture, scale) }
  /// White top-hat: what an opening by a disc of radius `scale` takes away ÷ background. Capillaries, narrow vessels.
  public static func topHat(scale: Double) -> Feature { Feature(.topHat, scale) }
  /// Black top-hat: what a closing by a disc of radius `scale` adds ÷ background. Gaps between capillaries.
  public static func bottomHat(scale: Double) -> Feature { Feature(.bottomHat, scale) }
  /// The grey below which `rank` per cent of the pixels within `scale` lie ÷ background.
  public static func percentile(rank: Double, scale: Double) -> Feature { Feature(.percentile, rank, scale) }
  /// Distance to the nearest vessel that stands out, at most `scale` (64 and more come out as 4): between vessels lie the
  /// places that capillaries have to fill.
  public static func vesselDistance(scale: Double) -> Feature { Feature(.vesselDistance, scale) }
  /// Distance to the nearest vessel, faint ones included, at most `scale`.
  public static func fineVesselDistance(scale: Double) -> Feature { Feature(.fineVesselDistance, scale) }
}
