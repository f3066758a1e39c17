/// A field in braces in a text of another language: `{x}`, `{x!r:>5}`, `{x=}`.
struct TextField {
  /// What stands for the value: an expression, a number, a name or nothing.
  let content: Substring
  /// Whether the expression is written before its value.
  let isNamed: Bool
  /// Whether a format stands behind a colon: `.2f`, `>5`, `,`.
  let isFormatted: Bool

  /// Takes the rest of a field behind its brace; `nil` where that is not closed, or its format has fields of its own.
  init?(takenFrom rest: inout Substring) {
    guard let (content, format) = Self.parts(of: rest), !format.contains("{") else { return nil }
    rest = rest[format.endIndex...].dropFirst()
    let signs = format.dropFirst()
    // `{f x at:3}` is a call with a label.
    let isFormat = !content.contains(" ") || signs.contains { "<>^,.%".contains($0) }
    isFormatted = isFormat && !signs.isEmpty && signs.allSatisfy { "<>^=+-0123456789,_.bcdeEfFgGnosxX%".contains($0) }
    var value = content
    for conversion in ["!r", "!s", "!a"] where value.hasSuffix(conversion) { value = value.dropLast(2) }
    let tight = value.filter { $0 != " " }
    isNamed = tight.hasSuffix("=") && !["==", "!=", "<=", ">="].contains { tight.hasSuffix($0) }
    if isNamed {
      while value.last == " " { value = value.dropLast() }
      value = value.dropLast()
    }
    self.content = value
  }

  /// The content up to a colon outside of all brackets and quotes, and the format behind it up to the closing brace.
  private static func parts(of text: Substring) -> (content: Substring, format: Substring)? {
    var open = 0
    var quote: Character?
    var colon: Substring.Index?
    for index in text.indices {
      let character = text[index]
      if let mark = quote {
        if character == mark { quote = nil }
        continue
      }
      switch character {
      case "'" where colon == nil, "\"" where colon == nil: quote = character
      case "(", "[", "{": open += 1
      case "}" where open == 0: return (text[..<(colon ?? index)], text[(colon ?? index)..<index])
      case ")", "]", "}": open -= 1
      case ":" where open == 0 && colon == nil: colon = index
      default: break
      }
    }
    return nil
  }
}

/// A conversion behind a per cent sign: `%d`, `%-5.2f`, `%(x)s`, `%%`.
struct Conversion {
  let name: String?
  let isPercent: Bool

  /// Takes the rest of a conversion behind its sign; `nil` where it is none, or writes a number in another base.
  init?(takenFrom rest: inout Substring) {
    if rest.first == "%" {
      rest.removeFirst()
      (name, isPercent) = (nil, true)
      return
    }
    isPercent = false
    if rest.first == "(" {
      guard let close = rest.firstIndex(of: ")") else { return nil }
      name = String(rest[..<close].dropFirst())
      rest = rest[close...].dropFirst()
    } else {
      name = nil
    }
    rest = rest.drop { "-+#0123456789.".contains($0) }.drop { "lh".contains($0) }
    guard let letter = rest.popFirst(), "diufFgGeEsra".contains(letter) else { return nil }
  }
}
