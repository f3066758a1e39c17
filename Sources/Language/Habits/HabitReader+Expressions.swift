import Base

extension HabitReader {
  /// Operators and pipes, and the two ways to choose between values: `a if c else b`, `c ? a : b`.
  mutating func expression() throws(Unreadable) -> Phrase {
    try nested { (reader) throws(Unreadable) in
      let value = try reader.stages(after: reader.operators(from: 0))
      guard !reader.isAtLineEnd else { return value }
      if reader.current.isName("if") {
        reader.advance()
        let condition = try reader.operators(from: 0)
        guard reader.current.isName("else") else { throw Unreadable() }
        reader.advance()
        return Self.choice(condition, value, try reader.expression())
      }
      if reader.pass("?") {
        let first = try reader.expression()
        try reader.expect(":")
        return Self.choice(value, first, try reader.expression())
      }
      return value
    }
  }

  private static func choice(_ condition: Phrase, _ first: Phrase, _ second: Phrase) -> Phrase {
    .conditional([PhraseBranch(condition: condition, body: [.expression(first)])], otherwise: [.expression(second)])
  }

  /// `x | f`, `x |> f()`, `x %>% f`
  private mutating func stages(after head: Phrase) throws(Unreadable) -> Phrase {
    var stages: [Phrase] = []
    while !isAtEnd, current.isMark(.pipe) || isAt("%>%"), !isAt("||") {
      _ = pass("%>%") || pass("|>") || pass("|")
      let stage = try application(isStage: true)
      // A bar between truth values is theirs for `or`.
      if stages.isEmpty, stage.name.map(isValue) ?? false { return .binary(head, .or, stage) }
      stages.append(stage)
    }
    return stages.isEmpty ? head : .pipe(head, stages)
  }

  /// Signs of operators here and elsewhere, the longest first.
  private static let signs: [(String, Operator)] = [
    ("===", .equal), ("!==", .notEqual), ("&&", .and), ("||", .or), ("**", .power), (".^", .power), (".*", .multiply),
    ("./", .divide), ("<>", .notEqual), ("~=", .notEqual), ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual),
    (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("+", .add), ("-", .subtract), ("*", .multiply),
    ("/", .divide), ("^", .power), ("&", .and), ("\u{2212}", .subtract), ("\u{00D7}", .multiply), ("\u{00F7}", .divide),
    ("\u{2264}", .lessOrEqual), ("\u{2265}", .greaterOrEqual), ("\u{2260}", .notEqual),
  ]
  /// Signs that begin as an operator does and are none.
  private static let others = ["+=", "-=", "*=", "/=", "++", "->", "=>", "//", "/*"]

  /// The operator at the current token, with how it is written.
  private func operatorAhead() -> (sign: String, symbol: Operator)? {
    guard !isAtLineEnd else { return nil }
    switch current.nameText {
    case "and", "or", "xor": if let word = Operator(rawValue: text(current)) { return (word.rawValue, word) }
    case "is": return next.isName("not") ? ("is not", .notEqual) : ("is", .equal)
    default: break
    }
    guard !Self.others.contains(where: isAt) else { return nil }
    return Self.signs.first { isAt($0.0) }
  }

