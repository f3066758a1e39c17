/// Recursive descent over tokens, one token of look-ahead: the first failure of a statement is also the furthest.
///
/// A mistake that leaves the meaning clear is reported and parsing goes on; one that doesn't is thrown, caught
/// by the statement, and the next statement is read.
struct Parser {
  let source: Source
  let bytes: [UInt8]
  let registry: Registry
  var tokens: [Token]
  var brackets: Brackets
  var index = 0
  var mistakes: [SyntaxMistake] = []
  /// Whether a statement failed because the input ended.
  var endedEarly = false
  /// Inside `(` and `[` a line may end anywhere.
  var ignoresNewlines = false
  /// Labels that belong to the `show` around this expression.
  var outerLabels: Set<String> = []
  /// Where the statements stand that were read, with what could not be read of them; those in blocks before the ones
  /// around them.
  var extents: [Span] = []
  /// Where the statements of some block were read up to: recovery never goes back behind it, which keeps it linear.
  var readUpTo = 0
  private(set) var depth = 0

  /// Deep enough for any program by hand, small enough for a thread's stack.
  static let deepest = 100
  static let endOfInput = "the end of the input"

  init(source: Source, bytes: [UInt8], tokens: [Token], brackets: Brackets, registry: Registry) {
    self.source = source
    self.bytes = bytes
    self.tokens = tokens
    self.brackets = brackets
    self.registry = registry
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  /// The end of the token before.
  var previousEnd: Int { index > 0 ? tokens[index - 1].span.end : 0 }

  /// Whether a statement or the arguments of a call end before the current token.
  var isAtLineEnd: Bool { current.isEnd || (current.startsLine && !ignoresNewlines) }

  func span(from start: Int) -> Span { Span(start, max(start, previousEnd)) }

  func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }

  mutating func expect(_ mark: Mark, _ what: String) throws(SyntaxMistake) {
    guard current.isMark(mark) else {
      let isList = mark == .closeParenthesis && current.isMark(.comma)
      throw unexpected(what, advice: isList ? OtherLanguages.brackets : nil)
    }
    advance()
  }

  /// A name to bind.
  mutating func bindableName(_ what: String, advice: String? = nil) throws(SyntaxMistake) -> Name {
    guard let text = current.nameText else { throw unexpected(what, advice: advice) }
    if reservedWords.contains(text) { report(.reservedName(text), at: current.span) }
    defer { advance() }
    return Name(text: text, span: current.span)
  }

  // MARK: Mistakes

  mutating func report(_ problem: SyntaxProblem, at span: Span) {
    mistakes.append(SyntaxMistake(problem: problem, span: span))
  }

  /// The failure to find something at the current token.
  ///
  /// - Parameter advice: what helps where that token is no end of the input.
  func unexpected(_ expected: String, advice: String? = nil) -> SyntaxMistake {
    if current.isMark(.assign), advice == nil {
      return SyntaxMistake(problem: .assignmentInExpression, span: current.span)
    }
    if current.isMark(.colon), index > 0, let label = tokens[index - 1].nameText {
      let span = Span(tokens[index - 1].span.start, current.span.end)
      if current.hasSpaceBefore { return SyntaxMistake(problem: .detachedLabel(label), span: span) }
    }
    let place = current.isEnd ? Span(previousEnd, previousEnd) : current.span
    let problem = SyntaxProblem.expected(expected, found: found(current), advice: current.isEnd ? nil : advice)
    return SyntaxMistake(problem: problem, span: place)
  }

  /// A token in words.
  func found(_ token: Token) -> String {
    switch token.form {
    case .end: return Self.endOfInput
    case .number: return "the number \(text(token.span))"
    case .text, .interpolation: return "a text"
    case .name(let name): return reservedWords.contains(name) ? "the word `\(name)`" : "the name `\(name)`"
    case .mark(let mark): return "`\(mark.rawValue)`"
    case .invalid: return "something unreadable"
    }
  }

  /// Counts one level of nesting around `body`.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(SyntaxMistake) -> Result
  ) throws(SyntaxMistake) -> Result {
    guard depth < Self.deepest else {
      throw SyntaxMistake(problem: .nestedTooDeep(limit: Self.deepest), span: current.span)
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Runs `body` with the rules for line ends of a bracket or a block, where no outer `show` has its labels.
  mutating func inside<Result>(
    newlinesMatter: Bool, _ body: (inout Parser) throws(SyntaxMistake) -> Result
  ) throws(SyntaxMistake) -> Result {
    let outer = (ignoresNewlines, outerLabels)
    ignoresNewlines = !newlinesMatter
    outerLabels = []
    defer { (ignoresNewlines, outerLabels) = outer }
    return try nested(body)
  }
}
