/// Where in a line the cursor stands: behind which tokens, in which call.
struct CompletionPosition {
  let tokens: [Token]
  let wordStart: Int
  let session: Session

  func proposals() -> [Completion] {
    if let last = tokens.last, last.isMark(.dot), last.span.end == wordStart { return members() }
    let call = callAround()
    if let last = tokens.last, last.isMark(.colon), tokens.count > 1, let label = tokens[tokens.count - 2].nameText {
      let choices = call.flatMap { $0.signature.labelled(label)?.accepts.choices } ?? []
      return choices.isEmpty ? names() : choices.map { Completion($0, .choice) }
    }
    guard let call, !isAtHead else { return commands() + names() + keywords() }
    return labels(of: call) + names() + commands()
  }

  /// Whether a command may begin here.
  private var isAtHead: Bool {
    guard let last = tokens.last else { return true }
    switch last.form {
    case .mark(.pipe), .mark(.openParenthesis), .mark(.assign), .mark(.openBrace), .mark(.closeBrace): return true
    case .name("print"), .name("show"): return tokens.count == 1
    default: return false
    }
  }

  /// The call that a further argument at the cursor would belong to, and the labels it has already.
  private func callAround() -> (signature: Signature, given: Set<String>)? {
    var depth = 0
    var given: Set<String> = []
    var index = tokens.count - 1
    while index >= 0 {
      let token = tokens[index]
      if case .mark(let mark) = token.form {
        if mark.isClosing { depth += 1 }
        if mark.closing != nil {
          if depth == 0 { return nil }
          depth -= 1
        }
        if depth == 0, mark == .colon, index > 0, let label = tokens[index - 1].nameText { given.insert(label) }
        if depth == 0, !mark.continuesCall { return nil }
      } else if depth == 0, let name = token.nameText, let signature = signature(of: name), begins(index) {
        return (signature, given)
      }
      index -= 1
    }
    return nil
  }

  /// Whether the name at an index stands where a call begins.
  private func begins(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    switch tokens[index - 1].form {
    case .mark(.pipe), .mark(.openParenthesis), .mark(.assign), .mark(.openBrace), .mark(.comma): return true
    case .mark(let mark): return mark.binaryOperator != nil
    case .name(let name): return reservedWords.contains(name)
    default: return tokens[index].startsLine
    }
  }

  private func signature(of name: String) -> Signature? {
    if let value = session.bindings[name] {
      if case .function(let function) = value { return function.signature }
      return nil
    }
    return session.registry.commands[name]?.signature
  }

  private func labels(of call: (signature: Signature, given: Set<String>)) -> [Completion] {
    call.signature.parameters.filter { $0.position == .labelled && !call.given.contains($0.name) }
      .map { Completion("\($0.name): ", .label, help: $0.help) }
  }

  private func commands() -> [Completion] {
    session.registry.commands.values.filter { session.bindings[$0.name] == nil }
      .sorted { $0.name < $1.name }.map { Completion($0.name, .command, help: $0.summary) }
  }

  private func names() -> [Completion] {
    session.bindings.names.sorted().map { name in
      Completion(name, .name, help: describe(Known(session.bindings[name] ?? .none)))
    }
  }

  private func keywords() -> [Completion] {
    guard tokens.last.map({ $0.isMark(.openBrace) }) ?? true else { return [] }
    return ["def", "for", "if"].map { Completion($0, .keyword) }
  }

  /// The members of the value before the dot, found along its names.
  private func members() -> [Completion] {
    var names: [String] = []
    var index = tokens.count - 1
    while index > 0, tokens[index].isMark(.dot), let name = tokens[index - 1].nameText {
      names.insert(name, at: 0)
      index -= 2
    }
    guard let first = names.first, var kind = session.bindings[first]?.kind else { return [] }
    var value = session.bindings[first]
    for name in names.dropFirst() {
      if case .record(let record) = value, let field = record[name] {
        (value, kind) = (field, field.kind)
      } else if case .object(let type) = kind {
        let member = session.registry.types[type]?.members.first { $0.name == name }
        (value, kind) = (nil, member?.kind ?? .any)
      } else {
        return []
      }
    }
    if case .record(let record) = value {
      return record.names.map { Completion($0, .member, help: describe(Known(record[$0] ?? .none))) }
    }
    guard case .object(let type) = kind else { return kind.plainMembers.map { Completion($0, .member) } }
    return (session.registry.types[type]?.members ?? []).map { Completion($0.name, .member, help: $0.help) }
  }
}

extension Mark {
  /// Whether it may stand among the arguments of a call.
  fileprivate var continuesCall: Bool {
    switch self {
    case .pipe, .comma, .assign: false
    case .colon, .dot, .range, .minus: true
    default: isClosing || closing != nil
    }
  }
}
