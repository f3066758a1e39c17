extension Parser {
  /// `item {item | label: item}`; a name without arguments calls what it names.
  mutating func application() throws(SyntaxMistake) -> Expression {
    let callee = try item()
    let isParenthesised = bytes[callee.span.start] == UInt8(ascii: "(")
    if !callee.mayBeCalled, !isParenthesised {
      // After a value that can't be called, ` -1` is a mistyped difference: the operators report it. A label of the `show`
      // around it goes on with that.
      let isOuterLabel = labelAhead.map { outerLabels.contains($0.text) } ?? false
      if startsArgument, !isOuterLabel, !current.isMark(.minus) {
        throw SyntaxMistake(
          problem: .literalCalled("`\(shortened(text(callee.span)))`"), span: Span(callee.span.start, current.span.end))
      }
      return callee
    }
    let arguments = try arguments(of: callee)
    if arguments.isEmpty {
      if case .name(let name) = callee.form { return Expression(.loneName(name), at: callee.span) }
      return callee
    }
    let call = Call(callee: callee, arguments: arguments, span: span(from: callee.span.start))
    return Expression(.call(call), at: call.span)
  }

  private func shortened(_ text: String) -> String { text.count > 24 ? text.prefix(24) + "…" : text }

  mutating func arguments(of callee: Expression) throws(SyntaxMistake) -> [Argument] {
    var result: [Argument] = []
    while true {
      if let label = labelAhead {
        if outerLabels.contains(label.text) { return result }
        result.append(try labelled(label, after: result))
      } else if startsArgument {
        let opensCall = current.isMark(.openParenthesis) && !current.hasSpaceBefore && result.isEmpty
        do throws(SyntaxMistake) {
          result.append(Argument(label: nil, value: try item()))
        } catch {
          guard opensCall, current.isMark(.comma) else { throw error }
          throw SyntaxMistake(problem: .argumentsInParentheses(text(callee.span)), span: current.span)
        }
      } else {
        return result
      }
    }
  }

  /// A label at the current token; one at the head of a line goes on with the call above.
  var labelAhead: Name? {
    guard let text = current.nameText, next.isMark(.colon), !next.hasSpaceBefore else { return nil }
    return Name(text: text, span: current.span)
  }

  /// `label: item`, where a bare word may be a choice.
  mutating func labelled(_ label: Name, after others: [Argument]) throws(SyntaxMistake) -> Argument {
    if others.contains(where: { $0.label?.text == label.text }) {
      report(.repeatedName("\(label.text):", in: "one call"), at: label.span)
    }
    advance()
    advance()
    if let word = current.nameText, !extendsItem(next) {
      defer { advance() }
      return Argument(label: label, value: Expression(.word(word), at: current.span))
    }
    return Argument(label: label, value: try item())
  }

  /// Whether a token after an atom belongs to the same item.
  private func extendsItem(_ token: Token) -> Bool {
    if token.isMark(.range) { return true }
    return !token.hasSpaceBefore && (token.isMark(.dot) || token.isMark(.openBracket))
  }

  /// Whether the current token begins an argument.
  private var startsArgument: Bool {
    guard !isAtLineEnd else { return false }
    switch current.form {
    case .number, .text, .interpolation, .invalid: return true
    case .name(let name): return !nonOperands.contains(name)
    case .mark(.openParenthesis), .mark(.openBracket): return true
    case .mark(.minus): return current.hasSpaceBefore && !next.hasSpaceBefore && !next.isEnd
    default: return false
    }
  }
}
