import Base

extension Measure {
  public static let all = paper + spatial
  /// The four of the 2021 paper.
  public static let paper = [dice, sensitivity, specificity, accuracy]
  /// What they leave out: overlap, outlines, area.
  public static let spatial = [iou, hausdorff95, surfaceDice, areaError]
}

extension Measure {
  /// Eq. 11 of the 2021 paper.
  public static let dice = Measure(
    "dsc", "DSC", alsoCalled: ["Dice", "Dice similarity coefficient", "Dice score", "F1", "F1 score", "Sørensen–Dice"],
    isOverlap: true, .counts { $0.dice },
    explanation: """
      DSC = 2·|P ∩ T| / (|P| + |T|) = 2·TP / (2·TP + FP + FN)     (11)

      How much of prediction P and mask T is common to both: 0 where they share nothing, 1 where they are the same. What
      neither marks does not count, so that a small patch in a large retina is judged by itself. Two graders of the same
      eye reach about 0.66. More: explain metrics.
      """)

  /// Eq. 8.
  public static let sensitivity = Measure(
    "sen", "SEN", alsoCalled: ["sensitivity", "recall", "true positive rate", "TPR"], .counts { $0.sensitivity },
    explanation: """
      SEN = TP / (TP + FN)     (8)

      The share of the non-perfused pixels that were found. Marking everything gives 1, so read it beside SPE.
      """)

  /// Eq. 9.
  public static let specificity = Measure(
    "spe", "SPE", alsoCalled: ["specificity", "true negative rate", "TNR"], .counts { $0.specificity },
    explanation: """
      SPE = TN / (FP + TN)     (9)

      The share of the perfused pixels that were left unmarked. Where little is non-perfused it is high for anything that
      marks little.
      """)

  /// Eq. 10.
  public static let accuracy = Measure(
    "acc", "ACC", alsoCalled: ["accuracy"], .counts { $0.accuracy },
    explanation: """
      ACC = (TP + TN) / (TP + FP + TN + FN)     (10)

      The share of all counted pixels that are right. It lies between SEN and SPE, near SPE where little is non-perfused:
      marking nothing at all is then right nearly everywhere.
      """)
}

extension Measure {
  /// Jaccard's index.
  public static let iou = Measure(
    "iou", "IoU", alsoCalled: ["Jaccard", "Jaccard index", "intersection over union"], isOverlap: true,
    .counts { $0.intersectionOverUnion },
    explanation: """
      IoU = |P ∩ T| / |P ∪ T| = TP / (TP + FP + FN)

      The pixels common to prediction and mask as a share of those that either marks. It ranks images as the DSC does:
      IoU = DSC / (2 − DSC), a smaller number except at 0 and 1. `compare` has it in its details.
      """)

  /// Distance between the outlines, 95th percentile.
  public static let hausdorff95 = Measure(
    "hd95", "HD95", alsoCalled: ["Hausdorff", "Hausdorff distance", "Hausdorff 95"], unit: .pixels, better: .lower,
    note: "over images where both masks mark something", .masks { $0.surfaces.hausdorff95 },
    explanation: """
      How far the outlines of prediction and mask lie apart, in px of the image: of the distances from each pixel of one
      outline to the nearest of the other, 95 % are no larger; the worse direction counts. 0 is best. An image where one of
      the two marks nothing has none, and the table says over how many images a mean is.
      """)

  /// Share of the outlines that lies within `JudgedMasks.tolerance` of each other.
  public static let surfaceDice = Measure(
    "surface-dsc", "surface DSC", alsoCalled: ["surface Dice", "normalised surface distance", "NSD"],
    note: "within \(numberText(JudgedMasks.toleranceAt512)) px at 512 px",
    .masks { $0.surfaces.dice(tolerance: $0.tolerance, $0.convention) },
    explanation: """
      The share of both outlines that lies within \(numberText(JudgedMasks.toleranceAt512)) px of the other one, at \
      512 px; the tolerance grows with the image. It
      judges where the border runs, not how much is inside.
      """)

  /// Too much is positive.
  public static let areaError = Measure(
    "area-error", "area error", better: .nearerZero,
    .counts { $0.total == 0 ? nil : Double($0.falsePositives - $0.falseNegatives) / Double($0.total) },
    explanation: """
      Predicted minus true area, as a share of the counted pixels: above 0 too much is marked, below 0 too little. Misses and
      false marks cancel each other, so read it beside the DSC.
      """)
}
