extension Evaluator {
  /// - Parameter first: what a pipe hands to its stage, before the arguments that are written.
  @inline(never)
  mutating func call(_ call: Call, first: Value?) throws(Diagnostic) -> Value {
    let callee = try calleeValue(call)
    guard case .function(let function) = callee else {
      let problem = CallProblem.notFunction(Known(callee), call, in: source, registry: run.registry)
      throw diagnostic(problem, at: call.callee.span)
    }
    return try self.call(function, call.arguments, first: first, at: call.span)
  }

  @inline(never)
  private mutating func calleeValue(_ call: Call) throws(Diagnostic) -> Value {
    guard case .name(let name) = call.callee.form else { return try evaluate(call.callee) }
    if let value = scope[name] { return value }
    if let command = run.registry.commands[name] { return .function(Function(command)) }
    let problem = CallProblem.unknownCommand(named: name, scope: scope.names, registry: run.registry)
    throw diagnostic(problem, at: call.callee.span)
  }

  @inline(never)
  mutating func call(
    _ function: Function, _ arguments: [Argument], first: Value?, at span: Span
  ) throws(Diagnostic) -> Value {
    let signature = function.signature
    var values: [Value] = []
    var spans: [Span] = []
    var labels: [String?] = []
    if let first {
      values.append(first)
      spans.append(span)
      labels.append(nil)
    }
    for argument in arguments {
      let parameter = argument.label.flatMap { signature.labelled($0.text) }
      if signature.takesTopics, argument.label == nil, let topic = topic(argument.value) {
        values.append(topic)
      } else {
        values.append(try value(of: argument, for: parameter))
      }
      spans.append(argument.value.span)
      labels.append(argument.label?.text)
    }
    let assigned = signature.assign(labels: labels)
    if let (problem, index) = assigned.misfits.first {
      throw diagnostic(problem.knowing(run.registry.synonyms), at: index.map { spans[$0] } ?? span)
    }
    switch function.target {
    case .command(let command):
      let fitted = try fit(values, spans, assigned, to: command)
      return try invoke(command, fitted, at: span)
    case .definition(let definition, let captured, let defaults):
      var inner = Bindings(captured)
      inner[function.name] = .function(function)
      for (place, parameter) in definition.parameters.enumerated() {
        let name = parameter.name.text
        inner[name] = assigned.arguments[place].map { values[$0] } ?? defaults[name]
      }
      return try invoke(definition, scope: inner, at: span)
    }
  }

  /// What a bare word stands for where something to look up is asked for; `nil` for what is to be evaluated.
  private func topic(_ expression: Expression) -> Value? {
    guard let word = expression.topic(in: source) else { return nil }
    if let bound = scope[word], case .success(let value) = Accepts.topic(nil).fit(bound) { return value }
    return .text(word)
  }

  /// An argument's value; a bare word is a choice where the parameter has choices.
  @inline(never)
  private mutating func value(of argument: Argument, for parameter: Parameter?) throws(Diagnostic) -> Value {
    guard case .word(let word) = argument.value.form, let parameter else { return try evaluate(argument.value) }
    switch parameter.reading(ofWord: word, isBound: scope[word] != nil) {
    case .choice: return .text(word)
    case .name: return try self.word(word, at: argument.value.span)
    case .mistake(let problem): throw diagnostic(problem, at: argument.value.span)
    }
  }

  @inline(never)
  private func fit(
    _ values: [Value], _ spans: [Span], _ assigned: Signature.Assignment, to command: Command
  ) throws(Diagnostic) -> Arguments {
    var fitted: [String: Value] = [:]
    var given: Set<String> = []
    for (place, parameter) in command.parameters.enumerated() {
      if parameter.position == .rest, !assigned.rest.isEmpty {
        var taken: [Value] = []
        for index in assigned.rest { taken.append(try fit(values[index], to: parameter, at: spans[index])) }
        fitted[parameter.name] = .list(taken)
      } else if let index = assigned.arguments[place] {
        fitted[parameter.name] = try fit(values[index], to: parameter, at: spans[index])
      } else {
        fitted[parameter.name] = parameter.defaultValue
        continue
      }
      given.insert(parameter.name)
    }
    return Arguments(fitted, given: given)
  }

