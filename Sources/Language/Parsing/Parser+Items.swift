extension Parser {
  /// An atom with its steps, or a range of two.
  mutating func item() throws(SyntaxMistake) -> Expression {
    let lower = try signed()
    guard current.isMark(.range), ignoresNewlines || !current.startsLine else { return lower }
    if current.hasSpaceBefore != next.hasSpaceBefore { report(.unevenSpacing(operator: ".."), at: current.span) }
    advance()
    let upper = try signed()
    return Expression(.range(lower, upper), at: span(from: lower.span.start))
  }

  /// An item with the sign that touches it.
  private mutating func signed() throws(SyntaxMistake) -> Expression {
    guard current.isMark(.minus) else { return try steps(after: try atom()) }
    let start = current.span.start
    if next.hasSpaceBefore { report(.unevenSpacing(operator: "-"), at: current.span) }
    return try nested { (parser) throws(SyntaxMistake) in
      parser.advance()
      let operand = try parser.signed()
      let span = parser.span(from: start)
      if case .number(let value, let unit) = operand.form { return Expression(.number(-value, unit), at: span) }
      return Expression(.negation(operand), at: span)
    }
  }

  /// `.name` and `[index]`, without a space before.
  private mutating func steps(after atom: Expression) throws(SyntaxMistake) -> Expression {
    var steps: [Step] = []
    while !current.hasSpaceBefore {
      if current.isMark(.dot) {
        advance()
        guard let name = current.nameText, !current.hasSpaceBefore else { throw unexpected("a member's name") }
        steps.append(.member(Name(text: name, span: current.span)))
        advance()
      } else if current.isMark(.openBracket) {
        let start = current.span.start
        let index = try inside(newlinesMatter: false) { (parser) throws(SyntaxMistake) in
          parser.advance()
          if parser.current.isMark(.colon) { throw parser.unexpected("a value", advice: OtherLanguages.parts) }
          let index = try parser.expression()
          if parser.current.isMark(.colon) { throw parser.unexpected("`]`", advice: OtherLanguages.parts) }
          if parser.current.isMark(.comma) { throw parser.unexpected("`]`", advice: OtherLanguages.places) }
          try parser.expect(.closeBracket, "`]`")
          return parser.asValue(index)
        }
        steps.append(.element(index, span(from: start)))
      } else {
        break
      }
    }
    return steps.isEmpty ? atom : Expression(.path(atom, steps), at: span(from: atom.span.start))
  }

  private mutating func atom() throws(SyntaxMistake) -> Expression {
    let token = current
    let form: Expression.Form
    switch token.form {
    case .number(let value, let unit): form = .number(value, unit)
    case .text(let text): form = .text(text)
    case .interpolation(let pieces): form = .interpolation(try self.pieces(pieces))
    case .invalid: form = .unreadable
    case .name("true"): form = .truth(true)
    case .name("false"): form = .truth(false)
    case .name("none"): form = .none
    case .name(let name) where !nonOperands.contains(name): form = .name(name)
    case .mark(.openParenthesis): return try parenthesised()
    case .mark(.openBracket): return try list()
    default:
      throw unexpected("a value", advice: adviceOnEmptyParentheses)
    }
    advance()
    return Expression(form, at: token.span)
  }

  /// For `f()`, and for `func f() { … }`.
  private var adviceOnEmptyParentheses: String? {
    guard current.isMark(.closeParenthesis), index > 0, tokens[index - 1].isMark(.openParenthesis) else { return nil }
    if index > 2, tokens[index - 3].isMark(.dot) { return OtherLanguages.members }
    let words = [index - 3, index - 2].compactMap { tokens.indices.contains($0) ? tokens[$0].nameText : nil }
    return words.lazy.compactMap { OtherLanguages.advice(onWord: $0) }.first ?? OtherLanguages.emptyParentheses
  }

  private mutating func parenthesised() throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    return try inside(newlinesMatter: false) { (parser) throws(SyntaxMistake) in
      parser.advance()
      let value = try parser.expression()
      try parser.expect(.closeParenthesis, "an operator or `)`")
      // With its parentheses, so that operators around it know it stands on its own.
      return Expression(value.form, at: parser.span(from: start))
    }
  }

  /// `[a, b]`, `[name: value, "a name with spaces": value]`, `[:]`
  private mutating func list() throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    return try inside(newlinesMatter: false) { (parser) throws(SyntaxMistake) in
      parser.advance()
      if parser.current.isMark(.colon), parser.next.isMark(.closeBracket) {
        parser.advance()
        parser.advance()
        return Expression(.record([]), at: parser.span(from: start))
      }
      let isRecord = parser.current.fieldNameText != nil && parser.next.isMark(.colon)
      let form: Expression.Form = isRecord ? .record(try parser.fields()) : .list(try parser.elements())
      if parser.current.isName("for") { throw parser.unexpected("`,` or `]`", advice: OtherLanguages.comprehension) }
      try parser.expect(.closeBracket, "`,` or `]`")
      return Expression(form, at: parser.span(from: start))
    }
  }

  private mutating func elements() throws(SyntaxMistake) -> [Expression] {
    var result: [Expression] = []
    while !current.isMark(.closeBracket) {
      result.append(asValue(try expression()))
      guard current.isMark(.comma) else { break }
      advance()
    }
    return result
  }

  private mutating func fields() throws(SyntaxMistake) -> [Field] {
    var result: [Field] = []
    var seen: Set<String> = []
    while !current.isMark(.closeBracket) {
      guard let text = current.fieldNameText else { throw unexpected("a field's name") }
      let name = Name(text: text, span: current.span)
      if !seen.insert(text).inserted { report(.repeatedName(text, in: "one record"), at: name.span) }
      advance()
      try expect(.colon, "`:` after the field's name")
      result.append(Field(name: name, value: asValue(try expression())))
      guard current.isMark(.comma) else { break }
      advance()
    }
    return result
  }

  /// A lone name as an element or a field is a value, as it is as an argument.
  private func asValue(_ expression: Expression) -> Expression {
    guard case .loneName(let name) = expression.form, bytes[expression.span.start] != UInt8(ascii: "(") else {
      return expression
    }
    return Expression(.name(name), at: expression.span)
  }

  /// Parses the expressions inside a text.
  private mutating func pieces(_ pieces: [Token.RawPiece]) throws(SyntaxMistake) -> [TextPiece] {
    var result: [TextPiece] = []
    for piece in pieces {
      switch piece {
      case .literal(let text): result.append(.literal(text))
      case .tokens(let inner):
        guard inner.count > 1 else { continue }
        let outer = (tokens, brackets, index)
        (tokens, brackets, index) = (inner, Brackets(of: inner), 0)
        defer { (tokens, brackets, index) = outer }
        mistakes += brackets.mistakes(in: inner)
        do throws(SyntaxMistake) {
          let value = try inside(newlinesMatter: false) { (parser) throws(SyntaxMistake) in try parser.expression() }
          guard current.isEnd else { throw unexpected("`}`") }
          result.append(.value(value))
        } catch {
          // Reported here, so that the rest of the statement is still read.
          let isEnd = current.isEnd && !error.problem.isNestedTooDeep
          let problem = isEnd ? SyntaxProblem.expected("a value", found: "`}`") : error.problem
          if brackets.lonely.isEmpty { report(problem, at: error.span) }
        }
      }
    }
    return result
  }
}
