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
      "the scale of '\(name)' is outside \(Feature.text(range.lowerBound))...\(Feature.text(range.upperBound)) pixels"
    case .badRank(let name): "the rank of '\(name)' is outside 0...100 per cent"
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

extension Feature: CustomStringConvertible {
  /// The names that users type, each with its default scale.
  public static let names = [
    "grey", "relative-grey-40", "mean-8", "deviation-4", "gradient-2", "texture-8", "top-hat-4", "bottom-hat-4",
    "percentile-10-8", "vessel-distance-64", "fine-vessel-distance-64",
  ]
  /// Scales that can be asked for, in pixels of a frame 512 wide.
  public static let scales = 0.5...128.0
  /// Discs are slow to slide; a capillary is narrower by far.
  public static let discScales = 0.5...32.0

  /// The name that `init(_:)` reads.
  public var description: String {
    switch self {
    case .grey: "grey"
    case .relativeGrey(let scale): "relative-grey-\(Self.text(scale))"
    case .mean(let scale): "mean-\(Self.text(scale))"
    case .deviation(let scale): "deviation-\(Self.text(scale))"
    case .gradient(let scale): "gradient-\(Self.text(scale))"
    case .texture(let scale): "texture-\(Self.text(scale))"
    case .topHat(let scale): "top-hat-\(Self.text(scale))"
    case .bottomHat(let scale): "bottom-hat-\(Self.text(scale))"
    case .percentile(let rank, let scale): "percentile-\(Self.text(rank))-\(Self.text(scale))"
    case .vesselDistance(let scale): "vessel-distance-\(Self.text(scale))"
    case .fineVesselDistance(let scale): "fine-vessel-distance-\(Self.text(scale))"
    }
  }

  /// A feature by its name and, after a hyphen, its scale (`deviation-4`; a percentile has its rank before that); what is
  /// left out takes its default.
  public init(_ text: String) throws(FeatureError) {
    var words = text.split(separator: "-", omittingEmptySubsequences: false)
    var numbers: [Double] = []
    while let last = words.last, let number = Double(last), words.count > 1 {
      numbers.insert(number, at: 0)
      words.removeLast()
    }
    let name = words.joined(separator: "-")
    let isPercentile = name == "percentile"
    guard numbers.count <= (isPercentile ? 2 : 1) else { throw .unknown(text, nearest: Self.names) }
    func scale(_ usual: Double, _ range: ClosedRange<Double> = Self.scales) throws(FeatureError) -> Double {
      let scale = numbers.count > (isPercentile ? 1 : 0) ? numbers[numbers.count - 1] : usual
      guard range.contains(scale) else { throw .badScale(text, range: range) }
      return scale
    }
    switch name {
    case "grey":
      guard numbers.isEmpty else { throw .withoutScale("grey") }
      self = .grey
    case "relative-grey": self = .relativeGrey(scale: try scale(40))
    case "mean": self = .mean(scale: try scale(8))
    case "deviation": self = .deviation(scale: try scale(4))
    case "gradient": self = .gradient(scale: try scale(2, 0.5...32))
    case "texture": self = .texture(scale: try scale(8))
    case "top-hat": self = .topHat(scale: try scale(4, Self.discScales))
    case "bottom-hat": self = .bottomHat(scale: try scale(4, Self.discScales))
    case "percentile":
      let rank = numbers.first ?? 10
      guard (0...100).contains(rank) else { throw .badRank(text) }
      self = .percentile(rank: rank, scale: try scale(8, Self.discScales))
    case "vessel-distance": self = .vesselDistance(scale: try scale(64))
    case "fine-vessel-distance": self = .fineVesselDistance(scale: try scale(64))
    default: throw .unknown(text, nearest: Self.names)
    }
  }

  /// Features by their names, in this order, each once.
  public static func list(_ names: [String]) throws(FeatureError) -> [Feature] {
    var features: [Feature] = []
    for name in names {
      let feature = try Feature(name)
      guard !features.contains(feature) else { throw .repeated(name) }
      features.append(feature)
    }
    guard !features.isEmpty else { throw .none }
    return features
  }

  /// A number without a needless `.0`.
  static func text(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}
