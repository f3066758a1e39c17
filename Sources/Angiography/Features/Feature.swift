/// One channel that networks see: the grey itself, or an image operation that brings out what a reader of angiograms
/// looks at. Non-perfused retina is darker than its surroundings and has lost the fine texture of its capillaries.
///
/// Scales are in pixels of a frame 512 pixels wide and grow and shrink with the frame. All but `grey` count pixels of the
/// field of view alone and are 0 outside it; all but `grey` are relative to the mean grey around, so that a camera's
/// exposure cancels, and are brought to about mean 0 and variance 1 over the retinas of many patients, within ±4, by
/// constants (`centre`, `unit`), never by anything measured on a dataset: the same image gives the same bits whatever
/// else is there.
public enum Feature: Sendable, Hashable, Codable {
  /// The grey as it is, in [0, 1], outside the field of view too.
  case grey
  /// Grey ÷ the mean grey within `scale`.
  case relativeGrey(scale: Double)
  /// Mean grey within `scale` ÷ background.
  case mean(scale: Double)
  /// Standard deviation of the grey within `scale` ÷ background.
  case deviation(scale: Double)
  /// Magnitude of the gradient of the grey under a Gaussian of σ = `scale`, times `scale`, ÷ background.
  case gradient(scale: Double)
  /// Root of the mean squared finest gradient (σ = 1) within `scale` ÷ background: how much fine texture there is.
  case texture(scale: Double)
  /// White top-hat: what an opening by a disc of radius `scale` takes away ÷ background. Capillaries, narrow vessels.
  case topHat(scale: Double)
  /// Black top-hat: what a closing by a disc of radius `scale` adds ÷ background. Gaps between capillaries.
  case bottomHat(scale: Double)
  /// The grey below which `rank` per cent of the pixels within `scale` lie ÷ background.
  case percentile(rank: Double, scale: Double)
  /// Distance to the nearest vessel that stands out, at most `scale` (64 and more come out as 4): between vessels lie the
  /// places that capillaries have to fill.
  case vesselDistance(scale: Double)
  /// Distance to the nearest vessel, faint ones included, at most `scale`.
  case fineVesselDistance(scale: Double)
}

extension Feature {
  /// Half the side of the window whose mean is the background that features are relative to: that of the dark threshold.
  static let backgroundScale = 40.0
  /// The least background that anything is divided by: an unlit field has no contrast.
  static let leastBackground: Float = 0.02

  /// Beyond this a value is cut off: a channel's glare must not drown the others.
  static let largest: Float = 4

  /// About the raw value of retina, which becomes 0.
  var centre: Float {
    switch self {
    case .grey, .vesselDistance, .fineVesselDistance: 0
    case .relativeGrey, .mean: 1
    case .deviation: 0.25
    case .gradient: 0.08
    case .texture: 0.13
    case .topHat, .bottomHat: 0.2
    case .percentile(let rank, _): rank < 50 ? 0.7 : 1.3
    }
  }

  /// About the standard deviation of the raw value over retina, which becomes 1.
  var unit: Float {
    switch self {
    case .grey: 1
    case .relativeGrey: 0.5
    // Wider means differ less.
    case .mean(let scale): 0.5 / Float(scale).squareRoot()
    case .deviation, .bottomHat: 0.25
    case .gradient, .texture: 0.13
    case .topHat: 0.4
    case .percentile(let rank, _): rank < 50 ? 0.15 : 0.5
    case .vesselDistance, .fineVesselDistance: 16
    }
  }

  /// Seven that complement each other and leave out what the camera's exposure decides. Under logistic regression they
  /// carry as much as forty; the darkest tenth around and the distances to vessels carry most of it.
  public static let standard: [Feature] = [
    .relativeGrey(scale: 40), .relativeGrey(scale: 80), .mean(scale: 8), .percentile(rank: 10, scale: 8),
    .percentile(rank: 90, scale: 16), .vesselDistance(scale: 64), .fineVesselDistance(scale: 64),
  ]
}
