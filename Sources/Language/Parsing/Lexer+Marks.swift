extension Lexer {
  /// Punctuation or an operator, the longest that fits; `nil` when the byte begins none.
  mutating func mark(startingWith byte: UInt8) -> Token.Form? {
    let start = position
    // Most marks stand alone: a pair begins with one of few characters and goes on with fewer.
    if Self.pairBegins.contains(byte), Self.pairEnds.contains(at(start + 1)) {
      let pair = String(decoding: bytes[start..<start + 2], as: UTF8.self)
      if let ours = Self.foreign[pair] {
        position += 2
        report(.foreignOperator(pair, advice: "write `\(ours)`"), from: start, to: position)
        return Mark(rawValue: ours).map { .mark($0) } ?? .name(ours)
      }
      if let advice = OtherLanguages.advice(onSign: pair) {
        position += 2
        report(.foreignOperator(pair, advice: advice), from: start, to: position)
        return .invalid
      }
      if let mark = Mark(rawValue: pair) {
        position += 2
        return .mark(mark)
      }
    }
    if byte == .dot, (UInt8.zero ... .nine).contains(at(start + 1)), start == 0 || bytes[start - 1] <= .space {
      position += 1
      let form = number()
      let written = String(decoding: bytes[start..<position], as: UTF8.self)
      report(.bareFraction(written), from: start, to: position)
      return form
    }
    guard let mark = Self.single[byte] else { return nil }
    position += 1
    return .mark(mark)
  }

  private static let pairBegins = Set("=!<>.&|*+-/:".utf8)
  private static let pairEnds = Set("=>.&|*/".utf8)
  private static let single: [UInt8: Mark] = Dictionary(
    uniqueKeysWithValues: "()[]{},:.=|<>+-*/^".compactMap { character in
      Mark(rawValue: String(character)).flatMap { mark in character.asciiValue.map { ($0, mark) } }
    })

  /// Operators of other languages, with ours.
  private static let foreign = ["&&": "and", "||": "or", "**": "^", "<>": "!="]

  /// Signs that look like ours.
  private static let lookalikes: [Unicode.Scalar: String] = [
    "\u{2212}": "-", "\u{2013}": "-", "\u{00D7}": "*", "\u{00F7}": "/", "\u{2264}": "<=", "\u{2265}": ">=",
    "\u{2260}": "!=", "\u{2018}": "'", "\u{2019}": "'", "\u{201C}": "\"", "\u{201D}": "\"", "\u{00B0}": "deg",
    "!": "not", "&": "and", "~": "not",
  ]

  /// A name that starts with a letter outside ASCII, or a character that the language has no use for.
  mutating func character() -> Token.Form {
    let start = position
    if let length = letterLength(at: start, orDigit: false), length > 1 {
      position += length
      while let next = letterLength(at: position, orDigit: true) {
        position += next
        let isInner = at(position) == .hyphen && letterLength(at: position + 1, orDigit: false) != nil
        if isInner, !(UInt8.zero ... .nine).contains(bytes[position - 1]) { position += 1 }
      }
      return .name(String(decoding: bytes[start..<position], as: UTF8.self))
    }
    let scalar = scalar(at: start)
    position = min(start + max(scalar == "\u{FFFD}" ? replacedLength(at: start) : scalar.utf8.count, 1), bytes.count)
    let problem: SyntaxProblem =
      if scalar == "\0" { .nulByte } else if scalar == "\u{FFFD}" { .invalidEncoding } else {
        .unexpectedCharacter(scalar, ours: Self.lookalikes[scalar])
      }
    // One report for a run of the same character: a binary file would give thousands.
    while at(position) == bytes[start], bytes[start] < 0x80, position < bytes.count { position += 1 }
    report(problem, from: start, to: position)
    return Self.lookalikes[scalar].flatMap { Mark(rawValue: $0) }.map { .mark($0) } ?? .invalid
  }

  /// The length of a replacement character as written, or of one byte that is not UTF-8.
  private func replacedLength(at index: Int) -> Int {
    at(index) == 0xEF && at(index + 1) == 0xBF && at(index + 2) == 0xBD ? 3 : 1
  }
}
