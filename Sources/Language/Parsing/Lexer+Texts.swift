extension Lexer {
  /// `'…'`: everything between the quotes as it stands, over several lines where need be.
  mutating func rawText() -> Token.Form {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != .quote, !endsLine(at: position) { position += 1 }
    guard at(position) == .quote else { return leaveOpenText(from: start) }
    position += 1
    let inside = start + 1..<position - 1
    reportUnreadable(in: inside)
    return .text(String(decoding: bytes[inside], as: UTF8.self))
  }

  /// `"…"`: with `{expression}`, `{{` for a brace, and `\n`, `\t`, `\"`, `\\`.
  mutating func interpolatedText() -> Token.Form {
    let start = position
    position += 1
    var pieces: [Token.RawPiece] = []
    var literal: [UInt8] = []
    while position < bytes.count, bytes[position] != .doubleQuote, !endsLine(at: position) {
      if bytes[position] == .openBrace, at(position + 1) != .openBrace {
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        literal = []
        guard let tokens = interpolation() else { return .invalid }
        pieces.append(.tokens(tokens))
      } else {
        literal.append(literalByte())
      }
    }
    guard at(position) == .doubleQuote else { return leaveOpenText(from: start) }
    reportUnreadable(in: start..<position)
    position += 1
    if pieces.isEmpty { return .text(String(decoding: literal, as: UTF8.self)) }
    if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
    return .interpolation(pieces)
  }

  /// Texts run over lines, except inside an interpolation.
  private func endsLine(at index: Int) -> Bool { depth > 0 && bytes[index] == .newline }

  /// The next byte of a literal part, with doubled braces and escapes resolved.
  private mutating func literalByte() -> UInt8 {
    let byte = bytes[position]
    position += 1
    switch byte {
    case .openBrace: position += 1
    case .closeBrace: if at(position) == .closeBrace { position += 1 }
    case .backslash:
      let escaped = at(position)
      guard let meaning = Self.escapes[escaped] else {
        let scalar = position < bytes.count ? scalar(at: position) : " "
        report(.unknownEscape(scalar), from: position - 1, to: min(position + 1, bytes.count))
        break
      }
      position += 1
      return meaning
    default: break
    }
    return byte
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): .newline, UInt8(ascii: "t"): .tab, .doubleQuote: .doubleQuote, .backslash: .backslash,
  ]

  /// The tokens from an open brace to the one that closes it; `nil` when the line ends before.
  private mutating func interpolation() -> [Token]? {
    let start = position
    guard depth < Self.deepestInterpolation else {
      report(.nestedTooDeep(limit: Self.deepestInterpolation), from: start, to: start + 1)
      leaveLine()
      return nil
    }
    var inner = Lexer(bytes: bytes, at: start + 1, depth: depth + 1)
    inner.scan()
    guard inner.isClosed else {
      let isReported = inner.mistakes.contains { $0.problem.isNestedTooDeep }
      report(
        isReported ? .nestedTooDeep(limit: Self.deepestInterpolation) : .unclosedInterpolation, from: start,
        to: start + 1)
      leaveLine()
      return nil
    }
    mistakes += inner.mistakes
    position = inner.position + 1
    if inner.tokens.count == 1 { report(.emptyInterpolation, from: start, to: position) }
    return inner.tokens
  }

  /// Reports a text that never ends and takes it to end with its line, so that the lines below are still read.
  private mutating func leaveOpenText(from start: Int) -> Token.Form {
    if depth == 0 { endsInText = true }
    hasFailed = true
    report(.unclosedText(String(UnicodeScalar(bytes[start]))), from: start, to: start + 1)
    position = start + 1
    leaveLine()
    return .text(String(decoding: bytes[start + 1..<position], as: UTF8.self))
  }

  private mutating func leaveLine() {
    while position < bytes.count, bytes[position] != .newline { position += 1 }
    hasFailed = true
  }

  /// NUL and bytes that were no UTF-8 are refused in texts too: a path with one opens another file.
  private mutating func reportUnreadable(in range: Range<Int>) {
    for index in range {
      if bytes[index] == 0 { return report(.nulByte, from: index, to: index + 1) }
      if bytes[index] == 0xEF, at(index + 1) == 0xBF, at(index + 2) == 0xBD {
        return report(.invalidEncoding, from: index, to: index + 3)
      }
    }
  }
}
