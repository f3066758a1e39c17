import Imaging

extension Feature.Kind {
  /// Every kind, in the order that help lists them.
  static let all = [
    grey, relativeGrey, mean, deviation, gradient, texture, topHat, bottomHat, percentile, vesselDistance,
    fineVesselDistance, wideVesselDistance, lightness, tissue, rank, pond, ridge, valley, ridges, edges, corners,
    eccentricity,
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

  static let wideVesselDistance = Self("wide-vessel-distance", .scale(128), retina: { _ in (0, 32) }) {
    frame, feature in
    frame.distanceToWideVessels(feature)
  }

  static let lightness = Self("lightness", .scale(8), retina: { _ in (1.2, 0.7) }) { frame, feature in
    let (dark, usual) = frame.darkAndUsualGrey
    var result = frame.mean(within: feature.scale)
    for i in result.pixels.indices { result.pixels[i] = (result.pixels[i] - dark) / max(usual - dark, 0.01) }
    return frame.standardised(result, feature)
  }

  static let tissue = Self("tissue", .scale(8), retina: { _ in (0.9, 0.5) }) { frame, feature in
    let (dark, usual) = frame.darkAndUsualGrey
    let between = frame.fieldBetweenVessels
    var result = frame.image.windowMean(side: frame.side(feature.scale), within: between)
    for i in result.pixels.indices { result.pixels[i] = (result.pixels[i] - dark) / max(usual - dark, 0.01) }
    return frame.standardised(result, feature)
  }

  static let rank = Self("rank", .scale(20), retina: { _ in (0.5, 0.27) }) { frame, feature in
    let windows = WindowHistograms(
      frame.image, levels: 64, over: frame.image.usualRange(within: frame.field), side: frame.side(feature.scale),
      within: frame.field)
    return frame.standardised(windows.ranks, feature)
  }

  static let pond = Self("pond", .scale(10, Feature.narrowScales), retina: { _ in (0.12, 0.22) }) { frame, feature in
    let smooth = frame.smooth
    let filled = smooth.closedByReconstruction(radius: frame.radius(feature.scale), within: frame.field)
    return frame.finished(frame.difference(filled, smooth), feature)
  }

  static let ridge = Self("ridge", .scale(2, Feature.narrowScales), retina: { _ in (0.07, 0.15) }) { frame, feature in
    frame.curvature(feature, sign: -1) { $0.smaller }
  }

  static let valley = Self("valley", .scale(2, Feature.narrowScales), retina: { _ in (0.06, 0.1) }) { frame, feature in
    frame.curvature(feature, sign: 1) { $0.larger }
  }

  // Wider means differ less.
  static let ridges = Self(
    "ridges", .scale(12), retina: { (0.075, 0.11 / Float($0.scale).squareRoot()) }
  ) { frame, feature in
    let ridges = frame.fineRidges
    return frame.standardised(ridges.windowMean(side: frame.side(feature.scale), within: frame.field), feature)
  }

  static let edges = Self("edges", .scale(2, Feature.narrowScales), retina: { _ in (0.14, 0.11) }) { frame, feature in
    frame.structure(feature) { $0.larger }
  }

  static let corners = Self("corners", .scale(2, Feature.narrowScales), retina: { _ in (0.06, 0.037) }) {
    frame, feature in
    frame.structure(feature) { $0.smaller }
  }

  static let eccentricity = Self("eccentricity", retina: { _ in (0.68, 0.24) }) { frame, feature in
    frame.standardised(frame.distancesFromTheMiddle, feature)
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
  /// Distance to the nearest vessel wider than 4 pixels of 512, at most `scale`.
  public static func wideVesselDistance(scale: Double) -> Feature { Feature(.wideVesselDistance, scale) }
  /// Mean grey within `scale` between the image's own dark (its 2nd percentile), which is 0, and its median, which is 1:
  /// graders hold non-perfusion against the grey of the foveal avascular zone.
  public static func lightness(scale: Double) -> Feature { Feature(.lightness, scale) }
  /// The same of the pixels between vessels alone, faint ones included.
  public static func tissue(scale: Double) -> Feature { Feature(.tissue, scale) }
  /// The share of the pixels within `scale` that are darker, half of the equally bright ones counted.
  public static func rank(scale: Double) -> Feature { Feature(.rank, scale) }
  /// How deep a pixel lies below the rim of its pond: a closing by reconstruction by a disc of radius `scale`, less the grey,
  /// under a Gaussian of σ = 1, ÷ background.
  public static func pond(scale: Double) -> Feature { Feature(.pond, scale) }
  /// −σ² × the smaller eigenvalue of the Hessian under a Gaussian of σ = `scale`, ÷ background: bright lines.
  public static func ridge(scale: Double) -> Feature { Feature(.ridge, scale) }
  /// σ² × the larger eigenvalue of the Hessian, ÷ background: dark lines, and what lies between bright ones.
  public static func valley(scale: Double) -> Feature { Feature(.valley, scale) }
  /// Mean within `scale` of the ridges of capillaries (σ = 1 and 1.5, the larger): how much fine vessel there is.
  public static func ridges(scale: Double) -> Feature { Feature(.ridges, scale) }
  /// Root of the structure tensor's larger eigenvalue (σ = `scale`, averaged over 3 σ) × σ, ÷ background.
  public static func edges(scale: Double) -> Feature { Feature(.edges, scale) }
  /// Root of its smaller eigenvalue × σ, ÷ background: texture without one direction.
  public static func corners(scale: Double) -> Feature { Feature(.corners, scale) }
  /// Distance from the middle of the field of view ÷ the field's radius.
  public static let eccentricity = Feature(.eccentricity)
}
