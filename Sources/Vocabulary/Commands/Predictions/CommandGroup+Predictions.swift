import Language

extension CommandGroup {
  /// Masks from networks and levels, and how good they are.
  static let predictions = CommandGroup(
    "predictions", [.predict, .threshold, .darkThreshold, .metrics, .areas, .extremes],
    isFolded: true, chapter: "Datasets and figures")
}
