extension Parser {
  /// `or {"|" application}`
  mutating func expression() throws(SyntaxMistake) -> Expression {
    try stages(after: operators(from: 0))
  }

  /// The stages of a pipe; a line that starts with `|` goes on with it.
  mutating func stages(after head: Expression) throws(SyntaxMistake) -> Expression {
    guard current.isMark(.pipe) else { return head }
    var calls: [Call] = []
    while current.isMark(.pipe) {
      advance()
      let start = current.span.start
      let callee = try item()
      if !callee.mayBeCalled {
        throw SyntaxMistake(problem: .stageIsNoCall("`\(text(callee.span))`"), span: callee.span)
      }
      let arguments = try arguments(of: callee)
      calls.append(Call(callee: callee, arguments: arguments, span: span(from: start)))
      if operatorAhead != nil {
        throw SyntaxMistake(problem: .operatorAfterStage(text(current.span)), span: current.span)
      }
    }
    return Expression(.pipe(head, calls), at: span(from: head.span.start))
  }

  /// Operators of a level and all tighter ones; those of one level make one flat chain.
  mutating func operators(from lowest: Int) throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    var first = try operand()
    var last = first
    var links: [Link] = []
    while let (found, level) = operatorAhead, level >= lowest {
      let token = current
      checkSpacing(after: last, at: token)
      advance()
      if found == .power {
        first = try power(of: first)
        last = first
        continue
      }
      if let previous = links.last?.operator.level, previous != level {
        first = Expression(.chain(first, links), at: Span(start, last.span.end))
        links = []
      } else if !links.isEmpty, level == Operator.equal.level {
        report(.comparisonChain(found.rawValue), at: token.span)
      }
      last = try operators(from: level + 1)
      links.append(Link(operator: found, operatorSpan: token.span, right: last))
    }
    return links.isEmpty ? first : Expression(.chain(first, links), at: Span(start, last.span.end))
  }

  /// The exponent takes further powers: 2^3^2 is 2^(3^2).
  private mutating func power(of base: Expression) throws(SyntaxMistake) -> Expression {
    if bytes[base.span.start] == .hyphen {
      let magnitude = String(text(base.span).dropFirst())
      let whole = Span(base.span.start, current.span.end)
      report(.ambiguousPower(base: magnitude, exponent: text(current.span)), at: whole)
    }
    let exponent = try nested { (parser) throws(SyntaxMistake) in
      try parser.operators(from: Operator.power.level)
    }
    return Expression(.power(base, exponent), at: span(from: base.span.start))
  }

  /// The binary operator at the current token, on the same line, with its level.
  private var operatorAhead: (Operator, Int)? {
    guard !isAtLineEnd else { return nil }
    let found: Operator? =
      switch current.form {
      case .mark(let mark): mark.binaryOperator
      case .name(let word): word == "and" || word == "or" || word == "xor" ? Operator(rawValue: word) : nil
      default: nil
      }
    return found.map { ($0, $0.level) }
  }

  /// Spaces on both sides or on neither; tight ones not after an argument, where their reach deceives.
  private mutating func checkSpacing(after left: Expression, at token: Token) {
    guard case .mark(let mark) = token.form else { return }
    let right = next
    let isSpacedAfter = right.hasSpaceBefore || right.isEnd
    if token.hasSpaceBefore != isSpacedAfter {
      let isSign = (mark == .minus || mark == .plus) && token.hasSpaceBefore
      report(
        isSign
          ? .ambiguousSign(left: text(left.span), operator: mark.rawValue, right: text(right.span))
          : .unevenSpacing(operator: mark.rawValue), at: token.span)
    } else if !isSpacedAfter, case .call(let call) = left.form, let last = call.arguments.last?.value,
      bytes[left.span.start] != UInt8(ascii: "(")
    {
      let before = text(Span(left.span.start, last.span.start))
      report(
        .tightOperator(
          call: String(before.reversed().drop { $0 == " " }.reversed()), left: text(last.span),
          operator: mark.rawValue, right: text(right.span)), at: Span(last.span.start, right.span.end))
    }
  }

  /// `not` before a comparison, `if`, `for`, a block, or a call with its arguments.
  private mutating func operand() throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    switch current.form {
    case .name("not"):
      return try nested { (parser) throws(SyntaxMistake) in
        parser.advance()
        let operand = try parser.operators(from: Operator.not.level)
        return Expression(.inversion(operand), at: parser.span(from: start))
      }
    case .name("if"):
      return try nested { (parser) throws(SyntaxMistake) in try parser.conditional() }
    case .name("for"):
      return try nested { (parser) throws(SyntaxMistake) in try parser.loop() }
    case .mark(.openBrace): return Expression(.block(try block()), at: span(from: start))
    default: return try application()
    }
  }

  private mutating func conditional() throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    var branches: [Branch] = []
    while true {
      advance()
      let condition = try expression()
      branches.append(Branch(condition: condition, block: try block()))
      guard current.isName("else") else {
        return Expression(.conditional(branches, otherwise: nil), at: span(from: start))
      }
      advance()
      if current.isName("if") { continue }
      let otherwise = try block()
      return Expression(.conditional(branches, otherwise: otherwise), at: span(from: start))
    }
  }

  private mutating func loop() throws(SyntaxMistake) -> Expression {
    let start = current.span.start
    advance()
    let name = try bindableName("a name for the elements")
    guard current.isName("in") else { throw unexpected("the word `in`") }
    advance()
    let elements = try expression()
    let body = try block()
    return Expression(.loop(name, elements, body), at: span(from: start))
  }
}

extension Operator {
  /// How tightly it binds: 0 for `or` to 7 for `^`.
  public var level: Int {
    switch self {
    case .or: 0
    case .xor: 1
    case .and: 2
    case .not: 3
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract: 5
    case .multiply, .divide: 6
    case .power: 7
    }
  }
}

extension Expression {
  /// Whether it may stand for a command or function.
  var mayBeCalled: Bool {
    switch form {
    case .none, .truth, .number, .text, .interpolation, .list, .record, .range, .negation: false
    default: true
    }
  }
}
