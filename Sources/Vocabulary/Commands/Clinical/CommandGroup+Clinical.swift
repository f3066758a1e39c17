import Language

extension CommandGroup {
  /// What a clinician asks of a mask: area, place, trust.
  static let clinical = CommandGroup(
    "clinical measures", [.annotate, .ischemicIndex, .lesions, .retinalGrid],
    isFolded: true, chapter: "Datasets and figures")
}
