/// A text with a name: a file, a cell of a book, a line typed at the prompt.
public struct Source: Sendable, Hashable {
  public let name: String
  public let text: String
  /// The line of the file at which this text starts, counted from 1: a cell stands inside its book.
  public let firstLine: Int

  public init(_ text: String, name: String, firstLine: Int = 1) {
    self.text = text
    self.name = name
    self.firstLine = firstLine
  }

  /// Of what is wrong in no line: a file that can't be read, a folder that can't be written.
  public init(withoutLines name: String) { self.init("", name: name, firstLine: 0) }

  /// Whether what is wrong with it has a place in it.
  public var hasLines: Bool { firstLine > 0 }
}

/// A stretch of a source, in UTF-8 bytes from its start.
public struct Span: Sendable, Hashable {
  public let start: Int
  public let end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }
}
