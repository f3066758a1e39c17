/// A program line by line, as it was written: what stands on each line and which comment ends it.
struct ProgramLines {
  enum Line {
    case blank
    /// A comment that stands alone, from its `#` on.
    case comment(String)
    /// Tokens by their places, and the comment behind them.
    case code(Range<Int>, comment: String?)
  }

  let bytes: [UInt8]
  let tokens: [Token]
  private(set) var lines: [Line] = []

  /// - Returns: `nil` for a text that can't be read as tokens.
  init?(_ text: String) {
    bytes = Array(text.utf8)
    var lexer = Lexer(bytes: bytes)
    lexer.scan()
    guard lexer.mistakes.isEmpty else { return nil }
    tokens = lexer.tokens
    var first = 0
    var end = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (index, token) in tokens.enumerated() {
      let parts = bytes[end..<token.span.start].split(separator: .newline, omittingEmptySubsequences: false)
        .map(Self.comment)
      if parts.count > 1 {
        if index > first {
          lines.append(.code(first..<index, comment: parts[0]))
        } else if index == 0 {
          lines.append(parts[0].map { .comment($0) } ?? .blank)
        }
        first = index
        lines += parts.dropFirst().dropLast().map { part in part.map { .comment($0) } ?? .blank }
      }
      end = token.span.end
      if token.isEnd {
        if index > first { lines.append(.code(first..<index, comment: parts.count == 1 ? parts[0] : nil)) }
        if parts.count > 1 || index == first, let last = parts.last ?? nil { lines.append(.comment(last)) }
      }
    }
  }

  /// The comments in their order.
  var comments: [String] {
    lines.compactMap { line in
      switch line {
      case .blank: nil
      case .comment(let text): text
      case .code(_, let comment): comment
      }
    }
  }

  /// The comment in a stretch between tokens on one line, without the white space around it.
  private static func comment(in gap: ArraySlice<UInt8>) -> String? {
    guard let start = gap.firstIndex(of: .hash), let end = gap.lastIndex(where: { $0 > .space }) else { return nil }
    return String(decoding: gap[start...end], as: UTF8.self)
  }
}
