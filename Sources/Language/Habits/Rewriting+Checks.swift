extension Program {
  /// Whether its calls of commands have labels, and as many arguments, as these take: what can be said where nothing is
  /// known of names.
  ///
  /// - Parameter bound: names that may hide commands.
  func fitsCommands(of registry: Registry, besides bound: Set<String>) -> Bool {
    var check = CallCheck(registry: registry, bound: bound.union(statements.namesOfAnyDepth))
    check.look(at: statements)
    return check.isRight
  }
}

/// Looks at every call of a program.
private struct CallCheck {
  let registry: Registry
  let bound: Set<String>
  var isRight = true

  mutating func look(at statements: [Statement]) {
    for statement in statements {
      switch statement.form {
      case .binding(_, let value), .expression(let value): look(at: value)
      case .definition(let definition):
        for case let value? in definition.parameters.map(\.defaultValue) { look(at: value) }
        look(at: definition.body.statements)
      }
    }
  }

  private mutating func look(at expression: Expression) {
    switch expression.form {
    case .loneName(let name): look(atCallOf: name, [])
    case .call(let call): look(at: call, first: [])
    case .pipe(_, let stages): for stage in stages { look(at: stage, first: [nil]) }
    default: break
    }
    for part in expression.parts { look(at: part) }
    for block in expression.blocks { look(at: block.statements) }
  }

  private mutating func look(at call: Call, first: [String?]) {
    guard case .name(let name) = call.callee.form else { return }
    look(atCallOf: name, first + call.arguments.map { $0.label?.text })
  }

  private mutating func look(atCallOf name: String, _ labels: [String?]) {
    guard !bound.contains(name), let command = registry.commands[name] else { return }
    if !command.signature.assign(labels: labels).misfits.isEmpty { isRight = false }
  }
}

extension [Statement] {
  /// All names that they bind anywhere: those of functions, parameters and loops too.
  var namesOfAnyDepth: Set<String> {
    var names: Set<String> = []
    for statement in self {
      switch statement.form {
      case .binding(let bound, let value):
        names.formUnion(bound.map(\.text))
        names.formUnion(value.namesOfAnyDepth)
      case .definition(let definition):
        names.insert(definition.name.text)
        names.formUnion(definition.parameters.map(\.name.text))
        names.formUnion(definition.body.statements.namesOfAnyDepth)
      case .expression(let value): names.formUnion(value.namesOfAnyDepth)
      }
    }
    return names
  }

  /// Whether a place in a function is the end of it; `nil` where it is in none.
  func endFunction(at place: Span) -> Bool? {
    guard let statement = first(where: { $0.span.contains(place) }) else { return nil }
    switch statement.form {
    case .definition(let definition):
      let body = definition.body.statements
      return body.endFunction(at: place) ?? (definition.body.span.contains(place) && body.end(at: place))
    case .binding(_, let value), .expression(let value):
      return value.allBlocks.lazy.compactMap { $0.statements.endFunction(at: place) }.first
    }
  }

  /// Whether a place among statements is their end: the last of them, or the end of a choice that is the last and has an
  /// `else`. What could not be read at the place is none of them.
  private func end(at place: Span) -> Bool {
    guard let last, last.span.end > place.start else { return true }
    if last.span == place { return true }
    guard last.span.contains(place), case .expression(let value) = last.form,
      case .conditional(_, .some) = value.form
    else { return false }
    return value.blocks.contains { $0.span.contains(place) && $0.statements.end(at: place) }
  }
}

extension Expression {
  /// Its blocks, and those of what stands in it.
  fileprivate var allBlocks: [Block] { blocks + parts.flatMap(\.allBlocks) }

  fileprivate var namesOfAnyDepth: Set<String> {
    var names: Set<String> = []
    if case .loop(let name, _, _) = form { names.insert(name.text) }
    for block in blocks { names.formUnion(block.statements.namesOfAnyDepth) }
    for part in parts { names.formUnion(part.namesOfAnyDepth) }
    return names
  }
}
