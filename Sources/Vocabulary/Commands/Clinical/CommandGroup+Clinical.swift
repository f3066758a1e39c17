import Language

extension CommandGroup {
  /// What a clinician asks of a mask: area, place, trust.
  static let clinical = CommandGroup(
    "clinical measures",
    [
      .annotate, .landmarks, .findUngradable, .ischemicIndex, .lesions, .retinalGrid, .uncertainty,
      .learnIntervals, .clinicalReport,
    ],
    isFolded: true, chapter: "Datasets and figures")
}
