extension Evaluator {
  /// The value of a name: bound names hide commands.
  @inline(never)
  func value(of name: String, at span: Span) throws(Diagnostic) -> Value {
    if let value = scope[name] { return value }
    if let command = run.registry.commands[name] { return .function(Function(command)) }
    if run.boundNames.contains(name) { throw diagnostic(CallProblem.notBoundYet(name), at: span) }
    throw diagnostic(CallProblem.unknown(name, scope: scope.names, registry: run.registry), at: span)
  }

  /// A bare word after a label whose parameter has no choices.
  @inline(never)
  func word(_ word: String, at span: Span) throws(Diagnostic) -> Value {
    switch word {
    case "true": .truth(true)
    case "false": .truth(false)
    case "none": .none
    default: try value(of: word, at: span)
    }
  }

  /// A name where a call may stand: calls the command or function it names.
  @inline(never)
  mutating func lone(_ name: String, at span: Span) throws(Diagnostic) -> Value {
    let value = try value(of: name, at: span)
    guard case .function(let function) = value else { return value }
    return try call(function, [], first: nil, at: span)
  }

  func lastValue(at span: Span) throws(Diagnostic) -> Value {
    guard let value = run.lastValue else { throw diagnostic(ValueProblem.nothingToContinue, at: span) }
    return value
  }

  @inline(never)
  mutating func list(_ elements: [Expression], at span: Span) throws(Diagnostic) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try evaluate(element)) }
    return try bounded(.list(values), at: span)
  }

  @inline(never)
  mutating func record(_ fields: [Field], at span: Span) throws(Diagnostic) -> Value {
    var record = Record()
    for field in fields { record[field.name.text] = try evaluate(field.value) }
    return try bounded(.record(record), at: span)
  }

  /// A value that holds others, unless it nests too deep or is too large.
  private func bounded(_ value: Value, at span: Span) throws(Diagnostic) -> Value {
    do { try value.checkSize() } catch { throw diagnostic(error, at: span) }
    return value
  }

  @inline(never)
  mutating func power(_ base: Expression, _ exponent: Expression, at span: Span) throws(Diagnostic) -> Value {
    let (left, right) = (try evaluate(base), try evaluate(exponent))
    return try combined(.power, left, right, at: span)
  }

  @inline(never)
  mutating func pipe(_ head: Expression, _ stages: [Call]) throws(Diagnostic) -> Value {
    var value = try evaluate(head)
    for stage in stages { value = try call(stage, first: value) }
    return value
  }

  @inline(never)
  mutating func interpolation(_ pieces: [TextPiece], at span: Span) throws(Diagnostic) -> Value {
    var text = ""
    for piece in pieces {
      switch piece {
      case .literal(let literal): text += literal
      case .value(let expression):
        let value = try evaluate(expression)
        if case .object(let object) = value { text += object.summary } else { text += display(value) }
      }
      _ = try bounded(.text(text), at: span)
    }
    return .text(text)
  }

  @inline(never)
  mutating func range(_ lower: Expression, _ upper: Expression) throws(Diagnostic) -> Value {
    let (first, last) = (try evaluate(lower), try evaluate(upper))
    guard let start = first.wholeNumber else { throw diagnostic(ValueProblem.rangeEnd(Known(first)), at: lower.span) }
    guard let end = last.wholeNumber else { throw diagnostic(ValueProblem.rangeEnd(Known(last)), at: upper.span) }
    guard start <= end else {
      throw diagnostic(ValueProblem.rangeReversed(start, end), at: Span(lower.span.start, upper.span.end))
    }
    return .range(start...end)
  }

  @inline(never)
  mutating func negation(_ operand: Expression, at span: Span) throws(Diagnostic) -> Value {
    let value = try evaluate(operand)
    if case .number(let number, let unit) = value { return .number(-number, unit) }
    if case .object = value { return try combined(.subtract, .number(0), value, at: span) }
    throw diagnostic(ValueProblem.negationKind(Known(value)), at: span)
  }

  @inline(never)
  mutating func inversion(_ operand: Expression, at span: Span) throws(Diagnostic) -> Value {
    let value = try evaluate(operand)
    if case .truth(let truth) = value { return .truth(!truth) }
    if case .object(let object) = value {
      do {
        if let result = try type(of: object).apply(.not, value, .none) { return result }
      } catch { throw diagnostic(error, at: span) }
    }
    throw diagnostic(ValueProblem.truthKind(.not, Known(value)), at: span)
  }

  @inline(never)
  func combined(_ symbol: Operator, _ left: Value, _ right: Value, at span: Span) throws(Diagnostic) -> Value {
    do { return try combine(symbol, left, right) } catch { throw diagnostic(error, at: span) }
  }

  @inline(never)
  mutating func chain(_ first: Expression, _ links: [Link]) throws(Diagnostic) -> Value {
    var value = try evaluate(first)
    for link in links {
      // The right side is left out when the left one decides.
      if case .truth(let truth) = value, link.operator == (truth ? .or : .and) { continue }
      let right = try evaluate(link.right)
      value = try combined(link.operator, value, right, at: Span(first.span.start, link.right.span.end))
    }
    return value
  }

  @inline(never)
  mutating func conditional(_ branches: [Branch], _ otherwise: Block?) throws(Diagnostic) -> Value {
    for branch in branches {
      let condition = try evaluate(branch.condition)
      guard case .truth(let truth) = condition else {
        throw diagnostic(ValueProblem.conditionKind(Known(condition)), at: branch.condition.span)
      }
      if truth { return try execute(branch.block) }
    }
    guard let otherwise else { return .none }
    return try execute(otherwise)
  }

  /// A list of the block's values; `none` where every turn gave none, as printing does.
  @inline(never)
  mutating func loop(
    _ name: Name, _ elements: Expression, _ body: Block, at span: Span
  ) throws(Diagnostic) -> Value {
    let collection = try evaluate(elements)
    guard let count = collection.elementCount else {
      throw diagnostic(ValueProblem.notIterable(Known(collection)), at: elements.span)
    }
    let hidden = scope[name.text]
    defer { scope[name.text] = hidden }
    var values: [Value] = []
    var gaveSomething = count == 0
    var parts = 1
    for index in 0..<count {
      try stopIfCancelled(at: span)
      do { scope[name.text] = try collection.element(at: index) } catch { throw diagnostic(error, at: elements.span) }
      let value = try execute(body)
      if case .none = value {} else { gaveSomething = true }
      // Counted turn by turn: an endless loop must not gather values without end.
      do { try value.count(&parts, levels: Value.deepest - 1) } catch { throw diagnostic(error, at: span) }
      values.append(value)
    }
    return gaveSomething ? .list(values) : .none
  }

  @inline(never)
  mutating func path(_ base: Expression, _ steps: [Step]) throws(Diagnostic) -> Value {
    var value = try evaluate(base)
    for step in steps {
      switch step {
      case .member(let name):
        do { value = try value.member(name.text) } catch { throw diagnostic(error, at: name.span) }
      case .element(let expression, let span):
        let index = try evaluate(expression)
        do { value = try value.element(at: index) } catch { throw diagnostic(error, at: span) }
      }
    }
    return value
  }
}
