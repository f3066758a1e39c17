/// What comes of asking for a line.
package enum LineEvent: Sendable, Hashable {
  /// The bytes of a line without its end; not yet known to be UTF-8.
  case line([UInt8])
  /// Ctrl-C: what was typed is gone.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the file.
  case endOfInput
  /// The program was asked to leave.
  case terminated(signal: Int32)
}

/// Where the prompt's lines come from: a terminal with an editor, or plain input.
package protocol LineReader: AnyObject {
  /// Whether someone types: prompts are shown, errors don't count, Ctrl-C clears the line.
  var isInteractive: Bool { get }
  /// Waits for one line.
  func read(prompt: String) -> LineEvent
  /// The next line if it can be seen without waiting for someone to type it; it stays unread.
  func peek() -> [UInt8]?
  /// Puts a whole input, of one or more lines, into the history.
  func remember(_ input: String)
  /// Sets what completes at the cursor: gets the line and the cursor's byte offset in it.
  func complete(with completer: @escaping @Sendable (_ line: String, _ offset: Int) -> CompletionList)
}

extension LineReader {
  package func peek() -> [UInt8]? { nil }
  package func remember(_ input: String) {}
  package func complete(with completer: @escaping @Sendable (_ line: String, _ offset: Int) -> CompletionList) {}
}