  mutating func operators(from lowest: Int) throws(Unreadable) -> Phrase {
    try nested { (reader) throws(Unreadable) in
      let signs = reader.minusSigns
      var left = try reader.operand()
      var last: Phrase?
      while let (sign, symbol) = reader.operatorAhead(), symbol.level >= lowest {
        // `x -1` may be a difference, an argument or two elements of a list.
        let isTwofold = (symbol == .add || symbol == .subtract) && reader.current.hasSpaceBefore
        if isTwofold, !reader.next.hasSpaceBefore { throw Unreadable() }
        if sign == "is not" { reader.advance() }
        if sign.hasPrefix("is") { reader.advance() } else { try reader.expect(sign) }
        // Powers are taken from the left in MATLAB, which writes `.^`, and from the right elsewhere.
        let takesPowers = symbol == .power && sign != ".^"
        let right = try reader.operators(from: takesPowers ? symbol.level : symbol.level + 1)
        if sign == ".^", reader.operatorAhead()?.symbol == .power { throw Unreadable() }
        if symbol == .power {
          left = Self.power(left, right, below: signs)
        } else if symbol.level == Operator.equal.level, let middle = last {
          // `a < b < c`
          left = .binary(left, .and, .binary(middle, symbol, right))
        } else {
          left = reader.combined(left, symbol, right)
        }
        last = symbol.level == Operator.equal.level ? right : nil
      }
      if reader.isAt("%"), !reader.isAt("%>%"), left.isText, !reader.isAtLineEnd {
        reader.advance()
        return try reader.formatted(left, with: reader.operand())
      }
      return left
    }
  }

  /// How many minus signs stand before the operand here.
  private var minusSigns: Int {
    var count = 0
    for token in tokens[index...] {
      if token.isMark(.minus) { count += 1 } else if !token.isMark(.plus) { break }
    }
    return count
  }

  /// A power, which binds more tightly than the signs before its base: `-x ** 2` is −(x²).
  private static func power(_ base: Phrase, _ exponent: Phrase, below signs: Int) -> Phrase {
    guard signs > 0, case .negation(let inner) = base else { return .binary(base, .power, exponent) }
    return .negation(power(inner, exponent, below: signs - 1))
  }

  /// `"x = " + x`: here a value stands inside the text.
  private func combined(_ left: Phrase, _ symbol: Operator, _ right: Phrase) -> Phrase {
    if isBold, symbol == .add, left.isText != right.isText, let text = Self.joined([left, right]) { return text }
    return .binary(left, symbol, right)
  }

  private mutating func operand() throws(Unreadable) -> Phrase {
    if current.isName("not") || (isAt("!") && !isAt("!=")) || isAt("~") {
      advance()
      let inner = try nested { (reader) throws(Unreadable) in try reader.operators(from: Operator.not.level) }
      return .inversion(inner)
    }
    switch current.nameText {
    case "if": return try conditional()
    case "for": return try loop()
    default: return try application()
    }
  }

  // MARK: Calls

  /// `f a b label: c`, `f a, b, label=c`
  mutating func application(isStage: Bool = false) throws(Unreadable) -> Phrase {
    let start = index
    let head = try item()
    guard let (callee, first) = callable(head) else { return head }
    // `train-gan --help`
    if let name = callee.name, let command = command(name), registry.commands["help"] != nil, first.isEmpty,
      ["--help", "-h", "--usage"].contains(restOfLine)
    {
      while !isAtLineEnd { advance() }
      return .call(.atom("help"), [PhraseArgument(label: nil, value: .atom(command.name))])
    }
    // What is said of a topic is one text.
    if let name = callee.name, let command = command(name), command.signature.takesTopics, !isAtLineEnd {
      return .call(.atom(command.name), [PhraseArgument(label: nil, value: try topic(from: start + 1))])
    }
    var arguments = first
    // Behind arguments in parentheses a comma begins another value.
    let isClosed = if case .call = head { true } else { false }
    while let argument = try argument(after: arguments, of: callee, isStage: isStage, isClosed: isClosed) {
      arguments.append(argument)
    }
    if arguments.isEmpty, !isStage { return head }
    return try made(callee, arguments, isStage: isStage)
  }

  /// What may be called, with the arguments that it has already.
  private func callable(_ head: Phrase) -> (callee: Phrase, arguments: [PhraseArgument])? {
    switch head {
    case .atom: head.name.map { isValue($0) ? nil : (head, []) } ?? nil
    case .member(let base, _): (base.name.map(isValue) ?? false) ? nil : (head, [])
    case .call(let callee, let arguments): (callee, arguments)
    default: nil
    }
  }

