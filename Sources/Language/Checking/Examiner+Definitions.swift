extension Examiner {
  /// `def`s call `def`s: this many inside each other are examined for their arguments.
  private static let deepestCall = 4

  /// What a `def` gives for these arguments. Mistakes that they lead to in its body are reported there, as running would.
  mutating func apply(_ function: KnownDefinition, to arguments: [String: Known], at span: Span) -> Known {
    guard !isUnreached, callsLeft > 0, callDepth < Self.deepestCall, arguments.values.contains(where: \.saysSomething)
    else { return function.result }
    callsLeft -= 1
    let definition = function.definition
    var scope = function.captured
    scope[definition.name.text] = Known(callable: .definition(function))
    for parameter in definition.parameters {
      let name = parameter.name.text
      scope[name] = arguments[name] ?? function.defaults[name] ?? .any
    }
    var body = Examiner(
      registry: registry, source: definition.source, scope: Scope(scope), lastValue: lastValue, files: files)
    body.callDepth = callDepth + 1
    body.callsLeft = callsLeft
    body.adviceLeft = 0
    let result = body.examine(definition.body.statements)
    callsLeft = body.callsLeft
    files = body.files
    for diagnostic in body.diagnostics where diagnostic.severity == .error && !isReported(diagnostic) {
      report(diagnostic.inCall(of: definition.name.text, at: span, in: source))
    }
    return result
  }

  /// Whether the same is said of the same place, for whatever call.
  private func isReported(_ diagnostic: Diagnostic) -> Bool {
    diagnostics.contains {
      $0.code == diagnostic.code && $0.span == diagnostic.span && $0.source.name == diagnostic.source.name
    }
  }
}

extension Diagnostic {
  /// The same, found for the arguments of a call: says which.
  fileprivate func inCall(of name: String, at span: Span, in caller: Source) -> Diagnostic {
    let call = Diagnostic(code, message, in: caller, at: span)
    let note = "so it is where `\(name)` is called on line \(call.place.line)"
    return Diagnostic(
      code, message, hint: [hint, note].compactMap(\.self).joined(separator: "\n"), in: source, at: self.span)
  }
}
