extension SyntaxProblem: CataloguedError {
  var entry: DiagnosticCode {
    switch self {
    case .unexpectedCharacter: .unexpectedCharacter
    case .nulByte: .nulByte
    case .invalidEncoding: .invalidEncoding
    case .foreignOperator: .foreignOperator
    case .bareFraction: .bareFraction
    case .numberTooLarge: .numberTooLarge
    case .unknownUnit: .unknownUnit
    case .unclosedText: .unclosedText
    case .unknownEscape: .unknownEscape
    case .unclosedInterpolation: .unclosedInterpolation
    case .emptyInterpolation: .emptyInterpolation
    case .unclosedBracket: .unclosedBracket
    case .unmatchedBracket: .unmatchedBracket
    case .nestedTooDeep: .nestedTooDeep
    case .unevenSpacing: .unevenSpacing
    case .ambiguousSign: .ambiguousSign
    case .tightOperator: .tightOperator
    case .ambiguousPower: .ambiguousPower
    case .comparisonChain: .comparisonChain
    case .expected: .unexpectedToken
    case .literalCalled: .literalCalled
    case .argumentsInParentheses: .argumentsInParentheses
    case .stageIsNoCall: .stageIsNoCall
    case .operatorAfterStage: .operatorAfterStage
    case .assignmentInExpression: .assignmentInExpression
    case .assignmentToPart: .assignmentToPart
    case .reservedName: .reservedName
    case .detachedLabel: .detachedLabel
    case .repeatedName: .repeatedName
    case .nothingBeforePipe: .nothingBeforePipe
    }
  }

  var message: String {
    switch self {
    case .unexpectedCharacter(let scalar, _): "the character \(Self.shown(scalar)) has no meaning here"
    case .nulByte: "the source contains a NUL byte"
    case .invalidEncoding: "the source is not valid UTF-8 here"
    case .foreignOperator(let theirs, _): "`\(theirs)` is no operator of this language"
    case .bareFraction(let written): "`\(written)` lacks the digit before its point"
    case .numberTooLarge(let written): "`\(written)` is larger than any number that can be held"
    case .unknownUnit(let unit, let number): "`\(unit)` after \(number) is no unit"
    case .unclosedText: "this text is never closed"
    case .unknownEscape(let scalar): "`\\\(Self.shown(scalar, quoted: false))` has no meaning in a text"
    case .unclosedInterpolation: "this brace in a text is not closed on its line"
    case .emptyInterpolation: "nothing stands between these braces in a text"
    case .unclosedBracket(let bracket): "`\(bracket)` is never closed"
    case .unmatchedBracket(let bracket): "`\(bracket)` closes nothing"
    case .nestedTooDeep(let limit): "more than \(limit) levels of nesting"
    case .unevenSpacing(let symbol): "`\(symbol)` has a space on one side only"
    case .ambiguousSign(let left, let symbol, let right): "`\(left) \(symbol)\(right)` can be read in two ways"
    case .tightOperator(_, let left, let symbol, let right):
      "`\(left)\(symbol)\(right)` after an argument can be read in several ways"
    case .ambiguousPower(let base, let exponent): "`-\(base)^\(exponent)` can be read in two ways"
    case .comparisonChain: "comparisons can't be chained"
    case .expected(let expected, let found, _): "expected \(expected), found \(found)"
    case .literalCalled(let found): "\(found) can't take arguments"
    case .argumentsInParentheses: "arguments are separated by spaces, not by commas in parentheses"
    case .stageIsNoCall(let found): "after `|` stands a command, not \(found)"
    case .operatorAfterStage(let symbol): "`\(symbol)` can't follow a stage: `|` binds loosest"
    case .assignmentInExpression: "`=` binds a name, and only at the head of a statement"
    case .assignmentToPart(let target): "`\(target)` can't be bound: values never change"
    case .reservedName(let name): "`\(name)` is a word of the language and can't be a name"
    case .detachedLabel(let label): "the colon must touch its label `\(label)`"
    case .repeatedName(let name, let place): "`\(name)` stands twice in \(place)"
    case .nothingBeforePipe: "nothing stands before this `|`"
    }
  }

  var hint: String? {
    switch self {
    case .unexpectedCharacter(";", _): "statements stand on lines of their own"
    case .unexpectedCharacter("?", _): "`help NAME` explains a command; a name alone shows its value"
    case .unexpectedCharacter("%", _): "`%` touches its number: `10%`; there is no remainder"
    case .unexpectedCharacter("\\", _):
      "paths stand in quotes; a statement goes on to the next line inside of brackets and after an operator"
    case .unexpectedCharacter("!", _): "write `not` for the opposite; there are no shell commands"
    case .unexpectedCharacter(_, let ours): ours.map { "write `\($0)`" }
    case .invalidEncoding: "save the file as UTF-8"
    case .foreignOperator(_, let advice): advice
    case .expected(_, _, let advice): advice
    case .bareFraction(let written): "write `0\(written)`"
    case .unknownUnit(let unit, let number):
      closest(to: unit, in: ["deg", "px", "mm", "mm2", "um", "DA"]).map { "did you mean `\(number)\($0)`?" }
        ?? "units are %, deg, px, mm, um, mm2 and DA; a name can't start with a digit"
    case .unclosedText(let quote): "close it with \(quote)"
    case .unknownEscape: "escapes are \\n \\t \\\" \\\\; in '…' a backslash stands for itself"
    case .unclosedInterpolation: "write `{{` for a brace"
    case .emptyInterpolation: "write `{{}}` for the braces themselves"
    case .nestedTooDeep: "bind a part to a name first"
    case .unevenSpacing: "put spaces on both sides or on neither; a sign touches its operand"
    case .ambiguousSign(let left, let symbol, let right):
      "write `\(left) \(symbol) \(right)` for the operator, or `(\(symbol)\(right))` for a separate signed value"
    case .tightOperator(let call, let left, "/", let right):
      "a path stands in quotes: `\(call) \"\(left)/\(right)…\"`; to divide, write `\(call) (\(left) / \(right))`"
    case .tightOperator(let call, let left, let symbol, let right):
      "write `\(call) \(left) \(symbol) \(right)` to use the result, or `\(call) (\(left) \(symbol) \(right))` to pass one "
        + (symbol == "-" ? "argument, or `\(call) \(left) -\(right)` to pass two" : "argument")
    case .ambiguousPower(let base, let exponent): "write `(-\(base))^\(exponent)` or `-(\(base)^\(exponent))`"
    case .comparisonChain: "write `a < b and b < c`"
    case .literalCalled: "separate elements by commas; a command stands before its arguments"
    case .argumentsInParentheses(let name): "write `\(name) a b`"
    case .operatorAfterStage(let symbol): "write `(a | f) \(symbol) b`, or a further stage"
    case .assignmentInExpression: "write `==` to compare, and `label: value` behind a label"
    case .assignmentToPart(let target):
      target.split(separator: " ").first.flatMap { OtherLanguages.advice(onWord: String($0)) }
        ?? "bind a new value to a name"
    case .reservedName(let name): "choose another name, such as `my-\(name)`"
    case .detachedLabel(let label): "write `\(label): value`"
    default: nil
    }
  }

  private static func shown(_ scalar: Unicode.Scalar, quoted: Bool = true) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
        + String(scalar.value, radix: 16, uppercase: true)
    default: quoted ? "`\(scalar)`" : String(scalar)
    }
  }
}
