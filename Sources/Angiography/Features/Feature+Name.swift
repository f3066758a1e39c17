import Base

extension Feature: CustomStringConvertible {
  /// The names that users type, each with its default numbers.
  public static let names = Kind.all.map { kind in Feature(kind, kind.settings.map(\.usual)).description }

  /// The name that `init(_:)` reads.
  public var description: String { ([name] + numbers.map(numberText)).joined(separator: "-") }

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
    guard let kind = Kind.all.first(where: { $0.name == name }), numbers.count <= max(kind.settings.count, 1) else {
      throw .unknown(text, nearest: Self.names)
    }
    guard numbers.count <= kind.settings.count else { throw .withoutScale(name) }
    numbers += kind.settings.dropFirst(numbers.count).map(\.usual)
    for (number, setting) in zip(numbers, kind.settings) where !setting.range.contains(number) {
      throw setting.isRank ? .badRank(text) : .badScale(text, range: setting.range)
    }
    self.init(kind, numbers)
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
}

/// Stored as its name.
extension Feature: Codable {
  public func encode(to encoder: any Encoder) throws {
    var field = encoder.singleValueContainer()
    try field.encode(description)
  }

  public init(from decoder: any Decoder) throws {
    let field = try decoder.singleValueContainer()
    do { self = try Feature(field.decode(String.self)) } catch let error as FeatureError {
      throw DecodingError.dataCorruptedError(in: field, debugDescription: error.message)
    }
  }
}
