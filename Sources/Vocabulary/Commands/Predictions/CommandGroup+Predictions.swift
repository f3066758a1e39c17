import Language

extension CommandGroup {
  /// Masks from networks and levels, how good they are, and how far one can trust them.
  static let predictions = CommandGroup(
    "predictions",
    [
      .predict, .threshold, .pseudoLabel, .darkThreshold, .metrics, .areas, .agreement, .reliability,
      .calibrate,
      .calibrated, .uncertainty, .learnIntervals, .coverage,
    ],
    isFolded: true, chapter: "Datasets and figures")
}
