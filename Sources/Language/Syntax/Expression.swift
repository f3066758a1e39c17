/// An expression of the syntax tree.
public struct Expression: Sendable {
  public let span: Span
  public let form: Form

  public init(_ form: Form, at span: Span) {
    self.form = form
    self.span = span
  }

  /// The forms an expression takes. Chains are flat, so that long ones need no deep recursion.
  public indirect enum Form: Sendable {
    case none
    case truth(Bool)
    case number(Double, Unit)
    case text(String)
    /// `"…{x}…"`
    case interpolation([TextPiece])
    /// A name as an argument or an element: its value; a command of that name is a function value.
    case name(String)
    /// A name that stands alone where a call may stand: calls the command or function of that name.
    case loneName(String)
    /// A bare word after `label:`: a choice where the parameter has choices, a name otherwise.
    case word(String)
    /// `f a b label: c`
    case call(Call)
    case list([Expression])
    case record([Field])
    /// `a..b`, both ends included.
    case range(Expression, Expression)
    case negation(Expression)
    case inversion(Expression)
    /// Operators of one level, applied from left to right.
    case chain(Expression, [Link])
    case power(Expression, Expression)
    /// `.name` and `[index]` after an atom, from left to right.
    case path(Expression, [Step])
    /// `a | f x | g`: each stage takes the value before it as its first argument.
    case pipe(Expression, [Call])
    /// `if … else if … else …`
    case conditional([Branch], otherwise: Block?)
    case loop(Name, Expression, Block)
    case block(Block)
    /// What a line that starts with `|` continues from.
    case lastValue
    /// What could not be read: the checker knows nothing of it, and it never runs.
    case unreadable
  }
}

/// A name with its place.
public struct Name: Sendable {
  public let text: String
  public let span: Span
}

/// A part of a text with interpolation.
public enum TextPiece: Sendable {
  case literal(String)
  case value(Expression)
}

/// One `name: value` of a record.
public struct Field: Sendable {
  public let name: Name
  public let value: Expression
}

/// One operator of a chain and what stands on its right.
public struct Link: Sendable {
  public let `operator`: Operator
  public let operatorSpan: Span
  public let right: Expression
}

/// One step after an atom.
public enum Step: Sendable {
  case member(Name)
  case element(Expression, Span)
}

/// A command or function with its arguments.
public struct Call: Sendable {
  public let callee: Expression
  public let arguments: [Argument]
  public let span: Span
}

/// One argument of a call.
public struct Argument: Sendable {
  public let label: Name?
  public let value: Expression
}

/// One condition of an `if` with its block.
public struct Branch: Sendable {
  public let condition: Expression
  public let block: Block
}

/// Statements in braces; its value is that of the last one.
public struct Block: Sendable {
  public let statements: [Statement]
  public let span: Span
}
