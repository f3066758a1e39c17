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
    if written.hasPrefix("0x") || written.hasPrefix("0X"), let number = Int(written.dropFirst(2), radix: 16) {
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
    let start = index
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
      index = start
      return .block(try braced())
    }
  }

  // MARK: Texts

  private mutating func quotedText() throws(Unreadable) -> Phrase {
    let token = current
    let written = text(token)
    // `"""text"""` is three texts that touch.
    for quotes in ["\"\"\"", "'''"] where written == quotes.prefix(2) && isAt3(quotes, token.span.start) {
      return try tripleQuoted(quotes)
    }
    guard !(next.isText && !next.hasSpaceBefore) else { throw Unreadable() }
    advance()
    return .atom(written)
  }

  private func isAt3(_ quotes: String, _ start: Int) -> Bool { bytes[start...].starts(with: quotes.utf8) }

  private mutating func tripleQuoted(_ quotes: String) throws(Unreadable) -> Phrase {
    let start = current.span.start + 3
    var end = start
    while end < bytes.count, !isAt3(quotes, end) { end += 1 }
    guard end < bytes.count else { throw Unreadable() }
    let inside = String(decoding: bytes[start..<end], as: UTF8.self)
    while !current.isEnd, current.span.start < end + 3 { advance() }
    return .atom(quoted(inside))
  }

  /// `f"…"`, `r"…"`, `b"…"`, `u"…"`
  private mutating func prefixedText(_ name: String) throws(Unreadable) -> Phrase? {
    let prefixes: Set<String> = ["f", "F", "r", "R", "u", "U", "b", "B", "fr", "rf"]
    guard prefixes.contains(name), next.isText, !next.hasSpaceBefore else { return nil }
    advance()
    let written = text(current)
    advance()
    let inside = String(written.dropFirst().dropLast())
    if name.lowercased().contains("f") {
      guard !inside.contains("\"") else { throw Unreadable() }
      return .atom("\"\(Self.withoutFormats(inside))\"")
    }
    guard name.lowercased() == "r", !inside.contains("'") else { return .atom(written) }
    return .atom("'\(inside)'")
  }

  /// `{x:.2f}` → `{x}`, `{x!r}` → `{x}`, `{x=}` → `x={x}`
  private static func withoutFormats(_ text: String) -> String {
    var result = ""
    var depth = 0
    var skips = false
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" {
        depth -= 1
        skips = false
      }
      if depth == 1, character == ":" || character == "!" { skips = true }
      if !skips { result.append(character) }
    }
    return result
  }

  /// `"%d of %s" % (a, b)`, `"{} of {}".format(a, b)`
  func formatted(_ text: Phrase, with values: Phrase) throws(Unreadable) -> Phrase {
    guard case .atom(let written) = text, text.isText else { throw Unreadable() }
    var arguments = if case .list(let elements) = values { elements[...] } else { [values][...] }
    var result = ""
    var rest = written.dropFirst().dropLast()
    while let character = rest.popFirst() {
      let end: Substring.Index? =
        switch character {
        case "%": rest.firstIndex { $0.isLetter || $0 == "%" }.map { rest.index(after: $0) }
        case "{": rest.firstIndex(of: "}").map { rest.index(after: $0) }
        default: nil
        }
      guard let end else {
        result.append(character)
        continue
      }
      guard let value = arguments.popFirst() else { throw Unreadable() }
      result += "{\(value.written)}"
      rest = rest[end...]
    }
    guard arguments.isEmpty, !result.contains("\"") else { throw Unreadable() }
    return .atom("\"\(result)\"")
  }

  /// A sum of texts and values as one text with these inside; `nil` where a text has quotes of its own.
  static func joined(_ parts: [Phrase]) -> Phrase? {
    var result = ""
    for part in parts {
      guard case .atom(let text) = part, part.isText else {
        guard !part.written.contains("\"") else { return nil }
        result += "{\(part.written)}"
        continue
      }
      let inside = text.dropFirst().dropLast()
      if text.hasPrefix("'"), inside.contains(where: { "\"{}\\".contains($0) }) { return nil }
      result += inside
    }
    return .atom("\"\(result)\"")
  }
}

extension Token {
  /// Whether it may name a field where other languages write one: a number may.
  fileprivate var startsField: Bool {
    if case .number = form { true } else { fieldNameText != nil }
  }
}
