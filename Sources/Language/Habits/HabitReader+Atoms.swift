extension HabitReader {
  mutating func atom() throws(Unreadable) -> Phrase {
    let token = current
    let written = text(token)
    switch token.form {
    case .number:
      advance()
      if isAt("\u{B0}"), !current.hasSpaceBefore {
        advance()
        return .atom(written + Unit.degrees.rawValue)
      }
      return .atom(written.hasPrefix(".") ? "0" + written : written)
    case .text, .interpolation: return try quotedText()
    case .name(let name):
      if let text = try prefixedText(name) { return text }
      // The signs of other languages for our words are no names.
      guard !nonOperands.contains(name), written == name else { throw Unreadable() }
      advance()
      if name == "dict", isAt("("), !current.hasSpaceBefore { return .record(try argumentsInParentheses()) }
      return .atom(word(name))
    case .mark(.openParenthesis): return try parenthesised()
    case .mark(.openBracket): return try list()
    case .mark(.openBrace): return try isRecord ? record(until: "}") : setOrBlock()
    case .invalid: return try invalid(written)
    default: throw Unreadable()
    }
  }

  /// Their words for our values.
  private func word(_ name: String) -> String {
    if isBound(name) { return name }
    switch name {
    case "True", "TRUE": return "true"
    case "False", "FALSE": return "false"
    case "None", "NULL", "null", "nil": return "none"
    default: return name
    }
  }

  /// `1_000`, `0x10`, `$x`
  private mutating func invalid(_ written: String) throws(Unreadable) -> Phrase {
    if written == "$", next.nameText != nil, !next.hasSpaceBefore {
      advance()
      return .atom(try takeName())
    }
    let digits = written.filter { $0 != "_" }
    advance()
    if digits.allSatisfy(\.isNumber), !digits.isEmpty, digits.count <= 15 { return .atom(digits) }
    if written.hasPrefix("0x") || written.hasPrefix("0X"), let number = Int(written.dropFirst(2), radix: 16),
      number.magnitude <= Phrase.largestExact
    {
      return .atom("\(number)")
    }
    throw Unreadable()
  }

  // MARK: Brackets

  private mutating func parenthesised() throws(Unreadable) -> Phrase {
    try inBrackets { (reader) throws(Unreadable) in
      reader.advance()
      var values: [Phrase] = []
      var isTuple = false
      while !reader.isAt(")") {
        var value = try reader.element()
        // A single `=` compares in parentheses.
        if reader.isAt("="), !reader.isAt("==") {
          reader.advance()
          value = .binary(value, .equal, try reader.operators(from: 0))
        }
        values.append(value)
        guard reader.isAt(",") else { break }
        isTuple = true
        reader.advance()
      }
      try reader.expect(")")
      guard !isTuple, let value = values.first else { return .list(values) }
      // A name in parentheses is called.
      if let name = value.name, reader.command(name) != nil { return .call(value, []) }
      return value
    }
  }

  /// `[1, 2]`, `[1 2; 3 4]`, `[x * 2 for x in xs]`, `["a": 1]`
  private mutating func list() throws(Unreadable) -> Phrase {
    let hasField = next.startsField && index + 3 < tokens.count && tokens[index + 2].isMark(.colon)
    if next.isMark(.colon) || hasField {
      return try record(until: "]")
    }
    return try inBrackets { (reader) throws(Unreadable) in
      reader.advance()
      var rows: [[Phrase]] = [[]]
      while !reader.isAt("]") {
        let value = try reader.expression()
        if rows.count == 1, rows[0].isEmpty, let loop = try reader.comprehension(of: value) {
          try reader.expect("]")
          return loop
        }
        rows[rows.count - 1].append(value)
        if reader.isAt(",") {
          reader.advance()
        } else if reader.isAt(";") {
          reader.advance()
          rows.append([])
        } else if reader.current.isEnd {
          throw Unreadable()
        }
      }
      reader.advance()
      return rows.count == 1 ? .list(rows[0]) : .list(rows.map { .list($0) })
    }
  }

  /// `… for x in xs if c` behind a value; `nil` where there is none.
  mutating func comprehension(of value: Phrase) throws(Unreadable) -> Phrase? {
    guard current.isName("for") else { return nil }
    advance()
    let name = try takeName()
    guard current.isName("in") else { throw Unreadable() }
    advance()
    let elements = try operators(from: 0)
    // A condition that leaves elements out has no form here, and neither has a second loop.
    guard !current.isName("if"), !current.isName("for") else { throw Unreadable() }
    return .loop(name, elements, [.expression(value)])
  }

  /// `["a": 1]`, `{"a": 1}`, `[:]`, `{}`
  private mutating func record(until close: String) throws(Unreadable) -> Phrase {
    try inBrackets { (reader) throws(Unreadable) in
      reader.advance()
      if reader.isAt(":"), reader.next.isMark(.closeBracket) { reader.advance() }
      var fields: [PhraseArgument] = []
      while !reader.isAt(close) {
        guard reader.current.startsField else { throw Unreadable() }
        let written = reader.text(reader.current)
        let label = reader.current.fieldNameText == nil ? "\"\(written)\"" : written
        reader.advance()
        try reader.expect(":")
        fields.append(PhraseArgument(label: label, value: try reader.expression()))
        if reader.isAt(",") { reader.advance() } else if !reader.isAt(close) { throw Unreadable() }
      }
      reader.advance()
      return .record(fields)
    }
  }

  /// `{1, 2}` is a set or an array elsewhere, `{ x = 1 }` a block here.
  private mutating func setOrBlock() throws(Unreadable) -> Phrase {
    let (start, returns) = (index, returns)
    do throws(Unreadable) {
      return try inBrackets { (reader) throws(Unreadable) in
        reader.advance()
        var values = [try reader.expression()]
        guard reader.isAt(",") else { throw Unreadable() }
        while reader.isAt(",") {
          reader.advance()
          values.append(try reader.expression())
        }
        try reader.expect("}")
        return .list(values)
      }
    } catch {
      (index, self.returns) = (start, returns)
      return .block(try braced())
    }
  }
}

extension Token {
  /// Whether it may name a field where other languages write one: a number may.
  fileprivate var startsField: Bool {
    if case .number = form { true } else { fieldNameText != nil }
  }
}
