/// One proposal for the word at the cursor.
public struct Completion: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case command, label, choice, name, member, keyword }
  /// The whole word that replaces what was typed; labels end in `: `.
  public let text: String
  public let kind: Kind
  /// One line of help.
  public let help: String
}

/// What may stand at the cursor.
///
/// - Parameter offset: the cursor, in UTF-8 bytes from the start of `line`.
/// - Returns: the byte at which the word to replace starts, the proposals, and whether the cursor is inside a text
///   literal, where a path is the likely answer (`start` is then the first byte after the quote).
public func completions(
  in line: String, at offset: Int, session: Session
) -> (start: Int, items: [Completion], wantsPath: Bool) {
  (offset, [], false)
}
