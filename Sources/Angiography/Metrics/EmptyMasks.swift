/// What a measure is worth on an image whose true or predicted mask marks nothing: a convention, and packages differ.
public enum EmptyMasks: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default. Both empty: agreement is perfect, so DSC, IoU and surface DSC are 1 (Maier-Hein et al., *Metrics
  /// Reloaded*, 2024). One empty: the overlaps are 0. A distance to nothing is undefined and left out, also between two
  /// empty masks, where the package of that name has 0: a mean would read as outlines perfectly drawn.
  case metricsReloaded = "metrics-reloaded"
  /// As MONAI 1.6 by default: DSC and IoU leave out images without true non-perfusion; surface DSC is left out where both
  /// are empty and 0 where one is; HD95 is left out where either is.
  case monai
  /// As nnU-Net's evaluation: what is 0/0 is left out, which is DSC and IoU where both are empty. It measures no surfaces;
  /// theirs follow the same rule.
  case nnUNet = "nnunet"
}

extension EmptyMasks {
  /// An overlap of masks that are not both empty is computed; `overlap` is that value.
  func overlap(_ confusion: Confusion, _ overlap: Double) -> Double? {
    let isTruthEmpty = confusion.truePositives + confusion.falseNegatives == 0
    switch self {
    case .metricsReloaded: return confusion.isBothEmpty ? 1 : overlap
    case .monai: return isTruthEmpty ? nil : overlap
    case .nnUNet: return confusion.isBothEmpty ? nil : overlap
    }
  }
}
