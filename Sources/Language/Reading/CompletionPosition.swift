/// Where in a line the cursor stands: behind which tokens, in which call.
struct CompletionPosition {
  let tokens: [Token]
  let wordStart: Int
  /// What is typed of a word already.
  var word = ""
  /// Whether the word is the first of its line, outside brackets that hold lists and arguments.
  var beginsLine = false
  let session: Session

  func proposals() -> [Completion] {
    if let last = tokens.last, last.isMark(.dot), last.span.end == wordStart { return members() }
    let call = callAround()
    if let label = openLabel {
      let parameter = call?.signature.labelled(label)
      let choices = parameter?.accepts.choices ?? []
      return choices.isEmpty ? names(behind: parameter) : choices.map { Completion($0, .choice) }
    }
    guard let call, !isAtHead else { return commands() + names(fitting: nil) + keywords() }
    // A statement may begin here, or the one above go on with a label.
    if beginsLine { return commands() + names(fitting: nil) + keywords() + labels(of: call) }
    guard let parameter = call.next else { return labels(of: call) }
    if case .topic(let words?) = parameter.accepts { return words.map { Completion($0, .choice) } + labels(of: call) }
    let names = names(fitting: parameter)
    let takesCommands = parameter.accepts.mayFit(.function, unit: nil)
    return names.filter { isFitting($0, parameter) } + (takesCommands ? commands() : []) + labels(of: call)
      + names.filter { !isFitting($0, parameter) }
  }

  /// The parameter whose value would stand at the cursor, where it is known.
  var parameter: Parameter? {
    guard let call = callAround(), !isAtHead, !beginsLine else { return nil }
    return openLabel.map { call.signature.labelled($0) } ?? call.next
  }

  /// What stands before the cursor, or before the list around it.
  private var outer: ArraySlice<Token> {
    guard let bracket = Brackets(of: tokens).lastOpen, tokens[bracket].isMark(.openBracket) else { return tokens[...] }
    return tokens[..<bracket]
  }

