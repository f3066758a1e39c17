/// A part of a program's text with what it is, for colours on a screen and in a report.
public struct Highlight: Sendable, Hashable {
  public enum Role: Sendable, Hashable {
    case command, keyword, label, number, text, comment
    /// What means nothing where it stands: a stray character, a bracket that closes nothing.
    case mistake
  }
  public let role: Role
  /// UTF-8 bytes from the start of the text.
  public let range: Range<Int>

  public init(_ role: Role, _ range: Range<Int>) {
    self.role = role
    self.range = range
  }
}

/// A program's text as an editor sees it: its tokens alone, so that text with mistakes is seen as well.
///
/// Costs one pass over the text.
public struct SyntaxView: Sendable {
  private let bytes: [UInt8]
  private let tokens: [Token]
  /// The bytes of brackets with a partner, and of closing ones without.
  private let pairs: [(open: Int, close: Int)]
  private let strays: Set<Int>
  private let endsInText: Bool

  public init(_ text: String) {
    bytes = Array(text.utf8)
    var lexer = Lexer(bytes: bytes)
    lexer.scan()
    let tokens = lexer.tokens
    let brackets = Brackets(of: tokens)
    self.tokens = tokens
    endsInText = lexer.endsInText
    pairs = brackets.closing.map { (tokens[$0.key].span.start, tokens[$0.value].span.start) }
    strays = Set(
      brackets.lonely.compactMap { index in
        guard case .mark(let mark) = tokens[index].form, mark.isClosing else { return nil }
        return tokens[index].span.start
      })
  }

  /// The parts that are set apart, in order and without overlap.
  ///
  /// - Parameter isCommand: whether a name means a command.
  public func highlights(isCommand: (String) -> Bool) -> [Highlight] {
    var found: [Highlight] = []
    collect(tokens, into: &found, isCommand: isCommand)
    return found
  }

  private func collect(_ tokens: [Token], into found: inout [Highlight], isCommand: (String) -> Bool) {
    for (index, token) in tokens.enumerated() {
      let gapStart = index > 0 ? tokens[index - 1].span.end : found.isEmpty ? 0 : token.span.start
      collectComments(in: gapStart..<token.span.start, into: &found)
      let range = token.span.start..<token.span.end
      switch token.form {
      case .number: found.append(Highlight(.number, range))
      case .text: found.append(Highlight(.text, range))
      case .interpolation(let pieces):
        var start = range.lowerBound
        for case .tokens(let inner) in pieces {
          guard let first = inner.first, let last = inner.last, last.isEnd else { continue }
          if start < first.span.start { found.append(Highlight(.text, start..<first.span.start)) }
          collect(inner, into: &found, isCommand: isCommand)
          start = last.span.start
        }
        if start < range.upperBound { found.append(Highlight(.text, start..<range.upperBound)) }
      case .name(let name):
        let isLabel =
          index + 1 < tokens.count && tokens[index + 1].isMark(.colon) && !tokens[index + 1].hasSpaceBefore
        if isLabel {
          found.append(Highlight(.label, range.lowerBound..<tokens[index + 1].span.end))
        } else if reservedWords.contains(name) {
          found.append(Highlight(.keyword, range))
        } else if isCommand(name), index == 0 || !tokens[index - 1].isMark(.dot) {
          found.append(Highlight(.command, range))
        }
      case .invalid:
        let isText = bytes[range.lowerBound] == .doubleQuote || bytes[range.lowerBound] == .quote
        found.append(Highlight(isText ? .text : .mistake, range))
      case .mark: if strays.contains(range.lowerBound) { found.append(Highlight(.mistake, range)) }
      case .end: break
      }
    }
  }

  /// Between tokens there is white space, and comments up to the ends of their lines.
  private func collectComments(in gap: Range<Int>, into found: inout [Highlight]) {
    var index = gap.lowerBound
    while index < gap.upperBound {
      guard bytes[index] == .hash else {
        index += 1
        continue
      }
      let end = bytes[index..<gap.upperBound].firstIndex(of: .newline) ?? gap.upperBound
      found.append(Highlight(.comment, index..<end))
      index = end
    }
  }

  /// The bytes of the bracket at the cursor, which stands behind it or on it, and of its partner.
  ///
  /// - Parameter offset: the cursor, in UTF-8 bytes.
  /// - Returns: `nil` where no bracket with a partner touches the cursor.
  public func pair(at offset: Int) -> (open: Int, close: Int)? {
    for place in [offset - 1, offset] {
      if let pair = pairs.first(where: { $0.open == place || $0.close == place }) { return pair }
    }
    return nil
  }

  /// How many brackets are open at the end; none inside a text, where a space would be a part of it.
  public var openBrackets: Int {
    if endsInText { return 0 }
    var depth = 0
    for case .mark(let mark) in tokens.map(\.form) {
      if mark.closing != nil { depth += 1 } else if mark.isClosing { depth = max(0, depth - 1) }
    }
    return depth
  }
}
