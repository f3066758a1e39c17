extension HabitReader {
  /// An atom with its members, elements, parts and arguments in parentheses, or a range of two.
  mutating func item() throws(Unreadable) -> Phrase {
    let lower = try signed()
    // `load ../images` names a folder.
    guard current.isMark(.range), !isAtLineEnd, !current.hasSpaceBefore || next.hasSpaceBefore else { return lower }
    advance()
    // `x[1..]`, which ends with its end.
    if isAt("]") { return .range(lower, .openEnd) }
    return .range(lower, try signed())
  }

  private mutating func signed() throws(Unreadable) -> Phrase {
    if isAt("-"), !isAt("->") {
      advance()
      return .negation(try nested { (reader) throws(Unreadable) in try reader.signed() })
    }
    if isAt("+"), !isAt("++") {
      advance()
      return try nested { (reader) throws(Unreadable) in try reader.signed() }
    }
    return try steps(after: atom())
  }

  private mutating func steps(after atom: Phrase) throws(Unreadable) -> Phrase {
    var value = atom
    while !current.hasSpaceBefore, !isAtLineEnd {
      if current.isMark(.dot), !isAt(".*"), !isAt(".^") {
        advance()
        // `5.` is a number.
        guard let name = current.nameText, !current.hasSpaceBefore else {
          guard value.wholeNumber != nil else { throw Unreadable() }
          return value
        }
        advance()
        let isMethod = current.isMark(.openParenthesis) && !current.hasSpaceBefore
        value = isMethod ? .member(value, name) : member(name, of: value)
      } else if current.isMark(.openBracket) {
        value = try part(of: value)
      } else if current.isMark(.openParenthesis) {
        let arguments = try argumentsInParentheses(of: value)
        value = try made(value, arguments)
      } else {
        break
      }
    }
    return value
  }

  /// `x[0]`, `x[-1]`, `x[0:2]`, `x[:2]`, `x[1:]`
  private mutating func part(of value: Phrase) throws(Unreadable) -> Phrase {
    try inBrackets { (reader) throws(Unreadable) in
      reader.advance()
      let lower: Phrase? = reader.isAt(":") ? nil : try reader.expression()
      guard reader.isAt(":") else {
        try reader.expect("]")
        if case .range(let start, let end)? = lower, end.isOpenEnd {
          return .element(value, .range(start, try reader.last(nil, of: value)))
        }
        return .element(value, try reader.bound(lower, of: value) ?? .list([]))
      }
      reader.advance()
      let upper: Phrase? = reader.isAt("]") ? nil : try reader.expression()
      try reader.expect("]")
      if lower == nil, upper == nil { return value }
      // A part without elements has no form here.
      let (start, end) = (lower?.wholeNumber ?? (lower == nil ? 0 : nil), upper?.wholeNumber)
      if end == 0 { throw Unreadable() }
      if let start, let end, (start < 0) == (end < 0), end <= start { throw Unreadable() }
      return .element(
        value, .range(try reader.bound(lower, of: value) ?? .atom("0"), try reader.last(upper, of: value)))
    }
  }

  private func fromEnd(of value: Phrase, _ distance: Int) -> Phrase {
    .binary(.member(value, "count"), .subtract, .atom("\(distance)"))
  }

  /// A place as it is counted here, where none is counted from the end.
  private func bound(_ place: Phrase?, of value: Phrase) throws(Unreadable) -> Phrase? {
    guard case .negation? = place else { return place }
    guard let number = place?.wholeNumber else { throw Unreadable() }
    return number < 0 ? fromEnd(of: value, -number) : .atom("\(number)")
  }

  /// The last place of a part: theirs ends before its end, ours with it.
  private func last(_ end: Phrase?, of value: Phrase) throws(Unreadable) -> Phrase {
    guard let end else { return fromEnd(of: value, 1) }
    guard let number = end.wholeNumber else {
      if case .negation = end { throw Unreadable() }
      return .binary(end, .subtract, .atom("1"))
    }
    return number < 0 ? fromEnd(of: value, 1 - number) : .atom("\(number - 1)")
  }

  // MARK: Arguments in parentheses

  /// `(a, b, c=1)`, also on several lines.
  mutating func argumentsInParentheses(of callee: Phrase? = nil) throws(Unreadable) -> [PhraseArgument] {
    try inBrackets { (reader) throws(Unreadable) in
      var arguments: [PhraseArgument] = []
      reader.advance()
      while !reader.isAt(")") {
        if let label = try reader.labelled(of: callee, { (reader) throws(Unreadable) in try reader.expression() }) {
          arguments.append(label)
        } else {
          let parameter = callee?.name.flatMap { reader.command($0) }?.signature
            .positional(arguments.count { $0.label == nil })
          arguments.append(PhraseArgument(label: nil, value: try reader.element(for: parameter)))
        }
        if reader.isAt(",") { reader.advance() } else if !reader.isAt(")") { throw Unreadable() }
      }
      reader.advance()
      return arguments
    }
  }

  /// A path, an expression, or one with its loop behind it.
  mutating func element(for parameter: Parameter? = nil) throws(Unreadable) -> Phrase {
    if let path = path(for: parameter) { return path }
    let value = try expression()
    if let loop = try comprehension(of: value) { return loop }
    return value
  }

  /// The label of a command that a name stands for: its own, but for case and `_`, or what other tools call so.
  func label(_ name: String, of command: Command) -> String {
    if command.signature.labelled(name) != nil { return name }
    let plain = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    if command.signature.labelled(plain) != nil { return plain }
    let labels = command.parameters.filter { $0.position == .labelled }.map(\.name)
    return registry.synonyms.labels(name, among: labels).first ?? name
  }

  /// A value as its parameter would have it: a choice without its quotes, a text where one is asked for.
  func fitted(_ value: Phrase, to parameter: Parameter?) -> Phrase {
    guard let parameter else { return value }
    if case .atom(let text) = value, value.isText {
      let word = String(text.dropFirst().dropLast())
      if parameter.accepts.choices.contains(word) { return .atom(word) }
      // `systems: "unet"`
      let accepts = parameter.accepts
      if !accepts.mayFit(.text, unit: nil), accepts.mayFit(.list(of: .text), unit: nil) { return .list([value]) }
      return unquoted(value, for: parameter)
    }
    // `methods: found`
    if let name = value.name, let kind = kinds?(name), !parameter.accepts.mayFit(kind, unit: nil),
      parameter.accepts.mayFit(.record, unit: nil)
    {
      return .record([PhraseArgument(label: name, value: value)])
    }
    // `systems: [unet, pixel-gan]`
    let words = parameter.accepts.choices.isEmpty ? parameter.accepts.quotedWords : []
    if case .list(let elements) = value, !words.isEmpty { return .list(elements.map { quoted($0, among: words) }) }
    if let name = value.name, words.contains(name) { return .list([quoted(value, among: words)]) }
    // `size=(128, 128)`
    if case .list(let elements) = value, let first = elements.first?.wholeNumber,
      elements.allSatisfy({ $0.wholeNumber == first }), parameter.accepts.mayFit(.number, unit: .one),
      !parameter.accepts.mayFit(.list(of: .number), unit: nil)
    {
      return elements[0]
    }
    return value
  }

  private func quoted(_ word: Phrase, among words: [String]) -> Phrase {
    if let name = word.name, words.contains(name) { .atom("\"\(name)\"") } else { word }
  }

  // MARK: Paths

  /// A path without its quotes, where a text is asked for: `data/images`, `./x`, `C:\data`, `eye.png`, and a name that
  /// means nothing else.
  mutating func path(for parameter: Parameter?) -> Phrase? {
    guard let parameter, parameter.accepts.takesText, !parameter.accepts.isTopic, !current.isEnd else { return nil }
    let start = current.span.start
    let end = bytes[start...].firstIndex { $0 <= .space || ",;)(|\"'[]{}".utf8.contains($0) } ?? bytes.count
    let written = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let first = written.unicodeScalars.first,
      first.properties.isAlphabetic || "./~\\_".unicodeScalars.contains(first)
    else { return nil }
    // A colon belongs to a drive alone: `C:\data`.
    let afterColon = written.drop { $0 != ":" }.dropFirst()
    guard afterColon.isEmpty ? !written.contains(":") : "\\/".contains(afterColon[afterColon.startIndex]) else {
      return nil
    }
    let isPath = written.contains("/") || written.contains("\\") || isFileName(written)
    let isUnknownName = current.span.end == end && (current.nameText.map(meansNothing) ?? false)
    guard isPath || isUnknownName, end > start else { return nil }
    while !current.isEnd, current.span.start < end { advance() }
    return .atom(written.contains("\\") ? "'\(written)'" : "\"\(written)\"")
  }

  /// Whether a name is known to be neither bound nor a command.
  private func meansNothing(_ name: String) -> Bool {
    kinds != nil && !isBound(name) && command(name) == nil && !reservedWords.contains(name)
  }

  private func isFileName(_ written: String) -> Bool {
    guard let dot = written.lastIndex(of: ".") else { return false }
    let ending = written[written.index(after: dot)...].lowercased()
    return registry.fileEndings.contains(ending) && dot > written.startIndex
  }
}
