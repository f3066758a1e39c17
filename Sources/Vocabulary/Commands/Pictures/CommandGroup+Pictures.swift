import Language

extension CommandGroup {
  /// Lighting, filters and morphology: the steps that classical methods are made of.
  static let pictures = CommandGroup(
    "pictures",
    [.smooth, .evenLighting] + Command.discMorphology + [.topHat, .reconstruct, .deepMinima, .areaOpening]
      + Command.localStatistics + [.otsu, .percentile, .hessian, .structureTensor, .denoise],
    isFolded: true, chapter: "Datasets and figures",
    codes: [
      CodeEntry(
        "even-window", "a square without a middle pixel", .program("local-mean (phantom 1 size: 64)[0] window: 4"))
    ])
}
