import Angiography
import Base
import Language

extension FeatureError: CodedError {
  /// Of mistakes with features' names and scales.
  static let codes: [CodeEntry] = [
    CodeEntry("unknown-feature", "a name of no feature", .program("features (phantom 2 size: 64) [\"gray\"]")),
    CodeEntry(
      "bad-scale", "a feature's scale outside of its range", .program("features (phantom 2 size: 64) [\"mean-500\"]")),
    CodeEntry(
      "bad-rank", "a percentile outside of \(rangeText(Feature.ranks))",
      .program("features (phantom 2 size: 64) [\"percentile-200-8\"]")),
    CodeEntry(
      "no-scale", "a scale for a feature that takes none", .program("features (phantom 2 size: 64) [\"grey-4\"]")),
    CodeEntry(
      "repeated-feature", "a feature that is named twice",
      .program("features (phantom 2 size: 64) [\"grey\", \"grey\"]")),
    CodeEntry("no-features", "an empty list of features", .program("features (phantom 2 size: 64) []")),
  ]
}
