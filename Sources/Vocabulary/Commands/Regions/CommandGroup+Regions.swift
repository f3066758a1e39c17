import Language

extension CommandGroup {
  /// Work on masks, and on the regions of a picture.
  static let masksAndRegions = CommandGroup(
    "masks and regions",
    [
      .fillHoles, .removeIslands, .keepLargest, .smoothOutline, .grow, .shrink, .distances, .components, .watershed,
      .mergeRegions, .regionTable, .regionGraph,
    ], isFolded: true, chapter: "Datasets and figures")
}
