/// Mistakes that one reading reports: a file that is no program would give one for every line.
private let mostMistakes = 500

/// Reads a program: never fails, but reports every mistake of its syntax at once.
///
/// - Parameter registry: tells which labels belong to `show` and `print` at the head of a statement.
public func parse(_ source: Source, registry: Registry) -> ParseResult {
  read(source, registry: registry, isAdvising: true)
}

/// - Parameter isAdvising: whether mistakes come with the line that works.
func read(_ source: Source, registry: Registry, isAdvising: Bool) -> ParseResult {
  var lexer = Lexer(bytes: Array(source.text.utf8))
  lexer.scan()
  let brackets = Brackets(of: lexer.tokens)
  var parser = Parser(source: source, bytes: lexer.bytes, tokens: lexer.tokens, brackets: brackets, registry: registry)
  let statements = parser.program()
  let mistakes = (lexer.mistakes + brackets.mistakes(in: lexer.tokens) + parser.mistakes)
    .sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }.prefix(mostMistakes)

  // Behind an open parenthesis or text everything is a guess, so only what stands before it counts.
  let openText = lexer.endsInText ? lexer.mistakes.last { $0.problem.isUnclosedText }?.span.start : nil
  let openBracket = brackets.firstOpenList.map { lexer.tokens[$0].span.start }
  let certain = min(openText ?? .max, openBracket ?? .max)
  let isOpen = openText != nil || brackets.hasOpen || parser.endedEarly
  let isIncomplete =
    isOpen
    && mistakes.allSatisfy { $0.span.start >= certain || $0.problem.isOpenEnd(length: lexer.bytes.count, $0.span) }
  let words = AdviceInWords(registry: registry, bytes: lexer.bytes, bound: statements.namesOfAnyDepth)
  var diagnostics = mistakes.map { mistake in
    let diagnostic = Diagnostic(mistake.problem, in: source, at: mistake.span)
    return isAdvising ? words.hint(on: mistake).map { diagnostic.helping($0) } ?? diagnostic : diagnostic
  }
  if isAdvising, !isIncomplete, !diagnostics.isEmpty {
    parser.advise(
      on: &diagnostics, at: diagnostics.indices.filter { mistakes[$0].mayBeHabit(in: lexer.bytes) },
      besides: mistakes.filter { $0.problem.isTwofold }.map(\.span), names: words.bound)
  }
  return ParseResult(
    program: Program(source: source, statements: statements), diagnostics: diagnostics, isIncomplete: isIncomplete)
}

extension Parser {
  /// Gives the first mistake of each statement the line that works, where there is one; the others of that statement need
  /// no help then.
  ///
  /// - Parameters:
  ///   - places: those of mistakes that another way of writing may be behind.
  ///   - twofold: where something can be read in two ways, whose statements keep the help that shows both.
  ///   - names: those that the program binds.
  fileprivate func advise(
    on diagnostics: inout [Diagnostic], at places: [Int], besides twofold: [Span], names: Set<String>
  ) {
    let rewriting = Rewriting(registry: registry, bound: names)
    var tried: Set<Span> = []
    var advised: [Span] = []
    for place in places where tried.count < Rewriting.most {
      if advised.contains(where: { $0.contains(diagnostics[place].span) }) { continue }
      let start = diagnostics[place].span.start
      var around = extents.filter { $0.start <= start && start <= $0.end }
        .sorted { $0.end - $0.start < $1.end - $1.start }.prefix(3)
      // `x = {1, 2}`: the brace is not meant to hold statements.
      if around.count > 1, isInValue(around[0]) { around.swapAt(0, 1) }
      for extent in around {
        guard tried.insert(extent).inserted else { break }
        let whole = Span(extent.start, endOfIndentedBlock(behind: extent))
        guard !twofold.contains(where: whole.contains),
          let line = rewriting.text(
            for: text(whole), isRight: { $0.fitsCommands(of: registry, besides: names) }),
          rewriting.advise(line, inPlaceOf: whole, on: &diagnostics)
        else { continue }
        advised.append(whole)
        break
      }
    }
  }

  /// Whether a statement stands in a brace where a value is asked for.
  private func isInValue(_ extent: Span) -> Bool {
    let before = Array(bytes[..<extent.start].reversed().lazy.filter { $0 > .space }.prefix(2))
    return before.count == 2 && before.first == .openBrace && "=([,:".utf8.contains(before[1])
  }

  /// Whether a statement ends in a colon, but for a comment as other languages have it.
  private func endsInColon(_ extent: Span) -> Bool {
    let text = bytes[extent.start..<extent.end]
    let line = text[(text.lastIndex(of: .newline) ?? text.startIndex)...]
    let comment = line.indices.dropFirst().first { line[($0 - 1)...].starts(with: " //".utf8) }
    return line[..<(comment ?? line.endIndex)].last { $0 > .space } == UInt8(ascii: ":")
  }

  /// The end of a statement with the lines below that stand further to the right, as Python writes a block.
  private func endOfIndentedBlock(behind extent: Span) -> Int {
    guard endsInColon(extent) else { return extent.end }
    let lineStart = bytes[..<extent.start].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    let indent = bytes[lineStart...].prefix { $0 == .space || $0 == .tab }.count
    var end = extent.end
    var from = end
    while let newline = bytes[from...].firstIndex(of: .newline) {
      let line = bytes[(newline + 1)...].prefix { $0 != .newline }
      let depth = line.prefix { $0 == .space || $0 == .tab }.count
      // An empty line, or one with a comment alone, ends no block, and is none of it where nothing follows.
      if line.dropFirst(depth).first.map({ $0 == .hash || $0 == .carriageReturn }) ?? true {
        from = line.endIndex
        continue
      }
      let isBranch = [Array("else".utf8), Array("elif".utf8)].contains { line.dropFirst(depth).starts(with: $0) }
      guard depth > indent || (depth == indent && isBranch) else { break }
      end = line.endIndex
      from = end
    }
    return end
  }
}

extension SyntaxMistake {
  /// Whether another language's way of writing may be behind it. What can be read in two ways is not decided here.
  fileprivate func mayBeHabit(in bytes: [UInt8]) -> Bool {
    switch problem {
    case .nulByte, .invalidEncoding, .numberTooLarge, .nestedTooDeep, .ambiguousSign, .ambiguousPower, .reservedName,
      .repeatedName, .nothingBeforePipe, .unknownEscape, .unclosedText, .unclosedInterpolation, .unclosedBracket,
      .unmatchedBracket:
      false
    // A path, or arguments in parentheses: `mean(x)+1`.
    case .tightOperator(_, let left, let symbol, _):
      symbol == "/" || (left.hasPrefix("(") && span.start > 0 && bytes[span.start - 1] > .space)
    default: true
    }
  }
}

extension SyntaxProblem {
  /// Whether its help shows both ways to read something.
  fileprivate var isTwofold: Bool {
    switch self {
    case .ambiguousPower: true
    // `5 -> a` is an arrow.
    case .ambiguousSign(_, _, let right): right != ">"
    default: false
    }
  }
  var isUnclosedText: Bool {
    if case .unclosedText = self { true } else { false }
  }

  /// Whether more input could cure it.
  func isOpenEnd(length: Int, _ span: Span) -> Bool {
    switch self {
    case .unclosedText, .unclosedBracket: true
    case .expected(_, found: Parser.endOfInput, _): true
    default: false
    }
  }
}

extension Diagnostic {
  init(_ problem: some CodedError, severity: Severity = .error, in source: Source, at span: Span) {
    self.init(problem.code, problem.message, hint: problem.hint, severity: severity, in: source, at: span)
  }
}
