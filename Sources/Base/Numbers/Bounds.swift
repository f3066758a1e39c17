/// The numbers that an option accepts, declared once for whoever asks for it, checks it and tells of it.
public struct Bounds: Sendable, Hashable {
  /// `nil`: no bound below.
  public let lower: Double?
  /// `nil`: no bound above.
  public let upper: Double?
  /// Whether the bound itself is left out: a learning rate is above 0, not 0.
  public let excludesLower: Bool
  public let excludesUpper: Bool

  public init(
    from lower: Double? = nil, to upper: Double? = nil, excludesLower: Bool = false, excludesUpper: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
    self.excludesUpper = excludesUpper
  }

  public static func atLeast(_ lower: Double) -> Bounds { Bounds(from: lower) }
  public static func above(_ lower: Double) -> Bounds { Bounds(from: lower, excludesLower: true) }
  public static func within(_ range: ClosedRange<Double>) -> Bounds {
    Bounds(from: range.lowerBound, to: range.upperBound)
  }
  public static func within(_ range: ClosedRange<Int>) -> Bounds {
    Bounds(from: Double(range.lowerBound), to: Double(range.upperBound))
  }
  public static func within(_ range: Range<Double>) -> Bounds {
    Bounds(from: range.lowerBound, to: range.upperBound, excludesUpper: true)
  }

  /// Whether the number lies within them; NaN lies within no bound.
  public func contains(_ number: Double) -> Bool {
    if let lower, !(excludesLower ? number > lower : number >= lower) { return false }
    if let upper, !(excludesUpper ? number < upper : number <= upper) { return false }
    return true
  }

  /// In words that follow what is bounded: `a number` + ` from 0, below 1`; nothing where all numbers are accepted.
  ///
  /// - Parameter shown: a bound as it is written, with its unit.
  public func words(_ shown: (Double) -> String = numberText) -> String {
    switch (lower, upper) {
    case (nil, nil): return ""
    case (let lower?, nil): return excludesLower ? " above \(shown(lower))" : " of at least \(shown(lower))"
    case (nil, let upper?): return excludesUpper ? " below \(shown(upper))" : " of at most \(shown(upper))"
    case (let lower?, let upper?):
      if !excludesLower && !excludesUpper { return " from \(shown(lower)) to \(shown(upper))" }
      return " \(excludesLower ? "above" : "from") \(shown(lower))"
        + (excludesUpper ? ", below \(shown(upper))" : " to \(shown(upper))")
    }
  }
}

/// A number without a needless `.0`.
public func numberText(_ number: Double) -> String {
  Int(exactly: number).map { "\($0)" } ?? "\(number)"
}

/// A range in words: `0 to 0.9`.
public func rangeText(_ range: ClosedRange<Double>) -> String {
  "\(numberText(range.lowerBound)) to \(numberText(range.upperBound))"
}

/// A range in words: `16 to 4096`.
public func rangeText(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }
