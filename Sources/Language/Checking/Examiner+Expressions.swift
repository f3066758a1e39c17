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
    case .interpolation(let pieces):
      for case .value(let value) in pieces { _ = examine(value) }
      return Known(.text)
    case .call(let call): return examine(call, first: nil)
    case .list(let elements): return list(elements.map { examine($0) })
    case .record(let fields): return record(fields)
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

  mutating func known(_ name: String, at span: Span) -> Known {
    if let known = scope[name] { return known }
    if let command = registry.commands[name] { return Known(.function(Function(command))) }
    // Suggestions take time with every name, and nobody reads thousands.
    let isEarly = diagnostics.count < 100
    report(
      isEarly ? .unknown(name, scope: scope.keys, registry: registry) : CallProblem.unknownName(name, suggestion: nil),
      at: span)
    // One report is enough.
    scope[name] = .any
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

  private func list(_ elements: [Known]) -> Known {
    let constants = elements.compactMap(\.constant)
    if constants.count == elements.count, constants.count <= 1000 { return Known(.list(constants)) }
    let kinds = elements.map(\.kind)
    return Known(.list(of: kinds.dropFirst().reduce(kinds.first ?? .any) { $0.joined(with: $1) }))
  }

  private mutating func record(_ fields: [Field]) -> Known {
    var record = Record()
    var isConstant = true
    for field in fields {
      let value = examine(field.value)
      record[field.name.text] = value.constant ?? Value.none
      isConstant = isConstant && value.constant != nil
    }
    return isConstant ? Known(.record(record)) : Known(.record)
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

  private mutating func conditional(_ branches: [Branch], _ otherwise: Block?) -> Known {
    let bound = Set(branches.flatMap(\.block.boundNames) + (otherwise?.boundNames ?? []))
    let outer = known(bound)
    var behind: [[String: Known]] = []
    var values: [Known] = []
    for branch in branches {
      let condition = examine(branch.condition)
      if !Accepts.truth.mayFit(condition.kind, unit: nil) {
        report(ValueProblem.conditionKind(condition), at: branch.condition.span)
      }
      values.append(examine(branch.block.statements))
      behind.append(known(bound))
      restore(bound, outer)
    }
    if let otherwise {
      values.append(examine(otherwise.statements))
      behind.append(known(bound))
    } else {
      values.append(Known(.none))
      behind.append(outer)
    }
    restore(bound, joined(behind))
    return values.dropFirst().reduce(values[0]) { $0.joined(with: $1) }
  }

  /// What is known of some names: those that a block binds, so that the whole scope need not be copied.
  private func known(_ names: Set<String>) -> [String: Known] {
    var result: [String: Known] = [:]
    for name in names { result[name] = scope[name] }
    return result
  }

  mutating func restore(_ names: Set<String>, _ known: [String: Known]) {
    for name in names { scope[name] = known[name] }
  }

  /// What is known behind branches that end with these.
  private func joined(_ scopes: [[String: Known]]) -> [String: Known] {
    var result = scopes[0]
    for scope in scopes.dropFirst() {
      result.merge(scope) { first, second in first.isSame(as: second) ? first : first.joined(with: second) }
    }
    return result
  }

  private mutating func loop(_ name: Name, _ elements: Expression, _ body: Block) -> Known {
    let collection = examine(elements)
    let bound = Set(body.boundNames)
    let outer = known(bound)
    let hidden = scope[name.text]
    // What a turn binds, the next one finds: its kind is open before the body.
    for name in bound where scope[name] != nil { scope[name] = .any }
    scope[name.text] = element(of: collection, at: elements.span)
    let value = examine(body.statements)
    restore(bound, joined([outer, known(bound)]))
    scope[name.text] = hidden
    switch value.kind {
    case .none, .any, .oneOf: return .any
    default: return Known(.list(of: value.kind))
    }
  }

  private mutating func element(of collection: Known, at span: Span) -> Known {
    switch collection.kind {
    case .list(let kind): return Known(kind)
    case .range: return Known(.number, unit: .one)
    case .any, .object, .oneOf: return .any
    default:
      report(ValueProblem.notIterable(collection), at: span)
      return .any
    }
  }
}

extension Known {
  /// Whether both say the same, as far as that can be told cheaply.
  func isSame(as other: Known) -> Bool {
    guard kind == other.kind, unit == other.unit else { return false }
    switch (constant, other.constant) {
    case (nil, nil): return (callable == nil) == (other.callable == nil)
    case (.some(.number(let first, _)), .some(.number(let second, _))): return first == second
    case (.some(.text(let first)), .some(.text(let second))): return first == second
    case (.some(.truth(let first)), .some(.truth(let second))): return first == second
    case (.some(.function(let first)), .some(.function(let second))): return first.name == second.name
    default: return false
    }
  }
}
