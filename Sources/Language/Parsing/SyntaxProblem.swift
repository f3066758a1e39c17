/// What is wrong with the form of a program: the data, without words.
enum SyntaxProblem: Sendable {
  // Characters and literals
  case unexpectedCharacter(Unicode.Scalar, ours: String?)
  case nulByte
  case invalidEncoding
  case foreignOperator(String, advice: String)
  case bareFraction(String)
  case numberTooLarge(String)
  case unknownUnit(String, number: String)
  case unclosedText(String)
  case unknownEscape(Unicode.Scalar)
  case unclosedInterpolation
  case emptyInterpolation
  // Brackets and limits
  case unclosedBracket(String)
  case unmatchedBracket(String)
  case nestedTooDeep(limit: Int)
  // Spacing and readings
  case unevenSpacing(operator: String)
  case ambiguousSign(left: String, operator: String, right: String)
  case tightOperator(call: String, left: String, operator: String, right: String)
  case ambiguousPower(base: String, exponent: String)
  case comparisonChain(String)
  // Structure
  case expected(String, found: String, advice: String? = nil)
  case literalCalled(String)
  case argumentsInParentheses(String)
  case stageIsNoCall(String)
  case operatorAfterStage(String)
  case assignmentInExpression
  case assignmentToPart(String)
  case reservedName(String)
  case detachedLabel(String)
  case repeatedName(String, in: String)
  case nothingBeforePipe

  var isNestedTooDeep: Bool {
    if case .nestedTooDeep = self { true } else { false }
  }
}

/// A problem with its place.
struct SyntaxMistake: Sendable, Error {
  let problem: SyntaxProblem
  let span: Span
}