  /// The label whose value is still to be written.
  private var openLabel: String? {
    let outer = outer
    guard let last = outer.last, last.isMark(.colon), outer.count > 1 else { return nil }
    return outer[outer.count - 2].nameText
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

  /// A call that a further argument at the cursor would belong to.
  private struct OpenCall {
    let signature: Signature
    /// The labels it has already.
    var given: Set<String> = []
    /// How many arguments without a label it has already.
    var count = 0

    /// The parameter of the next argument without a label.
    var next: Parameter? { signature.positional(count) }
  }

  private func callAround() -> OpenCall? {
    var depth = 0
    var index = outer.count - 1
    while index >= 0 {
      let token = tokens[index]
      if case .mark(let mark) = token.form {
        if mark.isClosing { depth += 1 }
        if mark.closing != nil {
          if depth == 0 { return nil }
          depth -= 1
        }
        if depth == 0, !mark.continuesCall { return nil }
      } else if depth == 0, let name = token.nameText, let signature = signature(of: name), begins(index) {
        return openCall(of: signature, at: index)
      }
      index -= 1
    }
    return nil
  }

  /// The call whose name stands at an index, with the arguments between it and the cursor.
  private func openCall(of signature: Signature, at index: Int) -> OpenCall {
    var call = OpenCall(signature: signature)
    // What a pipe hands over comes first.
    if index > 0, tokens[index - 1].isMark(.pipe) { call.count = 1 }
    var depth = 0
    // The token that was last counted as an argument.
    var counted: Int?
    for (place, token) in tokens.enumerated().dropFirst(index + 1) {
      let isPart = depth > 0
      if case .mark(let mark) = token.form {
        if mark.closing != nil { depth += 1 }
        if mark.isClosing { depth -= 1 }
        if !isPart, mark == .colon, let label = tokens[place - 1].nameText {
          call.given.insert(label)
          // The label itself may have been taken for an argument.
          if counted == place - 1 { call.count -= 1 }
          continue
        }
        let isSign = mark == .minus && token.hasSpaceBefore
        if mark.closing == nil && !isSign { continue }
      }
      let isValueOfLabel = tokens[place - 1].isMark(.colon) && place > index + 1
      if !isPart, token.hasSpaceBefore, !isValueOfLabel {
        call.count += 1
        counted = place
      }
    }
    return call
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

  private func labels(of call: OpenCall) -> [Completion] {
    call.signature.parameters.filter { $0.position == .labelled && !call.given.contains($0.name) }
      .map { Completion("\($0.name): ", .label, help: $0.help) }
  }

  private func commands() -> [Completion] {
    session.registry.commands.values.filter { session.bindings[$0.name] == nil }
      .sorted { $0.name < $1.name }.map { Completion($0.name, .command, help: $0.summary) }
  }

  /// The names in scope, those that the parameter may take first.
  private func names(fitting parameter: Parameter?) -> [Completion] {
    let all = session.bindings.names.sorted().map { name in
      Completion(name, .name, help: describe(Known(session.bindings[name] ?? .none)))
    }
    guard let parameter else { return all }
    return all.filter { isFitting($0, parameter) } + all.filter { !isFitting($0, parameter) }
  }

  /// The names that may stand for a value; all of them once a word is begun, since a member of any may fit.
  private func names(behind parameter: Parameter?) -> [Completion] {
    names(fitting: parameter).filter { !word.isEmpty || parameter == nil || isFitting($0, parameter) }
  }

  private func isFitting(_ name: Completion, _ parameter: Parameter?) -> Bool {
    guard let parameter, let value = session.bindings[name.text] else { return false }
    return parameter.accepts.mayFit(value.kind, unit: nil)
  }

  private func keywords() -> [Completion] {
    guard beginsLine || tokens.last.map({ $0.isMark(.openBrace) }) ?? true else { return [] }
    return ["def", "for", "if"].map { Completion($0, .keyword) }
  }

  /// The members of the value before the dot.
  private func members() -> [Completion] {
    guard let (value, kind) = valueBeforeDot() else { return [] }
    if case .record(let record)? = value {
      return record.names.filter(isName).map {
        Completion($0, .member, help: describe(Known(record[$0] ?? .none)))
      }
    }
    let count = Completion("count", .member, help: "how many elements it has")
    guard case .object(let type) = kind else { return kind.plainMembers.contains("count") ? [count] : [] }
    let there = value.flatMap { Known($0).facts?.members }
    let members = (session.registry.types[type]?.members ?? []).filter { there?.contains($0.name) ?? true }
      .map { Completion($0.name, .member, help: $0.help) }
    return members + (value?.elementCount == nil ? [] : [count])
  }

  /// Whether a field can stand behind a dot; others are reached by `record["field name"]`.
  private func isName(_ field: String) -> Bool {
    var lexer = Lexer(bytes: Array(field.utf8))
    lexer.scan()
    return lexer.tokens.count == 2 && lexer.tokens[0].nameText == field
  }

  private enum Step { case member(String), element(Int) }

  /// What `name.member[0].member` before the dot stands for, as far as that is known without computing anything.
  private func valueBeforeDot() -> (value: Value?, kind: Kind)? {
    var steps: [Step] = []
    var index = tokens.count - 2
    while index >= 2 {
      if tokens[index].isMark(.closeBracket), case .number(let number, .one) = tokens[index - 1].form,
        tokens[index - 2].isMark(.openBracket), let place = Int(exactly: number)
      {
        steps.insert(.element(place), at: 0)
        index -= 3
      } else if let name = tokens[index].nameText, tokens[index - 1].isMark(.dot) {
        steps.insert(.member(name), at: 0)
        index -= 2
      } else {
        break
      }
    }
    guard index >= 0, let name = tokens[index].nameText, let bound = session.bindings[name] else { return nil }
    var found: (value: Value?, kind: Kind) = (bound, bound.kind)
    for step in steps {
      guard let next = self.step(step, from: found) else { return nil }
      found = next
    }
    return found
  }

  private func step(_ step: Step, from found: (value: Value?, kind: Kind)) -> (value: Value?, kind: Kind)? {
    switch step {
    case .member(let name):
      if case .record(let record)? = found.value { return record[name].map { ($0, $0.kind) } }
      guard case .object(let type) = found.kind,
        let member = session.registry.types[type]?.members.first(where: { $0.name == name })
      else { return nil }
      // Records are there already; networks and figures may have to be made.
      guard member.kind == .record, case .object(let object)? = found.value, let value = try? object.member(name) else {
        return (nil, member.kind)
      }
      return (value, value.kind)
    case .element(let place):
      guard let value = found.value, let count = value.elementCount, (0..<count).contains(place),
        let element = try? value.element(at: place)
      else { return nil }
      return (element, element.kind)
    }
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
