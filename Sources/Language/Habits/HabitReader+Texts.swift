extension HabitReader {
  mutating func quotedText() throws(Unreadable) -> Phrase {
    let token = current
    let written = text(token)
    // `"""text"""` is three texts that touch.
    for quotes in ["\"\"\"", "'''"] where written == quotes.prefix(2) && isAt3(quotes, token.span.start) {
      return try tripleQuoted(quotes)
    }
    guard !(next.isText && !next.hasSpaceBefore) else { throw Unreadable() }
    advance()
    guard written.hasPrefix("\""), written.contains(":") else { return .atom(written) }
    return .atom("\"\(try withoutFormats(String(written.dropFirst().dropLast())))\"")
  }

  /// `{x:.2f}` → `{x}`: what Python writes behind an `f`. All else stays.
  private mutating func withoutFormats(_ text: String) throws(Unreadable) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      result.append(character)
      guard character == "{" || character == "\\" || character == "}" else { continue }
      if rest.first == character || character == "\\" {
        if let next = rest.popFirst() { result.append(next) }
        continue
      }
      var behind = rest
      guard character == "{", let field = TextField(takenFrom: &behind), field.isFormatted else { continue }
      result += try expression(in: String(field.content)).written + "}"
      rest = behind
    }
    return result
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
  mutating func prefixedText(_ name: String) throws(Unreadable) -> Phrase? {
    let prefixes: Set<String> = ["f", "F", "r", "R", "u", "U", "b", "B", "fr", "rf"]
    guard prefixes.contains(name), next.isText, !next.hasSpaceBefore else { return nil }
    advance()
    let written = text(current)
    advance()
    let inside = String(written.dropFirst().dropLast())
    if name.lowercased().contains("f") {
      // Behind an `r` a backslash is one.
      guard !inside.contains("\""), name.count == 1 || !inside.contains("\\") else { throw Unreadable() }
      return .atom("\"\(try filled(inside) { (reader, field) throws(Unreadable) in try reader.value(in: field) })\"")
    }
    guard name.lowercased() == "r", !inside.contains("'") else { return .atom(written) }
    return .atom("'\(inside)'")
  }

  // MARK: Fields

  /// A text with what stands for each of its fields; doubled braces stay.
  private mutating func filled(
    _ text: String, _ value: (inout HabitReader, TextField) throws(Unreadable) -> String
  ) throws(Unreadable) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "{" || character == "}" else {
        result.append(character)
        continue
      }
      if rest.first == character {
        rest.removeFirst()
        result += [character, character]
        continue
      }
      guard character == "{", let field = TextField(takenFrom: &rest) else { throw Unreadable() }
      result += try value(&self, field)
    }
    return result
  }

  /// `{x:.2f}` → `{x}`, `{x!r}` → `{x}`, `{x=}` → `x={x}`
  private mutating func value(in field: TextField) throws(Unreadable) -> String {
    let value = try expression(in: String(field.content)).written
    return field.isNamed ? "\(field.content)={\(value)}" : "{\(value)}"
  }

  /// `"{} of {}".format(a, b)`, `"{1} {0}".format(a, b)`, `"{x}".format(x=a)`
  mutating func formatted(_ text: Phrase, fields arguments: [PhraseArgument]) throws(Unreadable) -> Phrase {
    guard case .atom(let written) = text, text.isText else { throw Unreadable() }
    let values = arguments.filter { $0.label == nil }.map(\.value)
    var used: Set<String> = []
    var counted = 0
    var isNumbered = false
    let result = try filled(String(written.dropFirst().dropLast())) { (_, field) throws(Unreadable) in
      guard !field.isNamed else { throw Unreadable() }
      let name = field.content.isEmpty ? "\(counted)" : String(field.content)
      let place = Int(name)
      if field.content.isEmpty { counted += 1 } else if place != nil { isNumbered = true }
      var value = arguments.first { $0.label == name }?.value
      if let place { value = values.indices.contains(place) ? values[place] : nil }
      guard let value else { throw Unreadable() }
      used.insert(name)
      return "{\(value.written)}"
    }
    // Fields are counted or numbered, and a value that none names was meant for something.
    guard counted == 0 || !isNumbered, used.count == arguments.count, !result.contains("\"") else { throw Unreadable() }
    return .atom("\"\(result)\"")
  }

  /// `"%d of %s" % (a, b)`, `"%(x)s" % {"x": a}`
  func formatted(_ text: Phrase, with values: Phrase) throws(Unreadable) -> Phrase {
    guard case .atom(let written) = text, text.isText else { throw Unreadable() }
    var arguments: ArraySlice<Phrase> = []
    var named: [String: Phrase] = [:]
    switch values {
    case .list(let elements): arguments = elements[...]
    case .record(let fields): for field in fields { named[field.name] = field.value }
    default: arguments = [values]
    }
    var used: Set<String> = []
    var result = ""
    var rest = written.dropFirst().dropLast()
    while let character = rest.popFirst() {
      guard character == "%" else {
        // A brace is one there.
        result += "{}".contains(character) ? [character, character] : [character]
        continue
      }
      guard let conversion = Conversion(takenFrom: &rest) else { throw Unreadable() }
      if conversion.isPercent {
        result.append("%")
        continue
      }
      let value = conversion.name.map { named[$0] } ?? arguments.popFirst()
      guard let value else { throw Unreadable() }
      if let name = conversion.name { used.insert(name) }
      result += "{\(value.written)}"
    }
    guard arguments.isEmpty, used.count == named.count, !result.contains("\"") else { throw Unreadable() }
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

extension PhraseArgument {
  /// The label without the quotes that a field's may have.
  fileprivate var name: String { label.map { $0.filter { $0 != "\"" && $0 != "'" } } ?? "" }
}
