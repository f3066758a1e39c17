/// What is known of a value before anything runs, and what a parameter accepts.
public indirect enum Kind: Sendable, Hashable {
  case any
  case none
  case truth
  case number
  case text
  case list(of: Kind)
  case record
  case range
  case function
  case object(String)
  case oneOf([Kind])
}

/// The numbers a parameter accepts. `nil` on a side means no bound there.
public struct Bounds: Sendable, Hashable {
  public let lower: Double?
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
}

/// What a parameter accepts, with units, ranges and choices: checked before the body runs.
public indirect enum Accepts: Sendable {
  case any
  case truth
  /// A number of that unit (a plain number is accepted too, and means that unit) within the bounds.
  case number(Unit, Bounds)
  /// A whole number within the bounds.
  case integer(Bounds)
  case text
  /// A path to read; the checker sees whether it is there.
  case path
  /// One of the words, written bare after the label. Words that read as numbers, truth values or none may be such
  /// values, too.
  case choice([String])
  /// Something to look up: a bare word stands for itself, as a text does; a name of a text, a function or a plugged-in
  /// value stands for that. The words are those that Tab proposes, commands where there are none.
  case topic([String]?)
  case list(of: Accepts)
  case record
  case range
  case function
  /// A value of a plugged-in type, by its type name.
  case object(String)
  /// The first alternative that fits.
  case either([Accepts])
  /// Also accepts `none`.
  case optional(Accepts)
}
