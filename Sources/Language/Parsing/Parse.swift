/// Mistakes that one reading reports: a file that is no program would give one for every line.
private let mostMistakes = 500

/// Reads a program: never fails, but reports every mistake of its syntax at once.
///
/// - Parameter registry: tells which labels belong to `show` and `print` at the head of a statement.
public func parse(_ source: Source, registry: Registry) -> ParseResult {
  var lexer = Lexer(bytes: Array(source.text.utf8))
  lexer.scan()
  let brackets = Brackets(of: lexer.tokens)
  var parser = Parser(source: source, bytes: lexer.bytes, tokens: lexer.tokens, brackets: brackets, registry: registry)
  let statements = parser.program()
  let mistakes = (lexer.mistakes + brackets.mistakes(in: lexer.tokens) + parser.mistakes)
    .sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }.prefix(mostMistakes)

  // Behind an open parenthesis or text everything is a guess, so only what stands before it counts.
  let openText = lexer.endsInText ? lexer.mistakes.last { $0.problem.isUnclosedText }?.span.start : nil
  let openBracket = brackets.firstOpenList.map { lexer.tokens[$0].span.start }
  let certain = min(openText ?? .max, openBracket ?? .max)
  let isOpen = openText != nil || brackets.hasOpen || parser.endedEarly
  let isIncomplete =
    isOpen
    && mistakes.allSatisfy { $0.span.start >= certain || $0.problem.isOpenEnd(length: lexer.bytes.count, $0.span) }
  return ParseResult(
    program: Program(source: source, statements: statements),
    diagnostics: mistakes.map { Diagnostic($0.problem, in: source, at: $0.span) }, isIncomplete: isIncomplete)
}

extension SyntaxProblem {
  var isUnclosedText: Bool {
    if case .unclosedText = self { true } else { false }
  }

  /// Whether more input could cure it.
  func isOpenEnd(length: Int, _ span: Span) -> Bool {
    switch self {
    case .unclosedText, .unclosedBracket: true
    case .expected(_, found: Parser.endOfInput, _): true
    default: false
    }
  }
}

extension Diagnostic {
  init(_ problem: some CodedError, severity: Severity = .error, in source: Source, at span: Span) {
    self.init(problem.code, problem.message, hint: problem.hint, severity: severity, in: source, at: span)
  }
}
