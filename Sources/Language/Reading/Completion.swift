/// One proposal for the word at the cursor.
public struct Completion: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case command, label, choice, name, member, keyword }
  /// The whole word that replaces what was typed; labels end in a colon and a space.
  public let text: String
  public let kind: Kind
  /// One line of help.
  public let help: String

  public init(_ text: String, _ kind: Kind, help: String = "") {
    self.text = text
    self.kind = kind
    self.help = help
  }
}

/// What may stand at the cursor.
///
/// - Parameter offset: the cursor, in UTF-8 bytes from the start of `line`.
/// - Returns: the byte at which the word to replace starts, the proposals, and whether the cursor is inside a text
///   literal, where a path is the likely answer (`start` is then the first byte after the quote).
public func completions(
  in line: String, at offset: Int, session: Session
) -> (start: Int, items: [Completion], wantsPath: Bool) {
  let bytes = Array(line.utf8.prefix(max(0, offset)))
  var lexer = Lexer(bytes: bytes)
  lexer.scan()
  if let open = lexer.mistakes.last(where: { $0.problem.isUnclosedText }) { return (open.span.end, [], true) }
  var tokens = Array(lexer.tokens.dropLast())
  // Behind the last token only a comment of the same line can hold a `#`.
  let gap = bytes[(tokens.last?.span.end ?? 0)...]
  if gap.reversed().prefix(while: { $0 != .newline }).contains(.hash) { return (bytes.count, [], false) }

  // The word that is being typed is what ends at the cursor.
  var word = ""
  var start = bytes.count
  if let last = tokens.last, last.span.end == bytes.count, let name = last.nameText {
    (word, start) = (name, last.span.start)
    tokens.removeLast()
  } else if let last = tokens.last, last.span.end == bytes.count, last.isMark(.minus), tokens.count > 1,
    let name = tokens[tokens.count - 2].nameText, !last.hasSpaceBefore
  {
    // `train-` is on its way to `train-net`.
    (word, start) = (name + "-", tokens[tokens.count - 2].span.start)
    tokens.removeLast(2)
  }
  let position = CompletionPosition(tokens: tokens, wordStart: start, session: session)
  let proposals = position.proposals().filter { $0.text.hasPrefix(word) }
  return (start, proposals, false)
}
