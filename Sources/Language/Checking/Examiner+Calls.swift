extension Examiner {
  /// - Parameter first: what a pipe hands to its stage.
  mutating func examine(_ call: Call, first: Known?) -> Known {
    let callee: Known
    if case .name(let name) = call.callee.form {
      if scope[name] != nil {
        callee = known(name, at: call.callee.span)
      } else if let command = registry.commands[name] {
        return examine(.command(command), call.arguments, first: first, at: call.span)
      } else {
        let problem =
          diagnostics.count < 100
          ? CallProblem.unknownCommand(named: name, scope: scope.names, registry: registry)
          : .unknownCommand(name, suggestion: nil)
        report(problem, at: call.callee.span)
        // What stands behind a statement of another language is none of ours.
        if OtherLanguages.statements.contains(name) { return .any }
        callee = .any
      }
    } else {
      callee = examine(call.callee)
    }
    if let callable = callee.callable { return examine(callable, call.arguments, first: first, at: call.span) }
    if !Accepts.function.mayFit(callee.kind, unit: nil) {
      let problem = CallProblem.notFunction(callee, call, in: source, registry: registry)
      let label = call.arguments.first?.label
      report(problem, at: call.callee.span, orBecauseOf: label)
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
    let before = errorCount
    var values: [Known] = first.map { [$0] } ?? []
    var spans: [Span] = first == nil ? [] : [span]
    for argument in arguments {
      let place = values.count
      values.append(value(of: argument, in: signature, at: place))
      spans.append(argument.value.span)
    }
    let labels = (first == nil ? [] : [nil]) + arguments.map { $0.label?.text }
    let assigned = signature.assign(labels: labels)
    for (problem, index) in assigned.misfits {
      let labelSpan = index.flatMap { index -> Span? in
        guard case .unknownLabel = problem else { return spans[index] }
        return arguments[index - (first == nil ? 0 : 1)].label?.span
      }
      let label = labelSpan.flatMap { at in arguments.first { $0.label?.span == at }?.label }
      report(problem.knowing(registry.synonyms), at: labelSpan ?? span, orBecauseOf: label)
    }
    switch callable {
    case .definition(let known):
      guard errorCount == before else { return known.result }
      var given: [String: Known] = [:]
      for (parameter, index) in zip(known.definition.parameters, assigned.arguments) {
        if let index { given[parameter.name.text] = values[index] }
      }
      return apply(known, to: given, at: span)
    case .command(let command):
      let fitted = fit(values, spans, assigned, to: command)
      // Where an argument is wrong already, what follows from it is no mistake of its own; what doesn't run can't fail.
      guard errorCount == before, !isUnreached, let check = command.check else { return Known(command.result) }
      var checked = CheckedCall(of: command.parameters, fitted, registry: registry, files: files)
      let result = check(&checked)
      for finding in checked.findings { report(finding, at: span, command, assigned, spans) }
      for (path, value) in checked.written { files.written.note(path, value) }
      return result ?? Known(command.result)
    }
  }

  /// Reports what is wrong with a call. A label that begins a line goes on with the call above: where the label is none
  /// of that, this is said.
  private mutating func report(_ problem: CallProblem, at span: Span, orBecauseOf label: Name?) {
    let diagnostic = Diagnostic(problem, in: source, at: span)
    guard let label, diagnostic.hint?.hasPrefix("did you mean") != true, beginsLine(label),
      let hint = registry.hint(onLoneLabel: label.text)
    else { return report(diagnostic) }
    report(
      Diagnostic(problem, in: source, at: label.span)
        .helping("a line that begins with a label goes on with the line above; \(hint)"))
  }

  private func beginsLine(_ name: Name) -> Bool {
    let before = source.text(Span(max(0, name.span.start - 200), name.span.start))
    return before.last { $0 != " " && $0 != "\t" }?.isNewline ?? false
  }

  /// Reports what a command's check found, at the argument that it is about.
  private mutating func report(
    _ finding: CheckFinding, at span: Span, _ command: Command, _ assigned: Signature.Assignment, _ spans: [Span]
  ) {
    let place = command.parameters.firstIndex { $0.name == finding.parameter }
    let argument = place.flatMap {
      assigned.arguments[$0] ?? (command.parameters[$0].position == .rest ? assigned.rest.first : nil)
    }
    report(finding, at: argument.map { spans[$0] } ?? span)
  }

  mutating func report(_ finding: CheckFinding, at span: Span) {
    report(
      Diagnostic(
        finding.code, finding.message, hint: finding.hint, severity: finding.severity, in: source, at: span))
  }

  private mutating func value(of argument: Argument, in signature: Signature, at place: Int) -> Known {
    if signature.takesTopics, argument.label == nil, let word = argument.value.topic(in: source) {
      guard let known = scope[word] else { return Known(.text(word)) }
      return known.kind == .any || Accepts.topic(nil).mayFit(known.kind, unit: nil) ? known : Known(.text(word))
    }
    guard case .word(let word) = argument.value.form, let label = argument.label else {
      guard case .name(let name) = argument.value.form, argument.label == nil else { return examine(argument.value) }
      return known(name, at: argument.value.span, mayBeText: signature.positional(place)?.accepts.takesText == true)
    }
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

  /// Reports arguments that don't fit, and gathers what is known of those that are given.
  private mutating func fit(
    _ values: [Known], _ spans: [Span], _ assigned: Signature.Assignment, to command: Command
  ) -> [String: Known] {
    var fitted: [String: Known] = [:]
    for (place, argument) in assigned.arguments.enumerated() {
      let parameter = command.parameters[place]
      if let index = argument {
        fitted[parameter.name] = fit(values[index], to: parameter, at: spans[index])
      } else if parameter.position == .rest, !assigned.rest.isEmpty {
        fitted[parameter.name] = Known(elements: assigned.rest.map { fit(values[$0], to: parameter, at: spans[$0]) })
      }
    }
    return fitted
  }

  /// - Returns: what is known of the value as the parameter gets it.
  private mutating func fit(_ value: Known, to parameter: Parameter, at span: Span) -> Known {
    guard let constant = value.constant else {
      if parameter.accepts.mayFit(value.kind, unit: value.unit) { return value }
      let isUnit = value.kind == .number && parameter.accepts.mayFit(.number, unit: nil)
      if isUnit, let unit = value.unit, case .number(let expected, _) = parameter.accepts {
        report(CallProblem.wrongUnit(parameter: parameter.name, expected: expected, found: unit), at: span)
      } else {
        let problem = CallProblem.wrongKind(parameter: parameter.name, accepts: parameter.accepts, found: value)
        report(problem.knowing(registry), at: span)
      }
      return .any
    }
    switch parameter.accepts.fit(constant) {
    case .success(let fitted):
      for path in parameter.accepts.paths(in: fitted) {
        if let problem = files.problem(of: path) { report(problem, at: span) }
      }
      return Known(fitted)
    case .failure(let error):
      report(CallProblem(error.misfit, of: value, parameter: parameter).knowing(registry), at: span)
      return .any
    }
  }
}
