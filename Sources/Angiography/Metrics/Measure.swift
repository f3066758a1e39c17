import Imaging

/// One measure of how well a prediction agrees with the truth. What there is to know of it stands in `all`, and nowhere
/// else.
public struct Measure: Sendable {
  public enum Unit: Sendable, Hashable {
    /// In [0, 1], or [−1, 1] for differences; tables have it in per cent.
    case fraction
    /// Of the image's own size.
    case pixels
  }
  public enum Better: Sendable, Hashable { case higher, lower, nearerZero }

  /// What it is a function of.
  enum Definition: Sendable {
    /// Of the four counts alone: such a measure has a pooled value too.
    case counts(@Sendable (Confusion) -> Double?)
    /// Of the two masks.
    case masks(@Sendable (JudgedMasks) -> Double?)
  }

  /// As values and files name it: `dsc`.
  public let name: String
  /// As tables head their columns: `DSC`.
  public let symbol: String
  public let unit: Unit
  public let better: Better
  /// Whether it is undefined for images without a scale.
  public let needsScale: Bool
  /// Whether the convention for empty masks decides about it.
  let isOverlap: Bool
  let definition: Definition

  init(
    _ name: String, _ symbol: String, unit: Unit = .fraction, better: Better = .higher, needsScale: Bool = false,
    isOverlap: Bool = false, _ definition: Definition
  ) {
    (self.name, self.symbol, self.unit, self.better) = (name, symbol, unit, better)
    (self.needsScale, self.isOverlap, self.definition) = (needsScale, isOverlap, definition)
  }

  /// Whether tables have it in per cent.
  public var isFraction: Bool { unit == .fraction }

  /// Its value for counts; `nil` where it is undefined, and for measures of outlines.
  public func callAsFunction(_ confusion: Confusion) -> Double? {
    if case .counts(let value) = definition { value(confusion) } else { nil }
  }

  /// Its value for an image; `nil` where it is undefined, or left out by the convention.
  public func callAsFunction(_ masks: JudgedMasks) -> Double? {
    switch definition {
    case .masks(let value): value(masks)
    case .counts(let value):
      value(masks.confusion).flatMap { isOverlap ? masks.convention.overlap(masks.confusion, $0) : $0 }
    }
  }
}

extension Measure {
  /// DSC, SEN, SPE and ACC of the 2021 paper (Eq. 8–11).
  public static let dice = Measure("dsc", "DSC", isOverlap: true, .counts { $0.dice })
  public static let sensitivity = Measure("sen", "SEN", .counts { $0.sensitivity })
  public static let specificity = Measure("spe", "SPE", .counts { $0.specificity })
  public static let accuracy = Measure("acc", "ACC", .counts { $0.accuracy })
  /// Jaccard's index, |P ∩ T| / |P ∪ T|.
  public static let iou = Measure("iou", "IoU", isOverlap: true, .counts { $0.intersectionOverUnion })
  /// Distance between the outlines, 95th percentile.
  public static let hausdorff95 = Measure(
    "hd95", "HD95, px", unit: .pixels, better: .lower, .masks { $0.surfaces.hausdorff95 })
  /// Share of the outlines that lie within `JudgedMasks.tolerance` of each other.
  public static let surfaceDice = Measure(
    "surface-dsc", "surface DSC", .masks { $0.surfaces.dice(tolerance: $0.tolerance, $0.convention) })
  /// Predicted minus true area, as a share of the counted pixels: too much is positive.
  public static let areaError = Measure(
    "area-error", "area error", better: .nearerZero,
    .counts { $0.total == 0 ? nil : Double($0.falsePositives - $0.falseNegatives) / Double($0.total) })

  public static let all = paper + spatial
  /// The four of the paper.
  public static let paper = [dice, sensitivity, specificity, accuracy]
  /// What they leave out: overlap, outlines, area.
  public static let spatial = [iou, hausdorff95, surfaceDice, areaError]
}

/// The name tells measures apart.
extension Measure: Hashable, RawRepresentable, CaseIterable {
  public static var allCases: [Measure] { all }
  public var rawValue: String { name }

  public init?(rawValue: String) {
    guard let measure = Self.all.first(where: { $0.name == rawValue }) else { return nil }
    self = measure
  }

  public static func == (left: Measure, right: Measure) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

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
