import Base

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
