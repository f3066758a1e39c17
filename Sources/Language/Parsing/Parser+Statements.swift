extension Parser {
  mutating func program() -> [Statement] {
    statements(until: tokens.count - 1)
  }

  /// Statements up to the token at an index: the end, or the brace that closes their block.
  mutating func statements(until end: Int) -> [Statement] {
    var result: [Statement] = []
    while index < end {
      let start = index
      do throws(SyntaxMistake) {
        let statement = try statement()
        // What a statement can't take is a mistake of that statement, which is kept for the checker.
        result.append(statement)
        if index < end, !current.startsLine { throw unexpected("the end of the statement", advice: advice(on: start)) }
      } catch {
        note(error, from: start)
        let names = boundNames(at: start)
        if !names.isEmpty, (result.last?.span.start ?? -1) < tokens[start].span.start {
          let value = Expression(.unreadable, at: error.span)
          result.append(Statement(.binding(names, value), at: tokens[start].span))
        }
        recover(from: start, failure: index, end: end)
      }
      extents.append(Span(tokens[start].span.start, max(previousEnd, tokens[start].span.end)))
    }
    readUpTo = max(readUpTo, index)
    return result
  }

  /// What helps with what stands behind a statement.
  private func advice(on start: Int) -> String? {
    if current.isMark(.comma) { return OtherLanguages.spaces }
    return tokens[start].nameText.flatMap { OtherLanguages.advice(onWord: $0) }
  }

  /// Records a failure, unless an open bracket or unreadable token of the same statement is its true cause.
  private mutating func note(_ mistake: SyntaxMistake, from start: Int) {
    if case .expected(_, Self.endOfInput, _) = mistake.problem { endedEarly = true }
    let isConsequence = (start...index).contains { brackets.lonely.contains($0) || tokens[$0].isInvalid }
    if !isConsequence || mistake.problem.isNestedTooDeep { mistakes.append(mistake) }
  }

  /// Goes on at the first line that starts after the failure, outside of the statement's brackets.
  private mutating func recover(from start: Int, failure: Int, end: Int) {
    let open = (start...failure).first { brackets.lonely.contains($0) && brackets.closing[$0] == nil }
    var position = start
    var certain = failure
    if let open { certain = max(open, min(readUpTo, end) - 1) }
    while position < end {
      if position > certain, position > start, tokens[position].startsLine, !continuesLine(position) { break }
      if let close = brackets.closing[position], close < end {
        position = max(position + 1, close)
      } else {
        position += 1
      }
    }
    index = position
  }

  private func continuesLine(_ index: Int) -> Bool {
    tokens[index].isMark(.pipe) || (tokens[index].nameText != nil && tokens[index + 1].isMark(.colon))
  }

  /// The names that a binding which starts at an index binds; empty when it is none.
  func boundNames(at start: Int) -> [Name] {
    var names: [Name] = []
    var position = start
    while position + 1 < tokens.count, let name = tokens[position].nameText {
      names.append(Name(text: name, span: tokens[position].span))
      let after = tokens[position + 1]
      if after.isMark(.assign) { return names }
      guard after.isMark(.comma) else { break }
      position += 2
    }
    return []
  }

  mutating func statement() throws(SyntaxMistake) -> Statement {
    let start = current.span.start
    let names = boundNames(at: index)
    if !names.isEmpty { return try binding(names, from: start) }
    switch current.nameText {
    case "def": return try definition(from: start)
    case "print", "show": return try output(from: start)
    default: break
    }
    let value = try statementExpression()
    if current.isMark(.assign) {
      throw SyntaxMistake(problem: .assignmentToPart(text(value.span)), span: value.span)
    }
    return Statement(.expression(value), at: span(from: start))
  }

  /// An expression, or at the head of the input a `|` that continues from the last value.
  private mutating func statementExpression() throws(SyntaxMistake) -> Expression {
    guard current.isMark(.pipe) else { return try expression() }
    guard index == 0 else { throw SyntaxMistake(problem: .nothingBeforePipe, span: current.span) }
    return try stages(after: Expression(.lastValue, at: current.span))
  }

  private mutating func binding(_ names: [Name], from start: Int) throws(SyntaxMistake) -> Statement {
    var seen: Set<String> = []
    for name in names {
      if reservedWords.contains(name.text) { report(.reservedName(name.text), at: name.span) }
      if name.text != "_", !seen.insert(name.text).inserted {
        report(.repeatedName(name.text, in: "one binding"), at: name.span)
      }
    }
    index += 2 * names.count
    let value = try expression()
    return Statement(.binding(names, value), at: span(from: start))
  }

  /// `print` or `show` with whole expressions, and the labels that they declare.
  private mutating func output(from start: Int) throws(SyntaxMistake) -> Statement {
    let name = Name(text: current.nameText ?? "", span: current.span)
    let callee = Expression(.name(name.text), at: name.span)
    advance()
    let labels = registry.commands[name.text]?.parameters.filter { $0.position == .labelled }.map(\.name) ?? []
    let outer = outerLabels
    outerLabels = Set(labels)
    defer { outerLabels = outer }
    var arguments: [Argument] = []
    if !isAtStatementEnd, labelAhead == nil {
      arguments.append(Argument(label: nil, value: try expression()))
      while current.isMark(.comma) {
        advance()
        arguments.append(Argument(label: nil, value: try expression()))
      }
    }
    while let label = labelAhead {
      arguments.append(try labelled(label, after: arguments))
    }
    let call = Call(callee: callee, arguments: arguments, span: span(from: start))
    return Statement(.expression(Expression(.call(call), at: call.span)), at: call.span)
  }

  private var isAtStatementEnd: Bool { isAtLineEnd || current.isMark(.closeBrace) }

  /// `def name a b label: default { … }`
  private mutating func definition(from start: Int) throws(SyntaxMistake) -> Statement {
    advance()
    let name = try bindableName("the name of a function")
    var parameters: [DefinedParameter] = []
    var seen: Set<String> = []
    while !current.isMark(.openBrace) {
      let label = current.nameText != nil && next.isMark(.colon) && !next.hasSpaceBefore
      let parameter = try bindableName("a parameter or `{`", advice: OtherLanguages.parameters)
      if !seen.insert(parameter.text).inserted {
        report(.repeatedName(parameter.text, in: "the parameters"), at: parameter.span)
      }
      if label { advance() }
      parameters.append(DefinedParameter(name: parameter, defaultValue: label ? try item() : nil))
    }
    let body = try block()
    let definition = Definition(name: name, parameters: parameters, body: body, source: source)
    return Statement(.definition(definition), at: span(from: start))
  }

  /// `{ statements }`
  mutating func block() throws(SyntaxMistake) -> Block {
    guard current.isMark(.openBrace) else {
      throw unexpected("`{`", advice: current.isMark(.colon) ? OtherLanguages.braces : nil)
    }
    let start = current.span.start
    let end = brackets.closing[index]
    return try inside(newlinesMatter: true) { (parser) throws(SyntaxMistake) in
      parser.advance()
      let statements = parser.statements(until: end ?? parser.tokens.count - 1)
      guard end != nil else { throw parser.unexpected("`}`") }
      parser.advance()
      return Block(statements: statements, span: parser.span(from: start))
    }
  }
}
