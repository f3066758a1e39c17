extension HabitReader {
  // MARK: Functions

  /// `lambda x: x + 1`, `function(x) x + 1`, `@(x) x + 1`, `x => x + 1` as what a name is bound to.
  mutating func function(named name: String) throws(Unreadable) -> Sentence? {
    if current.isName("lambda"), !isBound("lambda") {
      advance()
      var parameters: [PhraseParameter] = []
      while !isAt(":") {
        parameters.append(PhraseParameter(name: try takeName(), defaultValue: nil))
        if current.isMark(.comma) { advance() }
      }
      advance()
      return .definition(name, parameters, [.expression(try expression())])
    }
    let isFunction = current.isName("function") && next.isMark(.openParenthesis)
    if isFunction || isAt("@(") {
      advance()
      let parameters = try parameters()
      return .definition(name, parameters, try functionBody())
    }
    return try arrow(named: name)
  }

  private mutating func arrow(named name: String) throws(Unreadable) -> Sentence? {
    let start = index
    var names: [String] = []
    let isList = current.isMark(.openParenthesis)
    if isList { advance() }
    while let name = current.nameText, !reservedWords.contains(name) {
      names.append(name)
      advance()
      guard isList, current.isMark(.comma) else { break }
      advance()
    }
    if isList, current.isMark(.closeParenthesis) { advance() }
    guard pass("=>") else {
      index = start
      return nil
    }
    let parameters = names.map { PhraseParameter(name: $0, defaultValue: nil) }
    return .definition(name, parameters, try functionBody())
  }

  private mutating func functionBody() throws(Unreadable) -> [Sentence] {
    guard isAt("{") else { return [.expression(try expression())] }
    return try returning { (reader) throws(Unreadable) in try reader.braced() }
  }

  /// The body of a function as `body` reads it. It may return at its end alone: here its last value is its value.
  private mutating func returning(
    _ body: (inout HabitReader) throws(Unreadable) -> [Sentence]
  ) throws(Unreadable) -> [Sentence] {
    let before = returns
    let read = try body(&self)
    guard returns - before == read.finalReturns else { throw Unreadable() }
    returns = before
    return read
  }

  /// `def f(x, y=2): return x`, `function f(x) { x }`, `def f x = x * 2`
  mutating func definition() throws(Unreadable) -> Sentence {
    let isFunction = current.isName("function")
    advance()
    let name = try takeName()
    // `function y = f(x)` names what it gives, and is no more than a head.
    if isFunction, isAt("=") { throw Unreadable() }
    var parameters: [PhraseParameter] = []
    if current.isMark(.openParenthesis) {
      parameters = try self.parameters()
    } else {
      while let parameter = current.nameText, !reservedWords.contains(parameter) {
        advance()
        let isLabelled = isAt(":") && !current.hasSpaceBefore && !next.startsLine && !next.isEnd
        if isLabelled { advance() }
        parameters.append(PhraseParameter(name: parameter, defaultValue: isLabelled ? try item() : nil))
      }
    }
    if pass("->") { _ = try takeName() }
    if isAt("="), !isAt("==") {
      advance()
      return .definition(name, parameters, [.expression(try expression())])
    }
    return .definition(
      name, parameters, try returning { (reader) throws(Unreadable) in try reader.body() })
  }

  /// `(x, y=2, z: float)`; those with a default come last, as the language wants to read them.
  private mutating func parameters() throws(Unreadable) -> [PhraseParameter] {
    var result: [PhraseParameter] = []
    try expect("(")
    while !isAt(")") {
      let name = try takeName()
      if pass(":") { _ = try takeName() }
      result.append(PhraseParameter(name: name, defaultValue: pass("=") ? try expression() : nil))
      if current.isMark(.comma) { advance() } else if !isAt(")") { throw Unreadable() }
    }
    advance()
    return result.filter { $0.defaultValue == nil } + result.filter { $0.defaultValue != nil }
  }

  // MARK: Blocks

  mutating func braced() throws(Unreadable) -> [Sentence] {
    try nested { (reader) throws(Unreadable) in
      let brackets = reader.openBrackets
      reader.openBrackets = 0
      defer { reader.openBrackets = brackets }
      try reader.expect("{")
      let body = try reader.sentences()
      try reader.expect("}")
      return body
    }
  }

  /// A block behind its head: in braces, behind a colon on the line, on the lines below that stand further to the right,
  /// or still to be written.
  mutating func body() throws(Unreadable) -> [Sentence] {
    if isAt("{") { return try braced() }
    let head = column(of: tokens[lineStart])
    _ = pass(":") || (current.isName("then") || current.isName("do")) && passWord()
    if isAtEnd { return [.open] }
    var body: [Sentence] = []
    if !current.startsLine {
      while !isAtLineEnd, !current.isName("else"), !current.isName("elif"), !isAtEndWord {
        body += try sentence()
        while pass(";") {}
      }
      if isAtEndWord { advance() }
    } else {
      while !isAtEnd, current.startsLine, column(of: current) > head {
        body += try sentence()
        while pass(";") {}
      }
    }
    return body.isEmpty ? [.open] : body
  }

  private mutating func passWord() -> Bool {
    advance()
    return true
  }

  /// Whether the word `end` of other languages stands here.
  var isAtEndWord: Bool { current.isName("end") && !isBound("end") && !bound.contains("end") }

  /// The first token of the current line.
  private var lineStart: Int {
    var start = index
    while start > 0, !tokens[start].startsLine { start -= 1 }
    // Behind the head's end the line is that of the block.
    if start == index, start > 0 {
      start -= 1
      while start > 0, !tokens[start].startsLine { start -= 1 }
    }
    return start
  }

  private func column(of token: Token) -> Int {
    let before = bytes[..<token.span.start]
    return before.count - (before.lastIndex(of: .newline).map { $0 + 1 } ?? 0)
  }

  mutating func conditional() throws(Unreadable) -> Phrase {
    try nested { (reader) throws(Unreadable) in
      var branches: [PhraseBranch] = []
      while true {
        reader.advance()
        let condition = try reader.condition()
        branches.append(PhraseBranch(condition: condition, body: try reader.body()))
        if reader.current.isName("elif") || reader.current.isName("elseif") { continue }
        guard reader.current.isName("else") else { return .conditional(branches, otherwise: nil) }
        reader.advance()
        if reader.current.isName("if") { continue }
        return .conditional(branches, otherwise: try reader.body())
      }
    }
  }

  /// A condition; a single `=` compares in it.
  private mutating func condition() throws(Unreadable) -> Phrase {
    let left = try operators(from: 0)
    guard isAt("="), !isAt("==") else { return left }
    advance()
    return .binary(left, .equal, try operators(from: 0))
  }

  /// `for x in xs`, `for (x in xs)`, `for i = 1:10`
  mutating func loop() throws(Unreadable) -> Phrase {
    try nested { (reader) throws(Unreadable) in
      reader.advance()
      let isInParentheses = reader.pass("(")
      let name = try reader.takeName()
      if reader.isAt(",") { return try reader.enumeration(by: name) }
      let elements: Phrase
      if reader.isAt("="), !reader.isAt("==") {
        reader.advance()
        elements = try reader.counted()
      } else {
        guard reader.current.isName("in") else { throw Unreadable() }
        reader.advance()
        elements = try reader.counted()
      }
      if isInParentheses { try reader.expect(")") }
      return .loop(name, elements, try reader.body())
    }
  }

  /// `for i, x in enumerate(xs)`: here the places are gone through, and the element is taken by its place.
  private mutating func enumeration(by place: String) throws(Unreadable) -> Phrase {
    advance()
    let name = try takeName()
    guard current.isName("in"), next.isName("enumerate") else { throw Unreadable() }
    advance()
    advance()
    let arguments = try argumentsInParentheses()
    guard arguments.count == 1, let elements = arguments.first?.value else { throw Unreadable() }
    let last = Phrase.binary(.member(elements, "count"), .subtract, .atom("1"))
    let element = Sentence.binding([name], .element(elements, .atom(place)))
    return .loop(place, .range(.atom("0"), last), [element] + (try body()))
  }

  /// `1:10` counts from 1 to 10 in MATLAB and R, and `x` is what it is.
  mutating func counted() throws(Unreadable) -> Phrase {
    let lower = try expression()
    guard isAt(":"), !next.startsLine, case .number = next.form, lower.wholeNumber != nil else { return lower }
    let start = index
    advance()
    let upper = try operators(from: 0)
    // `for i in 1: 2` is a loop over what can't be gone through, with a body.
    guard upper.wholeNumber != nil else {
      index = start
      return lower
    }
    return .range(lower, upper)
  }
}
