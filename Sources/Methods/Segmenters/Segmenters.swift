import Networks

/// The segmenters there are.
package enum Segmenters {
  /// The paper's systems, their ablations, and the floor under them all.
  package static let all: [any Segmenter] = LearnedSystem.all + [DarkThreshold()]

  /// Those whose fits are a few numbers.
  package static let parametric = all.compactMap { $0 as? any ParametricSegmenter }

  package static func named(_ name: String) -> (any Segmenter)? { all.first { $0.name == name } }
}
