import Networks

/// The segmenters there are.
package enum Segmenters {
  /// The paper's systems, their ablations, and the floor under them all.
  package static let all: [any Segmenter] = LearnedSystem.all + [DarkThreshold()] + tunable

  /// The classical methods of the literature, and the stack of ours, whose parameters can be chosen.
  package static let tunable: [any TunableSegmenter] = [
    Regions(), Homomorphic(), Valleys(), Variational(), TextureEnsemble(), StackedSegmenter(),
  ]

  /// Those that learn from masks and train no network.
  package static let taught: [any TaughtSegmenter] = [DarkThreshold(), TextureEnsemble(), StackedSegmenter()]

  /// Those whose fits are a few numbers.
  package static let parametric = all.compactMap { $0 as? any ParametricSegmenter }

  package static func named(_ name: String) -> (any Segmenter)? { all.first { $0.name == name } }
  package static func tunable(named name: String) -> (any TunableSegmenter)? { tunable.first { $0.name == name } }
}
