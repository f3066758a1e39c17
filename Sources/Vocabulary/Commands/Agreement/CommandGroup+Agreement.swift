import Language

extension CommandGroup {
  /// How far graders and methods agree, and how far probabilities are what they say.
  static let agreement = CommandGroup(
    "agreement and calibration", [.agreement, .reliability, .calibrate, .calibrated], isFolded: true,
    chapter: "Datasets and figures")
}
