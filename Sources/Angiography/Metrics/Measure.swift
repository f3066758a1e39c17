/// One measure of how well a prediction agrees with the truth. All there is to know of it stands in its declaration.
public struct Measure: Sendable {
  public enum Unit: Sendable, Hashable {
    /// In [0, 1], or [−1, 1] for differences; tables have it in per cent.
    case fraction
    /// Of the image's own size.
    case pixels
  }
  public enum Better: Sendable, Hashable { case higher, lower, nearerZero }

  /// What it is a function of.
  enum Definition: Sendable {
    /// Of the four counts alone: such a measure has a pooled value too.
    case counts(@Sendable (Confusion) -> Double?)
    /// Of the two masks.
    case masks(@Sendable (JudgedMasks) -> Double?)
  }

  /// As values and files name it: `dsc`.
  public let name: String
  /// As people write it: `DSC`.
  public let symbol: String
  /// What else it is called, the commonest first.
  public let otherNames: [String]
  public let unit: Unit
  public let better: Better
  /// Whether it is undefined for images without a scale.
  public let needsScale: Bool
  /// What stands under a table that has it: `over images where both masks mark something`.
  public let note: String?
  /// Formula and meaning, in lines of up to 120 characters, for those who ask what it is.
  public let explanation: String
  /// Whether the convention for empty masks decides about it.
  let isOverlap: Bool
  let definition: Definition

  init(
    _ name: String, _ symbol: String, alsoCalled otherNames: [String] = [], unit: Unit = .fraction,
    better: Better = .higher,
    needsScale: Bool = false, isOverlap: Bool = false, note: String? = nil, _ definition: Definition,
    explanation: String
  ) {
    (self.name, self.symbol, self.otherNames) = (name, symbol, otherNames)
    (self.unit, self.better, self.needsScale, self.isOverlap) = (unit, better, needsScale, isOverlap)
    (self.note, self.definition, self.explanation) = (note, definition, explanation)
  }

  /// Whether tables have it in per cent.
  public var isFraction: Bool { unit == .fraction }

  /// As tables head their columns: `HD95, px`; per cent is said of the whole table.
  public var heading: String { isFraction ? symbol : "\(symbol), px" }

  /// From useless to perfect, where both are known: what an axis shows whatever the values are.
  public var wholeRange: ClosedRange<Double>? { isFraction && better == .higher ? 0...1 : nil }

  /// Whether a value is better than another.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    switch better {
    case .higher: value > other
    case .lower: value < other
    case .nearerZero: abs(value) < abs(other)
    }
  }

  /// Its value for counts; `nil` where it is undefined, and for measures of outlines.
  public func callAsFunction(_ confusion: Confusion) -> Double? {
    if case .counts(let value) = definition { value(confusion) } else { nil }
  }

  /// Its value for an image; `nil` where it is undefined, or left out by the convention.
  public func callAsFunction(_ masks: JudgedMasks) -> Double? {
    switch definition {
    case .masks(let value): value(masks)
    case .counts(let value):
      value(masks.confusion).flatMap { isOverlap ? masks.convention.overlap(masks.confusion, $0) : $0 }
    }
  }
}

/// The name tells measures apart.
extension Measure: Hashable, RawRepresentable, CaseIterable {
  public static var allCases: [Measure] { all }
  public var rawValue: String { name }

  public init?(rawValue: String) {
    guard let measure = Self.all.first(where: { $0.name == rawValue }) else { return nil }
    self = measure
  }

  public static func == (left: Measure, right: Measure) -> Bool { left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
