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
public struct CompletionAnswer: Sendable {
  /// The byte at which the word to replace starts; inside a text, the first byte after the quote.
  public let start: Int
  public let items: [Completion]
  /// Whether the cursor is inside a text.
  public let isInText: Bool
  /// Whether it is inside a text where a path is the likely answer.
  public let wantsPath: Bool
  /// What is asked for at the cursor, with its unit, range and default: `epochs: passes over the images (a whole …)`.
  public let wanted: String?
}

/// What may stand at the cursor.
///
/// - Parameter offset: the cursor, in UTF-8 bytes from the start of `line`.
public func completions(in line: String, at offset: Int, session: Session) -> CompletionAnswer {
  let bytes = Array(line.utf8.prefix(max(0, offset)))
  var lexer = Lexer(bytes: bytes)
  lexer.scan()
  if let open = lexer.mistakes.last(where: { $0.problem.isUnclosedText }) {
    let before = lexer.tokens.filter { $0.span.end <= open.span.start }
    let position = CompletionPosition(tokens: before, wordStart: open.span.start, session: session)
    let parameter = position.parameter
    let typed = String(decoding: bytes[open.span.end...], as: UTF8.self)
    let words = parameter?.accepts.quotedWords ?? []
    return CompletionAnswer(
      start: open.span.end, items: words.filter { $0.hasPrefix(typed) }.map { Completion($0, .choice) },
      isInText: true, wantsPath: words.isEmpty, wanted: parameter.map(parameterHelp))
  }
  var tokens = Array(lexer.tokens.dropLast())
  // Behind the last token only a comment of the same line can hold a `#`.
  let gap = bytes[(tokens.last?.span.end ?? 0)...]
  if gap.reversed().prefix(while: { $0 != .newline }).contains(.hash) {
    return CompletionAnswer(start: bytes.count, items: [], isInText: false, wantsPath: false, wanted: nil)
  }

  // The word that is being typed is what ends at the cursor.
  var word = ""
  var start = bytes.count
  if let last = tokens.last, last.span.end == bytes.count, let name = last.nameText {
    (word, start) = (name, last.span.start)
    tokens.removeLast()
  } else if let last = tokens.last, last.span.end == bytes.count, last.isMark(.minus), bytes.last == .hyphen,
    tokens.count > 1,
    let name = tokens[tokens.count - 2].nameText, !last.hasSpaceBefore
  {
    // `train-` is on its way to `train-net`.
    (word, start) = (name + "-", tokens[tokens.count - 2].span.start)
    tokens.removeLast(2)
  } else if let last = tokens.last, last.span.end == bytes.count, case .number = last.form, tokens.count > 1,
    tokens[tokens.count - 2].isMark(.colon)
  {
    // A choice may read as a number.
    (word, start) = (String(decoding: bytes[last.span.start...], as: UTF8.self), last.span.start)
    tokens.removeLast()
  }
  let position = CompletionPosition(
    tokens: tokens, wordStart: start, word: word,
    beginsLine: bytes[(tokens.last?.span.end ?? 0)..<start].contains(.newline)
      && Brackets(of: tokens).firstOpenList == nil,
    session: session)
  let proposals = position.proposals().filter { $0.text.hasPrefix(word) }
  return CompletionAnswer(
    start: start, items: proposals, isInText: false, wantsPath: false, wanted: position.parameter.map(parameterHelp))
}
