import Language

extension CommandGroup {
  /// The classical methods, which train no network.
  static let segmentation = CommandGroup(
    "classical methods", [.segment, .stages, .tune], isFolded: true, chapter: "Datasets and figures")
}
