extension HabitReader {
  /// Everything up to the end, a statement each.
  mutating func sentences() throws(Unreadable) -> [Sentence] {
    var result: [Sentence] = []
    while pass(";") {}
    while !isAtEnd {
      result += try sentence()
      guard isAtLineEnd || isAt(";") || isAt("}") else { throw Unreadable() }
      while pass(";") {}
      if isAt("}") { break }
    }
    return result
  }

  /// One statement as they write it, which may be several of ours.
  mutating func sentence() throws(Unreadable) -> [Sentence] {
    while pass(">>>") {}
    // `!ls` asks a shell.
    if isAt("!"), let word = next.nameText, OtherLanguages.advice(onWord: word) != nil { throw Unreadable() }
    if let question = try question() { return [question] }
    let isWhole = dropDeclaration() == "int"
    if let names = boundNames() {
      let bound = try binding(names)
      // `int x = 2.5` leaves the fraction out.
      if isWhole, case .binding(_, let value)? = bound.first, !value.isSurelyWhole { throw Unreadable() }
      return bound
    }
    if let name = current.nameText {
      if let operation = augmentation(), !reservedWords.contains(name) { return [try augmented(name, by: operation)] }
      switch name {
      case "print", "show": return [try output()]
      case "def", "function", "func", "fn", "fun": return [try definition()]
      case "return": return [try result()]
      case "if": return [.expression(try conditional())]
      case "for", "foreach": return [.expression(try loop())]
      case _ where OtherLanguages.statements.contains(name) && !isBound(name): throw Unreadable()
      default: break
      }
    }
    let start = index
    var values = [try expression()]
    if pass("->") { return [.binding([try takeName()], values[0])] }
    if case .call(.atom(let word), let arguments) = values[0], word == "print" || word == "show" {
      return [output(word, arguments)]
    }
    while current.isMark(.comma), !isAtLineEnd {
      advance()
      values.append(try expression())
    }
    return [.expression(try thousands(values, from: start) ?? (values.count == 1 ? values[0] : .list(values)))]
  }

  /// `return x`, `return a, b`
  private mutating func result() throws(Unreadable) -> Sentence {
    advance()
    returns += 1
    var values: [Phrase] = []
    repeat {
      guard !isAtLineEnd else { throw Unreadable() }
      values.append(try expression())
    } while pass(",")
    return .result(values.count == 1 ? values[0] : .list(values))
  }

  /// `?load`, `load?`, `??load`
  private mutating func question() throws(Unreadable) -> Sentence? {
    var name: String?
    if isAt("?"), let word = next.nameText, tokens.count == 3 { name = word }
    if let word = current.nameText, tokens.count == 3, text(next).allSatisfy({ $0 == "?" }), !next.isEnd { name = word }
    guard let name, registry.commands["help"] != nil else { return nil }
    advance()
    advance()
    return .expression(.call(.atom("help"), [PhraseArgument(label: nil, value: .atom(name))]))
  }

  /// `let x = 1`, `int x = 1`: passes the word, which is returned.
  private mutating func dropDeclaration() -> String? {
    let types: Set<String> = [
      "let", "var", "const", "val", "auto", "int", "float", "double", "string", "bool", "local", "my",
    ]
    guard let word = current.nameText, types.contains(word), next.nameText != nil, index + 2 < tokens.count else {
      return nil
    }
    let sign = text(tokens[index + 2])
    guard sign == "=" || sign == ":=" else { return nil }
    advance()
    return word
  }

  // MARK: Bindings

  /// The names of `a, b =`, `x :=` or `x <-`, passed with the sign; `nil` where something else stands.
  private mutating func boundNames() -> [String]? {
    let start = index
    var names: [String] = []
    while let name = current.nameText, !reservedWords.contains(name) {
      names.append(name)
      advance()
      if isAt("="), !isAt("=="), !isAt("=>") {
        advance()
        return names
      }
      if isAt(":=") || isAt("<<-") || (isAt("<-") && tokens[index].hasSpaceBefore) {
        _ = pass(":=") || pass("<<-") || pass("<-")
        return names
      }
      guard current.isMark(.comma) else { break }
      advance()
    }
    index = start
    return nil
  }

