import Imaging

/// One channel that networks see: the grey itself, or an image operation that brings out what a reader of angiograms
/// looks at. Non-perfused retina is darker than its surroundings and has lost the fine texture of its capillaries.
///
/// Scales are in pixels of a frame 512 pixels wide and grow and shrink with the frame. All but `grey` count pixels of the
/// field of view alone and are 0 outside it; all but `grey` are relative to the mean grey around, so that a camera's
/// exposure cancels, and are brought to about mean 0 and variance 1 over the retinas of many patients, within ±4, by
/// constants (`Kind.retina`), never by anything measured on a dataset: the same image gives the same bits whatever else
/// is there.
public struct Feature: Sendable {
  let kind: Kind
  /// What its kind's `settings` are here, each within its range.
  let numbers: [Double]

  /// - Parameter numbers: one a setting of the kind.
  init(_ kind: Kind, _ numbers: Double...) {
    precondition(numbers.count == kind.settings.count, "a number a setting")
    self.init(kind, numbers)
  }

  init(_ kind: Kind, _ numbers: [Double]) { (self.kind, self.numbers) = (kind, numbers) }

  /// The kind's: `deviation`.
  public var name: String { kind.name }
  /// In pixels of a frame 512 wide.
  var scale: Double { numbers[numbers.count - 1] }
  /// Of a percentile, in per cent.
  var rank: Double { numbers[0] }
}

/// Names and numbers tell features apart.
extension Feature: Hashable {
  public static func == (left: Feature, right: Feature) -> Bool {
    left.name == right.name && left.numbers == right.numbers
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(numbers)
  }
}

extension Feature {
  /// What features of one name have in common. All there is to know of a kind stands in its declaration.
  struct Kind: Sendable {
    /// As users type it, before its numbers: `vessel-distance`.
    let name: String
    /// The numbers that follow, the scale last.
    let settings: [Setting]
    /// About the raw value of retina, which becomes 0, and its standard deviation there, which becomes 1.
    let retina: @Sendable (Feature) -> (centre: Float, unit: Float)
    let plane: @Sendable (inout FeatureFrame, Feature) -> Plane

    init(
      _ name: String, _ settings: Setting..., retina: @escaping @Sendable (Feature) -> (centre: Float, unit: Float),
      plane: @escaping @Sendable (inout FeatureFrame, Feature) -> Plane
    ) {
      (self.name, self.settings, self.retina, self.plane) = (name, settings, retina, plane)
    }
  }

  /// A number behind a feature's name.
  struct Setting: Sendable {
    let usual: Double
    let range: ClosedRange<Double>
    let isRank: Bool

    static func scale(_ usual: Double, _ range: ClosedRange<Double> = Feature.scales) -> Setting {
      Setting(usual: usual, range: range, isRank: false)
    }
    static func rank(_ usual: Double) -> Setting { Setting(usual: usual, range: Feature.ranks, isRank: true) }
  }

  /// Scales that can be asked for, in pixels of a frame 512 wide.
  static let scales = 0.5...128.0
  /// Of operations that are slow when they are wide, and seek what is narrow: a capillary is narrower by far.
  static let narrowScales = 0.5...32.0
  /// Of percentiles, in per cent.
  public static let ranks = 0.0...100

  /// Half the side of the window whose mean is the background that features are relative to: that of the dark threshold.
  static let backgroundScale = 40.0
  /// The least background that anything is divided by: an unlit field has no contrast.
  static let leastBackground: Float = 0.02

  /// Beyond this a value is cut off: a channel's glare must not drown the others.
  static let largest: Float = 4

  /// Seven that complement each other and leave out what the camera's exposure decides. Under logistic regression they
  /// carry as much as forty; the darkest tenth around and the distances to vessels carry most of it.
  public static let standard: [Feature] = [
    .relativeGrey(scale: 40), .relativeGrey(scale: 80), .mean(scale: 8), .percentile(rank: 10, scale: 8),
    .percentile(rank: 90, scale: 16), .vesselDistance(scale: 64), .fineVesselDistance(scale: 64),
  ]
}
