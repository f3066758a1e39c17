extension Examiner {
  /// - Parameter first: what a pipe hands to its stage.
  mutating func examine(_ call: Call, first: Known?) -> Known {
    let callee: Known
    if case .name(let name) = call.callee.form {
      if let known = scope[name] {
        callee = known
      } else if let command = registry.commands[name] {
        callee = Known(.function(Function(command)))
      } else {
        let problem =
          diagnostics.count < 100
          ? CallProblem.unknownCommand(named: name, scope: scope.keys, registry: registry)
          : .unknownCommand(name, suggestion: nil)
        report(problem, at: call.callee.span)
        callee = .any
      }
    } else {
      callee = examine(call.callee)
    }
    if let callable = callee.callable { return examine(callable, call.arguments, first: first, at: call.span) }
    if !Accepts.function.mayFit(callee.kind, unit: nil) {
      report(CallProblem.notFunction(callee: callee, call, in: source), at: call.callee.span)
    }
    for argument in call.arguments {
      // A bare word may be a choice of the function that is not known.
      if case .word = argument.value.form { continue }
      _ = examine(argument.value)
    }
    return .any
  }

  mutating func examine(_ callable: Callable, _ arguments: [Argument], first: Known?, at span: Span) -> Known {
    let signature = callable.signature
    let before = diagnostics.count
    var values: [Known] = first.map { [$0] } ?? []
    var spans: [Span] = first == nil ? [] : [span]
    for argument in arguments {
      values.append(value(of: argument, in: signature))
      spans.append(argument.value.span)
    }
    let labels = (first == nil ? [] : [nil]) + arguments.map { $0.label?.text }
    let assigned = signature.assign(labels: labels)
    for (problem, index) in assigned.misfits {
      let labelSpan = index.flatMap { index -> Span? in
        guard case .unknownLabel = problem else { return spans[index] }
        return arguments[index - (first == nil ? 0 : 1)].label?.span
      }
      report(problem, at: labelSpan ?? span)
    }
    switch callable {
    case .definition(_, let result): return result
    case .command(let command):
      let known = fit(values, spans, assigned.arguments, to: command)
      if diagnostics.count == before { reportFindings(of: command, known, assigned.arguments, spans, at: span) }
      return Known(command.result)
    }
  }

  private mutating func value(of argument: Argument, in signature: Signature) -> Known {
    guard case .word(let word) = argument.value.form, let label = argument.label else { return examine(argument.value) }
    // Without its parameter a bare word says nothing, and the label is reported.
    guard let parameter = signature.labelled(label.text) else { return .any }
    switch parameter.reading(ofWord: word, isBound: scope[word] != nil) {
    case .choice: return Known(.text(word))
    case .name: return examine(word: word, at: argument.value.span)
    case .mistake(let problem):
      report(problem, at: argument.value.span)
      return .any
    }
  }

  /// Reports arguments that don't fit, and gathers what is known of the others.
  private mutating func fit(
    _ values: [Known], _ spans: [Span], _ assigned: [String: [Int]], to command: Command
  ) -> KnownArguments {
    var constants: [String: Value] = [:]
    var kinds: [String: Kind] = [:]
    for parameter in command.parameters {
      guard let indices = assigned[parameter.name] else {
        constants[parameter.name] = parameter.defaultValue
        kinds[parameter.name] = parameter.defaultValue?.kind
        continue
      }
      let fitted = indices.map { fit(values[$0], to: parameter, at: spans[$0]) }
      if parameter.position == .rest {
        let known = fitted.compactMap { $0 }
        if known.count == fitted.count { constants[parameter.name] = .list(known) }
        kinds[parameter.name] = .list(of: .any)
      } else {
        constants[parameter.name] = fitted[0]
        kinds[parameter.name] = values[indices[0]].kind
      }
    }
    return KnownArguments(constants: constants, kinds: kinds)
  }

  /// - Returns: the value as the parameter gets it, where it is constant and fits.
  private mutating func fit(_ value: Known, to parameter: Parameter, at span: Span) -> Value? {
    guard let constant = value.constant else {
      if parameter.accepts.mayFit(value.kind, unit: value.unit) { return nil }
      let isUnit = value.kind == .number && parameter.accepts.mayFit(.number, unit: nil)
      if isUnit, let unit = value.unit, case .number(let expected, _) = parameter.accepts {
        report(CallProblem.wrongUnit(parameter: parameter.name, expected: expected, found: unit), at: span)
      } else {
        report(CallProblem.wrongKind(parameter: parameter.name, accepts: parameter.accepts, found: value), at: span)
      }
      return nil
    }
    switch parameter.accepts.fit(constant) {
    case .success(let fitted):
      for path in parameter.accepts.paths(in: fitted) where !pathExists(path) {
        report(CallProblem.missingPath(path), at: span)
      }
      return fitted
    case .failure(let error):
      report(CallProblem(error.misfit, of: value, parameter: parameter), at: span)
      return nil
    }
  }

  private mutating func reportFindings(
    of command: Command, _ known: KnownArguments, _ assigned: [String: [Int]], _ spans: [Span], at span: Span
  ) {
    for finding in command.check(known) {
      let place = finding.parameter.flatMap { assigned[$0]?.first }.map { spans[$0] } ?? span
      diagnostics.append(Diagnostic(finding.code, finding.message, hint: finding.hint, in: source, at: place))
    }
  }
}
