import Base

/// Arguments that stand where other tools have them, or without their labels.
extension HabitReader {
  /// `size 128`, `--size 128`, `--size=128`, `-s 128`: a label without its colon. `nil` where none stands here.
  ///
  /// - Parameter place: how many arguments without a label stand before.
  mutating func option(of command: Command, at place: Int) throws(Unreadable) -> PhraseArgument? {
    let start = index
    let dashes = isAt("--") ? 2 : isAt("-") ? 1 : 0
    if dashes > 0 {
      guard current.hasSpaceBefore, tokens.indices.contains(index + dashes) else { return nil }
      for _ in 0..<dashes { advance() }
      guard !current.hasSpaceBefore else { return giveUp(start) }
    }
    guard let name = current.nameText, dashes > 0 || !isBound(name) && !bound.contains(name),
      let parameter = parameter(of: command, called: name, isShort: dashes == 1)
    else { return giveUp(start) }
    // A word may be a text of its own, or a name that nothing is known of.
    if dashes == 0, let parameter = command.signature.positional(place), kinds == nil || parameter.accepts.takesText {
      return nil
    }
    advance()
    if dashes > 0, isAt("=") { advance() }
    if let path = isAtLineEnd ? nil : path(for: parameter) { return PhraseArgument(label: parameter.name, value: path) }
    guard !isAtLineEnd, startsValue else { return giveUp(start) }
    return PhraseArgument(label: parameter.name, value: fitted(try item(), to: parameter))
  }

  private mutating func giveUp(_ start: Int) -> PhraseArgument? {
    index = start
    return nil
  }

  /// The labelled parameter of a name, or of the one label that begins with it.
  private func parameter(of command: Command, called name: String, isShort: Bool) -> Parameter? {
    if let parameter = command.signature.labelled(label(name, of: command)) { return parameter }
    guard isShort else { return nil }
    let all = command.parameters.filter { $0.position == .labelled && $0.name.hasPrefix(name) }
    return all.count == 1 ? all[0] : nil
  }

  private var startsValue: Bool {
    switch current.form {
    case .number, .text, .interpolation: true
    case .name(let name): !nonOperands.contains(name) && name != "is"
    case .mark(.openParenthesis), .mark(.openBracket): true
    case .mark(.minus): !next.hasSpaceBefore
    default: false
    }
  }

  /// What stands on the line from here on.
  var restOfLine: String {
    guard !isAtLineEnd else { return "" }
    let start = current.span.start
    return String(decoding: bytes[start...].prefix { $0 != .newline }, as: UTF8.self).trimmingSpaces
  }

  // MARK: Places

  /// Arguments without a label in the places where they fit: swapped, behind a label of which there is one that takes
  /// such a value, or gathered in a list.
  ///
  /// - Parameter skipped: how many places a pipe fills.
  func placed(
    _ bare: [Phrase], _ labelled: [PhraseArgument], for command: Command, behind skipped: Int
  ) -> ([Phrase], [PhraseArgument]) {
    let parameters = Array(command.parameters.filter { $0.position == .positional }.dropFirst(skipped))
    guard !command.parameters.contains(where: { $0.position == .rest }) else { return (bare, labelled) }
    var bare = bare
    for (index, parameter) in parameters.enumerated() where index < bare.count {
      bare[index] = unquoted(bare[index], for: parameter)
    }
    // `predict eyes net`
    if bare.count == 2, parameters.count == 2,
      fits(bare[0], parameters[0]) == false || fits(bare[1], parameters[1]) == false,
      fits(bare[0], parameters[1]) == true, fits(bare[1], parameters[0]) == true
    {
      bare.swapAt(0, 1)
    }
    // `max(1, 2)`: the command takes one argument, which may be a list.
    if ["max", "min"].contains(command.name), bare.count > 1, parameters.count == 1, labelled.isEmpty,
      bare.allSatisfy(isSurelyNumber)
    {
      return ([.list(bare)], [])
    }
    // `split eyes 0.2`
    guard bare.count == parameters.count + 1, let surplus = bare.last else { return (bare, labelled) }
    var free = command.parameters.filter { parameter in
      parameter.position == .labelled && !labelled.contains { $0.label == parameter.name }
        && fits(surplus, parameter) == true
    }
    if surplus.isText, free.count > 1 { free = free.filter(\.accepts.isPath) }
    // Words among which one chooses are meant there, whatever else takes any words.
    if free.count > 1, free.count(where: \.accepts.isOfChoices) == 1 { free = free.filter(\.accepts.isOfChoices) }
    guard free.count == 1 else { return (bare, labelled) }
    bare.removeLast()
    return (bare, [PhraseArgument(label: free[0].name, value: surplus)] + labelled)
  }

  /// A number without its quotes, where one is asked for and no text.
  func unquoted(_ value: Phrase, for parameter: Parameter) -> Phrase {
    guard value.isText, case .atom(let text) = value, !parameter.accepts.mayFit(.text, unit: nil) else { return value }
    let inside = String(text.dropFirst().dropLast())
    guard let number = Double(inside), inside.first?.isNumber == true, inside.last?.isNumber == true,
      case .success = parameter.accepts.fit(.number(number))
    else { return value }
    return .atom(inside)
  }

  private func isSurelyNumber(_ value: Phrase) -> Bool {
    switch value {
    case .negation(let inner): isSurelyNumber(inner)
    case .binary(let left, let symbol, let right):
      symbol.level > Operator.equal.level && isSurelyNumber(left) && isSurelyNumber(right)
    case .member(_, "count"): true
    default: value.isNumber || value.name.map { kinds?($0) == .number } ?? false
    }
  }

  /// Whether a value fits a parameter; `nil` where that is not known.
  private func fits(_ value: Phrase, _ parameter: Parameter) -> Bool? {
    if let constant = constant(value) {
      if case .success = parameter.accepts.fit(constant) { return true }
      return false
    }
    guard let kind = kind(of: value), kind != .any else { return nil }
    return parameter.accepts.mayFit(kind, unit: nil)
  }

  private func constant(_ value: Phrase) -> Value? {
    switch value {
    case .atom(let text):
      if value.isText { return text.contains("{") ? nil : .text(String(text.dropFirst().dropLast())) }
      return Double(text).flatMap { value.isNumber ? .number($0) : nil }
    case .negation(let inner):
      guard case .number(let number, let unit)? = constant(inner) else { return nil }
      return .number(-number, unit)
    case .list(let elements):
      let values = elements.compactMap(constant)
      return values.count == elements.count ? .list(values) : nil
    default: return nil
    }
  }

  private func kind(of value: Phrase) -> Kind? {
    switch value {
    case .atom: value.isText ? .text : value.name.flatMap { kinds?($0) }
    case .call(let callee, _): callee.name.flatMap { isBound($0) ? nil : registry.commands[$0]?.result }
    case .record: .record
    case .range: .range
    default: nil
    }
  }
}

extension Accepts {
  /// Whether it asks for a path to read, if for anything.
  fileprivate var isPath: Bool {
    switch self {
    case .path: true
    case .optional(let inner): inner.isPath
    case .either(let alternatives): alternatives.contains(where: \.isPath)
    default: false
    }
  }

  /// Whether it asks for words among which one chooses, or a list of them.
  fileprivate var isOfChoices: Bool {
    switch self {
    case .choice: true
    case .list(let element): element.isOfChoices
    case .optional(let inner): inner.isOfChoices
    default: false
    }
  }
}
