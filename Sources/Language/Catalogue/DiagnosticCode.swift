/// Every code that the language gives a mistake, declared once: its slug, what it means, a program that gives it.
///
/// Commands and books have further codes of their own, which their modules declare.
public enum DiagnosticCode: String, Sendable, CaseIterable {
  // MARK: Characters and literals
  case unexpectedCharacter = "unexpected-character"
  case nulByte = "nul-byte"
  case invalidEncoding = "invalid-encoding"
  case foreignOperator = "foreign-operator"
  case bareFraction = "bare-fraction"
  case numberTooLarge = "number-too-large"
  case unknownUnit = "unknown-unit"
  case unclosedText = "unclosed-text"
  case unknownEscape = "unknown-escape"
  case unclosedInterpolation = "unclosed-interpolation"
  case emptyInterpolation = "empty-interpolation"
  // MARK: Brackets and limits
  case unclosedBracket = "unclosed-bracket"
  case unmatchedBracket = "unmatched-bracket"
  case nestedTooDeep = "nested-too-deep"
  // MARK: Spacing and readings
  case unevenSpacing = "uneven-spacing"
  case ambiguousSign = "ambiguous-sign"
  case tightOperator = "tight-operator"
  case ambiguousPower = "ambiguous-power"
  case comparisonChain = "comparison-chain"
  // MARK: Structure
  case unexpectedToken = "unexpected-token"
  case literalCalled = "literal-called"
  case argumentsInParentheses = "arguments-in-parentheses"
  case stageIsNoCall = "stage-is-no-call"
  case operatorAfterStage = "operator-after-stage"
  case assignmentInExpression = "assignment-in-expression"
  case assignmentToPart = "assignment-to-part"
  case reservedName = "reserved-name"
  case detachedLabel = "detached-label"
  case repeatedName = "repeated-name"
  case nothingBeforePipe = "nothing-before-pipe"
  // MARK: Names and calls
  case unknownName = "unknown-name"
  case unknownCommand = "unknown-command"
  case notCallable = "not-callable"
  case unknownLabel = "unknown-label"
  case missingArgument = "missing-argument"
  case tooManyArguments = "too-many-arguments"
  case wrongKind = "wrong-kind"
  case wrongUnit = "wrong-unit"
  case outOfRange = "out-of-range"
  case notWhole = "not-whole"
  case unknownChoice = "unknown-choice"
  case missingPath = "missing-path"
  case callsTooDeep = "calls-too-deep"
  // MARK: Values
  case operatorKinds = "operator-kinds"
  case unitMismatch = "unit-mismatch"
  case unitProduct = "unit-product"
  case divisionByZero = "division-by-zero"
  case notFinite = "not-finite"
  case conditionKind = "condition-kind"
  case notIterable = "not-iterable"
  case unknownMember = "unknown-member"
  case notIndexable = "not-indexable"
  case indexKind = "index-kind"
  case indexOutOfRange = "index-out-of-range"
  case unknownField = "unknown-field"
  case rangeEnd = "range-end"
  case rangeReversed = "range-reversed"
  case unpackMismatch = "unpack-mismatch"
  case nothingToContinue = "nothing-to-continue"
  case valueTooLarge = "value-too-large"
  // MARK: Warnings
  case unreachableCode = "unreachable-code"
  case indentedStatement = "indented-statement"
  // MARK: While running
  case interrupted = "interrupted"
  case unreadable = "unreadable"
  case internalError = "internal-error"
}

/// A mistake of the language: its code is one of the catalogue.
protocol CataloguedError: CodedError {
  var entry: DiagnosticCode { get }
}

extension CataloguedError {
  var code: String { entry.rawValue }
}
