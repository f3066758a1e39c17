/// What is typed of an input, with the cursor's place in it.
package struct Draft: Sendable, Hashable {
  package let text: String
  /// In bytes.
  package let cursor: Int

  /// - Parameter cursor: behind the text where it is `nil`.
  package init(_ text: String = "", cursor: Int? = nil) {
    self.text = text
    self.cursor = cursor ?? text.utf8.count
  }
}

/// What comes of asking for a line.
package enum LineEvent: Sendable, Hashable {
  /// The bytes of a line, or of a whole input of several, without its end; not yet known to be UTF-8.
  case line([UInt8])
  /// Something has ended elsewhere; what is typed is to be asked for again as the draft.
  case news(draft: Draft)
  /// What is typed is to be edited in a program of the user's choice.
  case edit([UInt8])
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
  /// Whether its lines are whole inputs, or as much of one as the user wants run.
  var editsSeveralLines: Bool { get }
  /// What it asks about the input that is being typed.
  var guide: InputGuide? { get set }
  /// Waits for one line, or for as many as a whole input has where it can edit several.
  ///
  /// - Parameter draft: what is typed already.
  func read(prompt: String, draft: Draft) -> LineEvent
  /// The next line if it can be seen without waiting for someone to type it; it stays unread.
  func peek() -> [UInt8]?
  /// What was met instead of a next line, where that ends the reading: a signal that came while it was looked for.
  var interruption: LineEvent? { get }
  /// Puts a whole input, of one or more lines, into the history.
  func remember(_ input: String)
}

extension LineReader {
  package var editsSeveralLines: Bool { false }
  package func peek() -> [UInt8]? { nil }
  package var interruption: LineEvent? { nil }
  package func remember(_ input: String) {}
}
