/// One channel that networks see: the grey itself, or an image operation that brings out what a reader of angiograms
/// looks at. Non-perfused retina is darker than its surroundings and has lost the fine texture of its capillaries.
///
/// Scales are in pixels of a frame 512 pixels wide and grow and shrink with the frame. All but `grey` count pixels of
/// the field of view alone and are 0 outside it; all but `grey` and `vesselDistance` are relative to the mean grey
/// around, so that a camera's exposure cancels. Each is divided by a constant of its own (`unit`), never by anything
/// measured on a dataset: the same image gives the same bits whatever else is there.
public enum Feature: Sendable, Hashable {
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
  /// Distance to the nearest vessel, at most `scale`.
  case vesselDistance(scale: Double)
}

extension Feature {
  /// Half the side of the window whose mean is the background that features are relative to: that of the dark threshold.
  static let backgroundScale = 40.0
  /// The least background that anything is divided by: an unlit field has no contrast.
  static let leastBackground: Float = 0.02

  /// What the raw value is divided by, so that retina comes out between 0 and about 1.
  var unit: Float {
    switch self {
    case .grey: 1
    case .relativeGrey, .mean, .percentile: 2
    case .deviation: 0.5
    case .gradient: 0.25
    case .texture: 0.25
    case .topHat: 1
    case .bottomHat: 0.5
    case .vesselDistance(let scale): Float(scale)
    }
  }

  /// Ten that complement each other; what `features: standard` means.
  public static let standard: [Feature] = [
    .grey, .relativeGrey(scale: backgroundScale), .mean(scale: 8), .deviation(scale: 2), .deviation(scale: 8),
    .texture(scale: 4), .texture(scale: 16), .topHat(scale: 4), .bottomHat(scale: 4), .vesselDistance(scale: 64),
  ]
}
