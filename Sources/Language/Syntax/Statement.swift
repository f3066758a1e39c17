/// A statement of the syntax tree.
public struct Statement: Sendable {
  public let span: Span
  public let form: Form

  public init(_ form: Form, at span: Span) {
    self.form = form
    self.span = span
  }

  public enum Form: Sendable {
    /// `a, b = value`
    case binding([Name], Expression)
    /// `def name parameters { … }`
    case definition(Definition)
    case expression(Expression)
  }
}

/// A function as it was written.
public final class Definition: Sendable {
  public let name: Name
  public let parameters: [DefinedParameter]
  public let body: Block
  /// Where it was written, for messages from inside its body.
  public let source: Source

  init(name: Name, parameters: [DefinedParameter], body: Block, source: Source) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.source = source
  }
}

/// A parameter of a `def`: without a default it is positional, with one it is labelled.
public struct DefinedParameter: Sendable {
  public let name: Name
  public let defaultValue: Expression?
}

/// The statements of one source.
public struct Program: Sendable {
  public let source: Source
  public let statements: [Statement]

  public init(source: Source, statements: [Statement]) {
    self.source = source
    self.statements = statements
  }
}

/// A program, as far as it could be read, with every mistake of its syntax.
public struct ParseResult: Sendable {
  public let program: Program
  /// In the order of the source; empty when the program may be checked and run.
  public let diagnostics: [Diagnostic]
  /// Whether the text ends inside an open bracket, block or text, or after an operator, and is right
  /// up to there: the prompt asks for more.
  public let isIncomplete: Bool
}
