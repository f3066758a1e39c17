/// Splits the UTF-8 bytes of a source into tokens; what it can't read it reports and leaves behind as `invalid`.
struct Lexer {
  let bytes: [UInt8]
  var position: Int
  var tokens: [Token] = []
  var mistakes: [SyntaxMistake] = []
  /// Interpolations that are open around the position.
  var depth: Int
  /// Whether a text was still open at the end.
  var endsInText = false
  /// Inside an interpolation: whether its brace was found, or a text in it did not end on its line.
  var isClosed = false
  var hasFailed = false

  static let deepestInterpolation = 16

  init(bytes: [UInt8], at position: Int = 0, depth: Int = 0) {
    self.bytes = bytes
    self.position = position
    self.depth = depth
    tokens.reserveCapacity(depth == 0 ? bytes.count / 8 : 4)
  }

  /// All tokens up to the end of the bytes; inside an interpolation, up to the brace that closes it.
  mutating func scan() {
    var openBraces = 0
    if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while true {
      let gap = skipGap()
      let start = position
      // An interpolation ends on its line: what follows a forgotten brace is still read.
      guard start < bytes.count, depth == 0 || (!gap.isLine && !hasFailed) else {
        return append(.end, from: start, gap)
      }
      let byte = bytes[start]
      if depth > 0 {
        if byte == .openBrace { openBraces += 1 }
        if byte == .closeBrace {
          if openBraces == 0 {
            isClosed = true
            return append(.end, from: start, gap)
          }
          openBraces -= 1
        }
      }
      append(form(startingWith: byte), from: start, gap)
    }
  }

  private mutating func append(_ form: Token.Form, from start: Int, _ gap: (isSpace: Bool, isLine: Bool)) {
    tokens.append(
      Token(
        form: form, span: Span(start, position), hasSpaceBefore: gap.isSpace || tokens.isEmpty,
        startsLine: gap.isLine))
  }

  /// Passes white space and comments.
  private mutating func skipGap() -> (isSpace: Bool, isLine: Bool) {
    let start = position
    var isLine = false
    while position < bytes.count {
      switch bytes[position] {
      case .newline:
        isLine = true
        position += 1
      case .space, .tab, .carriageReturn: position += 1
      case .hash:
        while position < bytes.count, bytes[position] != .newline { position += 1 }
      default: return (position > start, isLine)
      }
    }
    return (position > start, isLine)
  }

  private mutating func form(startingWith byte: UInt8) -> Token.Form {
    switch byte {
    case .zero ... .nine: return number()
    case .quote: return rawText()
    case .doubleQuote: return interpolatedText()
    case .letterA ... .letterZ, .lowerA ... .lowerZ, .underscore: return name()
    default: break
    }
    if let mark = mark(startingWith: byte) { return mark }
    return character()
  }

  /// A name: letters, digits and `_`; a hyphen between two letters belongs to it.
  private mutating func name() -> Token.Form {
    let start = position
    while let length = letterLength(at: position, orDigit: true) {
      position += length
      if at(position) == .hyphen, letterBefore(position), letterLength(at: position + 1, orDigit: false) != nil {
        position += 1
      }
    }
    return .name(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private func letterBefore(_ index: Int) -> Bool {
    let byte = bytes[index - 1]
    return !(.zero ... .nine).contains(byte)
  }

  /// The number of bytes of the letter at an index, `nil` when there is none.
  func letterLength(at index: Int, orDigit: Bool) -> Int? {
    switch at(index) {
    case .letterA ... .letterZ, .lowerA ... .lowerZ, .underscore: return 1
    case .zero ... .nine: return orDigit ? 1 : nil
    case 0x80...:
      let scalar = scalar(at: index)
      let isLetter = scalar.properties.isAlphabetic || (orDigit && scalar.properties.generalCategory == .nonspacingMark)
      return isLetter ? scalar.utf8.count : nil
    default: return nil
    }
  }

  /// The byte at an index; 0 after the end.
  func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// The character at an index; the replacement character where the bytes are not UTF-8.
  func scalar(at index: Int) -> Unicode.Scalar {
    String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  mutating func report(_ problem: SyntaxProblem, from start: Int, to end: Int) {
    mistakes.append(SyntaxMistake(problem: problem, span: Span(start, end)))
  }
}

/// The bytes that mean something to the lexer.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let quote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let hyphen = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")
  static let percent = UInt8(ascii: "%")
  static let zero = UInt8(ascii: "0")
  static let nine = UInt8(ascii: "9")
  static let letterA = UInt8(ascii: "A")
  static let letterZ = UInt8(ascii: "Z")
  static let lowerA = UInt8(ascii: "a")
  static let lowerZ = UInt8(ascii: "z")
  static let underscore = UInt8(ascii: "_")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
}
