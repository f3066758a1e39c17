import Language

extension CommandGroup {
  /// Masks from networks and levels, and how good they are.
  static let predictions = CommandGroup(
    "predictions", Prediction.commands + [Comparing.extremes], chapter: "Datasets and figures",
    codes: [
      CodeEntry(
        "sample-missing", "an image that was predicted, but is not among those to measure against",
        .program("metrics (dark-threshold (phantom 2 size: 64)) (phantom 1 size: 64)")),
      CodeEntry(
        "no-scores", "images of which none has the score",
        .circumstance("`extremes` by a score that all masks leave undefined")),
    ])
}
