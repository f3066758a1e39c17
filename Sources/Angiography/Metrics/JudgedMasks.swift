import Imaging

/// A predicted and a true mask of one image, with what measures need of them.
public struct JudgedMasks: Sendable {
  public let confusion: Confusion
  public let surfaces: SurfaceAgreement
  public let convention: EmptyMasks
  /// How far outlines may lie apart for the surface DSC, in px: `toleranceAt512` grown with the image.
  public let tolerance: Double

  /// In px at 512 px: half the width of a large vessel.
  public static let toleranceAt512 = 2.0

  /// - Parameter region: the pixels that count; `nil`: all.
  public init(prediction: Mask, truth: Mask, within region: Mask?, empty convention: EmptyMasks = .metricsReloaded) {
    confusion = Confusion(prediction: prediction, truth: truth, within: region)
    surfaces = SurfaceAgreement(prediction: prediction, truth: truth, within: region)
    tolerance = Self.toleranceAt512 * Double(max(truth.width, truth.height)) / 512
    self.convention = convention
  }
}
