import Base

/// Why a text names no feature.
public enum FeatureError: Error, Sendable, Hashable {
  case unknown(String, nearest: [String])
  case badScale(String, range: ClosedRange<Double>)
  case badRank(String)
  case withoutScale(String)
  case repeated(String)
  case none

  public var code: String {
    switch self {
    case .unknown: "unknown-feature"
    case .badScale: "bad-scale"
    case .badRank: "bad-rank"
    case .withoutScale: "no-scale"
    case .repeated: "repeated-feature"
    case .none: "no-features"
    }
  }

  public var message: String {
    switch self {
    case .unknown(let name, _): "'\(name)' is no feature"
    case .badScale(let name, let range):
      "the scale of '\(name)' is outside \(numberText(range.lowerBound))...\(numberText(range.upperBound)) pixels"
    case .badRank(let name):
      "the rank of '\(name)' is outside \(numberText(Feature.ranks.lowerBound))...\(numberText(Feature.ranks.upperBound)) "
        + "per cent"
    case .withoutScale(let name): "'\(name)' takes no scale"
    case .repeated(let name): "'\(name)' stands twice in the list"
    case .none: "a network needs one feature at least"
    }
  }

  public var hint: String? {
    switch self {
    case .unknown(_, let nearest): "features are \(nearest.joined(separator: ", "))"
    case .badRank, .badScale: "scales are in pixels of a frame 512 wide, as in deviation-4 or percentile-10-8"
    default: nil
    }
  }
}
