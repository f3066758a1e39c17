import Base

/// Why a value does not fit what a parameter accepts.
enum Misfit: Sendable {
  case kind
  case unit(expected: Unit, found: Unit)
  case outOfRange(Double, Unit)
  /// An element of a list that is of another kind.
  case element(Int, Value)
  case notWhole(Double)
  case choice(String, [String])
}

extension Accepts {
  /// The value as the parameter gets it, or why it can't have it.
  ///
  /// A plain number takes the parameter's unit; a range is also the list of its numbers.
  func fit(_ value: Value) -> Result<Value, MisfitError> {
    switch (self, value) {
    case (.any, _): return .success(value)
    case (.truth, .truth), (.text, .text), (.path, .text), (.record, .record), (.range, .range), (.function, .function):
      return .success(value)
    case (.number(let unit, let bounds), .number(let number, let found)):
      guard let factor = found == .one ? 1 : found.factor(to: unit) else {
        return .misfit(.unit(expected: unit, found: found))
      }
      let number = number * factor
      return bounds.contains(number) ? .success(.number(number, unit)) : .misfit(.outOfRange(number, unit))
    case (.integer(let bounds), .number(let number, let found)):
      guard found == .one else { return .misfit(.unit(expected: .one, found: found)) }
      guard number == number.rounded(), abs(number) < 1e15 else { return .misfit(.notWhole(number)) }
      return bounds.contains(number) ? .success(value) : .misfit(.outOfRange(number, .one))
    case (.choice(let words), .text(let text)):
      return words.contains(text) ? .success(value) : .misfit(.choice(text, words))
    case (.choice(let words), .number), (.choice(let words), .truth), (.choice(let words), .none):
      let word = words.first { literal($0)?.isSame(as: value) ?? false }
      return word.map { .success(.text($0)) } ?? .misfit(.kind)
    case (.topic, .text), (.topic, .function), (.topic, .object): return .success(value)
    case (.list(let element), .list(let values)): return element.fit(each: values)
    case (.list(let element), .range(let range)):
      guard range.count <= 1_000_000 else { return .misfit(.kind) }
      return element.fit(each: range.map { .number(Double($0)) })
    case (.object(let name), .object(let object)):
      return type(of: object).typeName == name ? .success(value) : .misfit(.kind)
    case (.optional, .none): return .success(value)
    case (.optional(let inner), _): return inner.fit(value)
    case (.either(let alternatives), _):
      // The misfit that says most is that of an alternative of the value's own kind.
      var best = Misfit.kind
      for alternative in alternatives {
        switch alternative.fit(value) {
        case .success(let fitted): return .success(fitted)
        case .failure(let error): if case .kind = best { best = error.misfit }
        }
      }
      return .misfit(best)
    default: return .misfit(.kind)
    }
  }

  private func fit(each values: [Value]) -> Result<Value, MisfitError> {
    var fitted: [Value] = []
    for (index, value) in values.enumerated() {
      switch fit(value) {
      case .success(let value): fitted.append(value)
      case .failure(let error):
        if case .kind = error.misfit { return .misfit(.element(index, value)) }
        return .failure(error)
      }
    }
    return .success(.list(fitted))
  }

  /// Whether some value of that kind and unit could fit.
  func mayFit(_ kind: Kind, unit: Unit?) -> Bool {
    switch (self, kind) {
    case (.any, _), (_, .any): true
    case (_, .oneOf(let kinds)): kinds.contains { mayFit($0, unit: unit) }
    case (.truth, .truth), (.text, .text), (.path, .text), (.choice, .text), (.record, .record), (.range, .range),
      (.function, .function):
      true
    case (.choice(let words), .number), (.choice(let words), .truth), (.choice(let words), .none):
      words.contains { literal($0)?.kind == kind }
    case (.topic, .text), (.topic, .function), (.topic, .object): true
    case (.number(let wanted, _), .number): unit.map { $0 == .one || $0.factor(to: wanted) != nil } ?? true
    case (.integer, .number): unit == nil || unit == .one
    case (.list(let element), .list(let kind)): element.mayFit(kind, unit: nil)
    case (.list(let element), .range): element.mayFit(.number, unit: .one)
    case (.object(let name), .object(let found)): name == found
    case (.optional, .none): true
    case (.optional(let inner), _): inner.mayFit(kind, unit: unit)
    case (.either(let alternatives), _): alternatives.contains { $0.mayFit(kind, unit: unit) }
    default: false
    }
  }

  /// The words that may be written bare after the label; empty where the parameter has no choices.
  public var choices: [String] {
    switch self {
    case .choice(let words): words
    case .optional(let inner): inner.choices
    case .either(let alternatives): alternatives.flatMap(\.choices)
    default: []
    }
  }

  /// Whether it asks for something to look up.
  var isTopic: Bool {
    if case .topic = self { true } else { false }
  }

  /// Whether it asks for a text, a path or a word of the user's own.
  var takesText: Bool {
    switch self {
    case .text, .path, .topic: true
    case .optional(let inner): inner.takesText
    case .either(let alternatives): alternatives.contains(where: \.takesText)
    default: false
    }
  }

  /// The words that may be written in quotes: choices, also those of a list's elements.
  var quotedWords: [String] {
    switch self {
    case .list(let element): element.quotedWords
    case .optional(let inner): inner.quotedWords
    case .either(let alternatives): alternatives.flatMap(\.quotedWords)
    default: choices
    }
  }

  /// The paths to read among fitting values.
  func paths(in value: Value) -> [String] {
    switch (self, value) {
    case (.path, .text(let path)): [path]
    case (.list(let element), .list(let values)): values.flatMap { element.paths(in: $0) }
    case (.optional(let inner), _): inner.paths(in: value)
    case (.either(let alternatives), _):
      alternatives.first { if case .success = $0.fit(value) { true } else { false } }?.paths(in: value) ?? []
    default: []
    }
  }
}

/// The value that a word is where it is no choice: a number with its unit, a truth value, `none`.
private func literal(_ word: String) -> Value? {
  switch word {
  case "true": return .truth(true)
  case "false": return .truth(false)
  case "none": return Value.none
  default: break
  }
  var lexer = Lexer(bytes: Array(word.utf8))
  lexer.scan()
  let isNegative = lexer.tokens.first?.isMark(.minus) ?? false
  let tokens = lexer.tokens.dropFirst(isNegative ? 1 : 0)
  guard lexer.mistakes.isEmpty, tokens.count == 2, case .number(let number, let unit)? = tokens.first?.form else {
    return nil
  }
  return .number(isNegative ? -number : number, unit)
}

extension Value {
  /// Whether two numbers, truth values or nones are one value.
  fileprivate func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.number(let first, let unit), .number(let second, let otherUnit)): first == second && unit == otherUnit
    case (.truth(let first), .truth(let second)): first == second
    case (.none, .none): true
    default: false
    }
  }
}

struct MisfitError: Error {
  let misfit: Misfit
}

extension Result where Success == Value, Failure == MisfitError {
  fileprivate static func misfit(_ misfit: Misfit) -> Self { .failure(MisfitError(misfit: misfit)) }
}
