/// Where an expression stands, which decides whether it needs parentheses.
private enum Standing {
  /// An expression of its own.
  case whole
  /// Beside an operator; its own have to bind as tightly as this level at least.
  case operand(Int)
  /// An argument, or before a dot.
  case item
}

extension Phrase {
  /// The expression in our language.
  var written: String { text(.whole) }

  private func text(_ place: Standing) -> String {
    let bare = self.bare
    return needsParentheses(at: place) ? "(\(bare))" : bare
  }

  private func needsParentheses(at place: Standing) -> Bool {
    switch (self, place) {
    case (_, .whole), (.atom, _), (.member, _), (.element, _), (.list, _), (.record, _): false
    // A sign touches its operand.
    case (.negation, .operand(let level)): level >= Operator.power.level
    case (.range, .operand), (.negation, .item), (.range, .item), (.call, .operand): false
    case (.binary(_, let symbol, _), .operand(let level)): symbol.level < level
    case (.inversion, .operand(let level)): Operator.not.level < level
    default: true
    }
  }

  private var bare: String {
    switch self {
    case .atom(let text): return text
    case .call(let callee, let arguments):
      return ([callee.text(.item)] + arguments.map(\.written)).joined(separator: " ")
    case .member(let base, let name): return "\(base.text(.item)).\(name)"
    case .element(let base, let index): return "\(base.text(.item))[\(index.text(.whole))]"
    case .list(let elements): return "[" + elements.map(\.asElement).joined(separator: ", ") + "]"
    case .record(let fields):
      if fields.isEmpty { return "[:]" }
      return "[" + fields.map { "\($0.label ?? ""): \($0.value.asElement)" }.joined(separator: ", ") + "]"
    case .range(let lower, let upper): return "\(lower.text(.item))..\(upper.text(.item))"
    case .negation(let inner): return "-\(inner.text(.item))"
    case .inversion(let inner): return "not \(inner.text(.operand(Operator.not.level)))"
    case .binary(let left, let symbol, let right):
      let (first, second) = symbol == .power ? (symbol.level + 1, symbol.level) : (symbol.level, symbol.level + 1)
      return "\(left.text(.operand(first))) \(symbol.rawValue) \(right.text(.operand(second)))"
    case .pipe(let head, let stages):
      return ([head.text(.operand(0))] + stages.map { $0.text(.whole) }).joined(separator: " | ")
    case .conditional(let branches, .some(let otherwise)) where otherwise.isConditional:
      let parts = branches.map { "if \($0.condition.text(.whole)) \(Self.block($0.body))" }
      return (parts + otherwise.map(\.written)).joined(separator: " else ")
    case .conditional(let branches, let otherwise):
      let parts = branches.map { "if \($0.condition.text(.whole)) \(Self.block($0.body))" }
      return (parts + (otherwise.map { [Self.block($0)] } ?? [])).joined(separator: " else ")
    case .loop(let name, let elements, let body):
      return "for \(name) in \(elements.text(.whole)) \(Self.block(body))"
    case .block(let body): return Self.block(body)
    }
  }

  /// A call without arguments is a call only in parentheses here.
  private var asElement: String {
    if case .call(_, let arguments) = self, arguments.isEmpty { text(.item) } else { text(.whole) }
  }

  /// As the argument of a call.
  fileprivate var asArgument: String { text(.item) }

  /// Statements in braces: a single short one on the line, more on lines of their own.
  static func block(_ body: [Sentence]) -> String {
    let lines = body.map(\.written)
    if lines.count == 1, !lines[0].contains("\n") { return "{ \(lines[0]) }" }
    let inner = lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    return "{\n" + inner.map { "  \($0)" }.joined(separator: "\n") + "\n}"
  }
}

extension PhraseArgument {
  fileprivate var written: String { (label.map { "\($0): " } ?? "") + value.asArgument }
}

extension Sentence {
  /// The statement in our language; a block of several statements takes several lines.
  var written: String {
    switch self {
    case .binding(let names, let value): return "\(names.joined(separator: ", ")) = \(value.written)"
    case .definition(let name, let parameters, let body):
      let written = parameters.map { parameter in
        parameter.name + (parameter.defaultValue.map { ": " + PhraseArgument(label: nil, value: $0).written } ?? "")
      }
      return (["def", name] + written + [Phrase.block(body)]).joined(separator: " ")
    case .output(let word, let values, let labels):
      let written = values.map(\.written).joined(separator: ", ")
      return ([word] + (written.isEmpty ? [] : [written]) + labels.map(\.written)).joined(separator: " ")
    case .expression(let value), .result(let value): return value.written
    case .open: return Self.ellipsis
    }
  }
}

extension [Sentence] {
  /// Whether it is one choice, which goes on with the one before it.
  fileprivate var isConditional: Bool {
    if count == 1, case .expression(.conditional) = self[0] { true } else { false }
  }
}