  private mutating func binding(_ names: [String]) throws(Unreadable) -> [Sentence] {
    // `a = b = 1` binds the last name first.
    if names.count == 1, let inner = boundNames(), inner.count == 1 {
      return try binding(inner) + [.binding(names, .atom(inner[0]))]
    }
    if names.count == 1, let function = try function(named: names[0]) { return [function] }
    let start = index
    var values = [try counted()]
    while current.isMark(.comma), !isAtLineEnd {
      advance()
      if isAtLineEnd { break }
      values.append(try expression())
    }
    // `1,000`
    if names.count == 1, let number = try thousands(values, from: start) { return [.binding(names, number)] }
    return [.binding(names, values.count == 1 ? values[0] : .list(values))]
  }

  /// `1,000` is a number where its parts touch; `1,500` may be one or a list, which is not decided here.
  ///
  /// - Parameter start: the first token of the values, which end before the current one.
  private func thousands(_ values: [Phrase], from start: Int) throws(Unreadable) -> Phrase? {
    guard values.count > 1, tokens[start..<index].dropFirst().allSatisfy({ !$0.hasSpaceBefore }) else { return nil }
    let parts = values.map { if case .atom(let text) = $0 { text } else { "" } }
    let isNumber = parts.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isNumber) }
    guard isNumber, (1...3).contains(parts[0].count), parts[0].allSatisfy(\.isNumber) else { return nil }
    // Nobody writes an element with a zero before it.
    guard parts[0] != "0", parts.dropFirst().contains(where: { $0.hasPrefix("0") }) else { throw Unreadable() }
    return .atom(parts.joined())
  }

  /// The operator of `x += 1`, `x++`.
  private func augmentation() -> Operator? {
    let after = next
    guard !after.isEnd else { return nil }
    let signs: [(String, Operator)] = [
      ("+=", .add), ("-=", .subtract), ("*=", .multiply), ("/=", .divide), ("**=", .power), ("^=", .power),
      ("++", .add), ("--", .subtract),
    ]
    let found = signs.first { bytes[after.span.start...].starts(with: $0.0.utf8) }
    // `train-gan --help`
    if let found, found.0 == "--", after.hasSpaceBefore { return nil }
    return found?.1
  }

  private mutating func augmented(_ name: String, by operation: Operator) throws(Unreadable) -> Sentence {
    advance()
    if pass("++") || pass("--") { return .binding([name], .binary(.atom(name), operation, .atom("1"))) }
    guard pass("**=") || pass("+=") || pass("-=") || pass("*=") || pass("/=") || pass("^=") else { throw Unreadable() }
    return .binding([name], .binary(.atom(name), operation, try expression()))
  }

  // MARK: Output

  /// `print("a", x)`, `print "a", x`, `print x y`, `show(x)`
  private mutating func output() throws(Unreadable) -> Sentence {
    let word = text(current)
    advance()
    if current.isMark(.openParenthesis), !current.hasSpaceBefore || closesStatement(index) {
      return output(word, try argumentsInParentheses())
    }
    var arguments: [PhraseArgument] = []
    while !isAtLineEnd, !isAt(";"), !isAt("}"), !current.isName("else"), !isAtEndWord {
      if let label = try label() {
        arguments.append(label)
        continue
      }
      arguments.append(PhraseArgument(label: nil, value: try expression()))
      if current.isMark(.comma) { advance() }
    }
    return output(word, arguments)
  }

  private func output(_ word: String, _ arguments: [PhraseArgument]) -> Sentence {
    // What Python's `print` may be told says nothing here.
    let dropped: Set<String> = ["end", "sep", "flush", "file"]
    return .output(
      word, arguments.filter { $0.label == nil }.map(\.value),
      labels: arguments.filter { $0.label.map { !dropped.contains($0) } ?? false })
  }

  /// Whether the parenthesis at an index closes at the end of its statement.
  private func closesStatement(_ open: Int) -> Bool {
    guard let close = Brackets(of: tokens).closing[open] else { return false }
    let after = tokens[min(close + 1, tokens.count - 1)]
    return after.isEnd || after.startsLine || text(after) == ";"
  }
}
