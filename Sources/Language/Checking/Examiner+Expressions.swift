import Base

extension Examiner {
  mutating func examine(_ expression: Expression) -> Known {
    switch expression.form {
    case .none: return Known(Value.none)
    case .truth(let truth): return Known(.truth(truth))
    case .number(let number, let unit): return Known(.number(number, unit))
    case .text(let text): return Known(.text(text))
    case .name(let name): return known(name, at: expression.span)
    case .loneName(let name):
      let known = known(name, at: expression.span)
      if let callable = known.callable { return examine(callable, [], first: nil, at: expression.span) }
      return known.kind == .function ? .any : known
    case .word(let word): return examine(word: word, at: expression.span)
    case .interpolation(let pieces): return interpolation(pieces)
    case .call(let call): return examine(call, first: nil)
    case .list(let elements): return Known(elements: elements.map { examine($0) })
    case .record(let fields): return Known(fields: fields.map { ($0.name.text, examine($0.value)) })
    case .range(let lower, let upper): return range(lower, upper)
    case .negation(let operand): return negation(operand, at: expression.span)
    case .inversion(let operand): return inversion(operand, at: expression.span)
    case .power(let base, let exponent):
      let (left, right) = (examine(base), examine(exponent))
      return combine(.power, left, right, at: expression.span)
    case .chain(let first, let links):
      var value = examine(first)
      for link in links {
        value = combine(link.operator, value, examine(link.right), at: Span(first.span.start, link.right.span.end))
      }
      return value
    case .path(let base, let steps): return path(examine(base), steps)
    case .pipe(let head, let stages):
      var value = examine(head)
      for stage in stages { value = examine(stage, first: value) }
      return value
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise)
    case .loop(let name, let elements, let body): return loop(name, elements, body)
    case .block(let block): return examine(block.statements)
    case .lastValue:
      if lastValue == nil { report(ValueProblem.nothingToContinue, at: expression.span) }
      return lastValue ?? .any
    case .unreadable: return .any
    }
  }

  /// - Parameter mayBeText: whether a text would do as well.
  mutating func known(_ name: String, at span: Span, mayBeText: Bool = false) -> Known {
    if let known = scope[name] { return isUnreached ? known.withoutValue : known }
    if let command = registry.commands[name] { return Known(.function(Function(command))) }
    // Suggestions take time with every name, and nobody reads thousands.
    let isEarly = diagnostics.count < 100
    var problem =
      isEarly
      ? CallProblem.unknown(name, scope: scope.names, registry: registry) : .unknownName(name, suggestion: nil)
    if mayBeText, case .unknownName(_, nil) = problem { problem = .unquotedText(name) }
    report(unknown: problem, name: name, at: span)
    return .any
  }

  mutating func examine(word: String, at span: Span) -> Known {
    switch word {
    case "true": Known(.truth(true))
    case "false": Known(.truth(false))
    case "none": Known(Value.none)
    default: known(word, at: span)
    }
  }

  private mutating func interpolation(_ pieces: [TextPiece]) -> Known {
    var text: String? = ""
    for piece in pieces {
      switch piece {
      case .literal(let literal): text?.append(literal)
      case .value(let expression):
        guard let value = examine(expression).constant, value.isFoldable else {
          text = nil
          continue
        }
        text?.append(display(value))
      }
      if let count = text?.utf8.count, count > 10_000 { text = nil }
    }
    return text.map { Known(.text($0)) } ?? Known(.text)
  }

  private mutating func range(_ lower: Expression, _ upper: Expression) -> Known {
    let ends = (examine(lower), examine(upper))
    for (end, span) in [(ends.0, lower.span), (ends.1, upper.span)] {
      let isWrong =
        end.constant.map { $0.wholeNumber == nil } ?? !Accepts.integer(Bounds()).mayFit(end.kind, unit: end.unit)
      if isWrong { report(ValueProblem.rangeEnd(end), at: span) }
    }
    guard let first = ends.0.constant?.wholeNumber, let last = ends.1.constant?.wholeNumber else {
      return Known(.range)
    }
    if first <= last { return Known(.range(first...last)) }
    report(ValueProblem.rangeReversed(first, last), at: Span(lower.span.start, upper.span.end))
    return Known(.range)
  }

  private mutating func negation(_ operand: Expression, at span: Span) -> Known {
    let value = examine(operand)
    if case .number(let number, let unit) = value.constant { return Known(.number(-number, unit)) }
    switch value.kind {
    case .number: return value
    case .any, .object, .oneOf: return .any
    default:
      report(ValueProblem.negationKind(value), at: span)
      return .any
    }
  }

  private mutating func inversion(_ operand: Expression, at span: Span) -> Known {
    let value = examine(operand)
    if case .truth(let truth) = value.constant { return Known(.truth(!truth)) }
    switch value.kind {
    case .truth: return value
    case .any, .object, .oneOf: return .any
    default:
      report(ValueProblem.truthKind(.not, value), at: span)
      return .any
    }
  }
}