  private func fit(_ value: Value, to parameter: Parameter, at span: Span) throws(Diagnostic) -> Value {
    switch parameter.accepts.fit(value) {
    case .success(let fitted): return fitted
    case .failure(let error):
      let problem = CallProblem(error.misfit, of: Known(value), parameter: parameter)
      throw diagnostic(problem.knowing(run.registry), at: span)
    }
  }

  @inline(never)
  private func invoke(_ command: Command, _ arguments: Arguments, at span: Span) throws(Diagnostic) -> Value {
    let (run, source, depth) = (run, source, depth)
    let key = command.isRandom ? run.nextRandomKey() : RandomKey(seed: run.seed, cell: run.cell, index: 0)
    let context = Context(host: run.host, randomKey: key, registry: run.registry) { function, values in
      // The body's own frames count too.
      var inner = Evaluator(run: run, source: source, scope: Bindings(), depth: depth + 3)
      return try inner.call(function, values, at: span)
    }
    do { return try command.body(arguments, context) } catch { throw diagnostic(error, at: span) }
  }

  /// A function applied to values by a command's body.
  @inline(never)
  private mutating func call(_ function: Function, _ values: [Value], at span: Span) throws(Diagnostic) -> Value {
    for (index, value) in values.enumerated() { scope["\(index)"] = value }
    let arguments = values.indices.map { Argument(label: nil, value: Expression(.name("\($0)"), at: span)) }
    return try call(function, arguments, first: nil, at: span)
  }

  /// Runs a function's body in a scope of its own; mistakes inside point into the source it was written in.
  @inline(never)
  private mutating func invoke(
    _ definition: Definition, scope inner: Bindings, at span: Span
  ) throws(Diagnostic) -> Value {
    try stopIfCancelled(at: span)
    var body = Evaluator(run: run, source: definition.source, scope: inner, depth: depth)
    return try body.execute(definition.body)
  }
}

extension Function {
  var signature: Signature {
    switch target {
    case .command(let command): command.signature
    case .definition(let definition, _, _): Signature(definition)
    }
  }
}

extension Expression {
  /// A bare word, as it was written; `nil` for a text and for what has to be computed.
  func topic(in source: Source) -> String? {
    switch form {
    case .name(let name), .loneName(let name), .word(let name): name
    case .number, .truth, .none, .negation: source.text(span)
    default: nil
    }
  }
}

extension Parameter {
  /// How a bare word after this parameter's label is read.
  enum WordReading {
    case choice
    case name
    case mistake(CallProblem)
  }

  func reading(ofWord word: String, isBound: Bool) -> WordReading {
    let choices = accepts.choices
    if choices.isEmpty { return .name }
    if choices.contains(word) { return .choice }
    let isLiteral = word == "none" || word == "true" || word == "false"
    if isLiteral, accepts.mayFit(word == "none" ? .none : .truth, unit: nil) { return .name }
    return .mistake(.unknownChoice(parameter: name, choices: choices, found: word, isBound: isBound))
  }
}

extension CallProblem {
  /// The right words for a name that means nothing.
  static func unknown(_ name: String, scope: some Sequence<String>, registry: Registry) -> CallProblem {
    let known = Set(scope).union(registry.commands.keys)
    let parts = name.split(separator: "-").map(String.init)
    if parts.count > 1, parts.allSatisfy({ known.contains($0) }) { return .joinedNames(name) }
    return .unknownName(name, suggestion: closest(to: name, in: known))
  }

  static func unknownCommand(named name: String, scope: some Sequence<String>, registry: Registry) -> CallProblem {
    let known = Set(scope).union(registry.commands.keys)
    return .unknownCommand(name, suggestion: closest(to: name, in: known))
  }

  /// A value with arguments: ` -1` behind it was meant as a difference.
  static func notFunction(_ callee: Known, _ call: Call, in source: Source, registry: Registry) -> CallProblem {
    let callText = source.text(call.callee.span)
    if call.arguments.count == 1, let argument = call.arguments.first, argument.label == nil {
      let text = source.text(argument.value.span)
      if text.hasPrefix("-") { return .signAfterValue(left: callText, right: text) }
    }
    return .notCallable(callText, callee, hidesCommand: registry.commands[callText] != nil)
  }
}

extension Source {
  /// The text of a span.
  public func text(_ span: Span) -> String {
    let bytes = text.utf8.dropFirst(span.start).prefix(max(0, span.end - span.start))
    return String(decoding: bytes, as: UTF8.self)
  }
}