  /// The rest of the line as a text, with the parentheses off.
  private mutating func topic(from start: Int) throws(Unreadable) -> Phrase {
    let first = tokens[start].span.start
    while !isAtEnd, !current.startsLine { advance() }
    var words = String(decoding: bytes[first..<max(first, tokens[index - 1].span.end)], as: UTF8.self)
    words = words.trimmingSpaces
    if words.hasPrefix("("), words.hasSuffix(")") { words = String(words.dropFirst().dropLast()).trimmingSpaces }
    while words.hasSuffix("?") { words = String(words.dropLast()) }
    // `:save` is a word of the prompt.
    if words.hasPrefix(":") { throw Unreadable() }
    let isPlain = words.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } && words.first?.isLetter == true
    let isQuoted = (words.hasPrefix("\"") || words.hasPrefix("'")) && words.count > 1 && words.last == words.first
    return .atom(isPlain || isQuoted ? words : quoted(words))
  }

  private mutating func argument(
    after others: [PhraseArgument], of callee: Phrase, isStage: Bool, isClosed: Bool
  ) throws(Unreadable) -> PhraseArgument? {
    let command = callee.name.flatMap { self.command($0) }
    let start = index
    // A comma between arguments, as other languages have it.
    if current.isMark(.comma), openBrackets == 0, command != nil, !isClosed { advance() }
    let place = others.count { $0.label == nil } + (isStage ? 1 : 0)
    if let command, !isAtLineEnd, let option = try option(of: command, at: place) { return option }
    if !isAtLineEnd, let path = path(for: command?.signature.positional(place)) {
      return PhraseArgument(label: nil, value: path)
    }
    if let label = try label(of: callee) { return label }
    guard !isAtLineEnd, current.hasSpaceBefore || index > start, startsArgument(of: callee) else {
      index = start
      return nil
    }
    return PhraseArgument(label: nil, value: try item())
  }

  /// `label: value` or `label=value`.
  mutating func label(of callee: Phrase? = nil) throws(Unreadable) -> PhraseArgument? {
    guard !isAtLineEnd || next.isMark(.colon) else { return nil }
    return try labelled(of: callee) { (reader) throws(Unreadable) in try reader.item() }
  }

  /// A label of a call and what stands behind it, as `value` reads it.
  mutating func labelled(
    of callee: Phrase?, _ value: (inout HabitReader) throws(Unreadable) -> Phrase
  ) throws(Unreadable) -> PhraseArgument? {
    guard let name = current.nameText, next.isMark(.assign) || (next.isMark(.colon) && !next.hasSpaceBefore) else {
      return nil
    }
    advance()
    advance()
    let command = callee?.name.flatMap { self.command($0) }
    let label = command.map { self.label(name, of: $0) } ?? name
    let parameter = command?.signature.labelled(label)
    if let path = path(for: parameter) { return PhraseArgument(label: label, value: path) }
    return PhraseArgument(label: label, value: fitted(try value(&self), to: parameter))
  }

  private func startsArgument(of callee: Phrase) -> Bool {
    switch current.form {
    case .number, .text, .interpolation: return true
    case .name(let name): return !nonOperands.contains(name) && name != "is" && !isAtEndWord
    case .mark(.openParenthesis), .mark(.openBracket), .mark(.openBrace): return !current.isMark(.openBrace) || isRecord
    // `f -1` hands over −1, `a -1` subtracts.
    case .mark(.minus): return !next.hasSpaceBefore && callee.name.map { command($0) != nil } ?? false
    case .mark(.dot), .mark(.over): return callee.name.map { command($0) != nil } ?? false
    case .invalid: return isAt("~/") || isAt("\\")
    default: return false
    }
  }

  /// Whether the brace here begins a record of other languages: `{"a": 1}`, `{}`.
  var isRecord: Bool {
    guard current.isMark(.openBrace) else { return false }
    if next.isMark(.closeBrace) { return true }
    return next.fieldNameText != nil && index + 2 < tokens.count && tokens[index + 2].isMark(.colon)
  }
}
