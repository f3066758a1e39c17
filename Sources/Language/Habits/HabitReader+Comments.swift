extension HabitReader {
  /// A statement with the comments of other languages blanked out, and its tokens.
  static func withoutComments(_ text: String, _ registry: Registry) -> ([UInt8], [Token]) {
    var bytes = Array(text.utf8)
    while true {
      var lexer = Lexer(bytes: bytes)
      lexer.scan()
      guard let comment = Comments(bytes: bytes, tokens: lexer.tokens, registry: registry).first else {
        return (bytes, lexer.tokens)
      }
      for index in comment where bytes[index] != .newline { bytes[index] = .space }
    }
  }
}

/// Finds the comments of other languages in a statement.
private struct Comments {
  let bytes: [UInt8]
  let tokens: [Token]
  let registry: Registry

  /// The bytes of the first comment.
  var first: Range<Int>? {
    var openBrackets = 0
    for (index, token) in tokens.enumerated() {
      if case .mark(let mark) = token.form {
        if mark.closing != nil { openBrackets += 1 }
        if mark.isClosing { openBrackets -= 1 }
      }
      if let end = end(ofCommentAt: index, isBracketed: openBrackets > 0) { return token.span.start..<end }
    }
    return nil
  }

  /// The end of the comment that a token begins; `nil` where it begins none, or may be an operator.
  private func end(ofCommentAt index: Int, isBracketed: Bool) -> Int? {
    let token = tokens[index]
    let startsLine = index == 0 || token.startsLine
    guard !token.isText, !token.isEnd, startsLine || token.hasSpaceBefore else { return nil }
    let start = token.span.start
    let lineEnd = bytes[start...].firstIndex(of: .newline) ?? bytes.count
    func isAt(_ sign: String) -> Bool { bytes[start...].starts(with: sign.utf8) }
    if isAt("/*") {
      let close = bytes.indices.dropFirst(start + 2).first { bytes[$0...].starts(with: "*/".utf8) }
      return close.map { $0 + 2 }
    }
    if isAt("//") {
      let isOperator = startsLine ? isBracketed : mayGoOn(before: index) && mayBeOperand(behind: index)
      return isOperator ? nil : lineEnd
    }
    if isAt("%%"), index == 0 { return lineEnd }
    // `--x` is a number with two signs, or counts down.
    let isSpaced = start + 2 >= bytes.count || bytes[start + 2] <= .space
    return isAt("--") && isSpaced && startsLine && !isBracketed ? lineEnd : nil
  }

  /// Whether what stands before a token may be the left side of an operator.
  private func mayGoOn(before index: Int) -> Bool {
    let before = tokens[index - 1]
    if case .mark(let mark) = before.form { return mark.isClosing }
    return bytes[before.span.start] != UInt8(ascii: ";")
  }

  /// Whether what stands behind a token on its line may be the right side of an operator: all but words side by side,
  /// as people write them. `7 // 2`, `7 // n`, `7 // len(xs)`, `7 // n if n else 0`
  private func mayBeOperand(behind index: Int) -> Bool {
    let first = tokens[index + 1]
    guard !first.isEnd, !first.startsLine else { return false }
    guard let word = first.nameText else {
      if case .mark(let mark) = first.form { return [.openParenthesis, .openBracket, .minus, .plus].contains(mark) }
      return true
    }
    if nonOperands.contains(word) { return false }
    if registry.commands[word] != nil || registry.synonyms.command(word) != nil { return true }
    let second = tokens[index + 2]
    guard !second.startsLine, second.hasSpaceBefore, let next = second.nameText else { return true }
    return nonOperands.contains(next) || next == "is"
  }
}
