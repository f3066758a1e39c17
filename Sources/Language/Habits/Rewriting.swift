import Base

/// What a statement with mistakes was meant to say, in our language: the line that works.
struct Rewriting {
  let registry: Registry
  /// The kinds of names that are bound; `nil` where nothing is known of names.
  var kinds: ((String) -> Kind?)?
  /// Names that the program binds, where nothing else is known of names.
  var bound: Set<String> = []

  /// Longer statements are not written again, and neither is what takes more lines.
  private static let longest = 600
  private static let mostLines = 12
  /// Statements of one program that are looked at: nobody reads more.
  static let most = 20

  /// - Parameters:
  ///   - text: a statement.
  ///   - isRight: whether a program that can be read has no mistakes.
  /// - Returns: a text without mistakes; `nil` where none is found.
  func text(for text: String, isRight: (Program) -> Bool) -> String? {
    guard text.utf8.count <= Self.longest else { return nil }
    for isBold in [false, true] {
      var reader = HabitReader(text, registry: registry, kinds: kinds, bound: bound, isBold: isBold)
      guard let sentences = try? reader.sentences(), reader.isAtEnd, !sentences.isEmpty,
        reader.returns == sentences.finalReturns
      else { continue }
      let written = sentences.map(\.written).joined(separator: "\n")
      guard written != text, written.utf8.count <= 2 * Self.longest, written.count(of: "\n") < Self.mostLines,
        let program = program(of: written), isRight(program)
      else { continue }
      return written
    }
    return nil
  }

  /// The program that a text is, with something in place of what is still to be written; `nil` where it can't be read.
  private func program(of text: String) -> Program? {
    let whole = text.split(separator: Sentence.ellipsis, omittingEmptySubsequences: false).joined(separator: "none")
    let result = read(Source(whole, name: "advice"), registry: registry, isAdvising: false)
    return result.diagnostics.isEmpty ? result.program : nil
  }
}

extension Rewriting {
  /// Gives the first mistake in a statement a text that works in its place; the others there need no help.
  ///
  /// - Returns: whether there is such a mistake, and the text may stand there.
  @discardableResult
  func advise(_ text: String, inPlaceOf statement: Span, on diagnostics: inout [Diagnostic]) -> Bool {
    let places = diagnostics.indices.filter { index in
      diagnostics[index].severity == .error && statement.contains(diagnostics[index].span)
    }
    guard let first = places.first, mayReturn(statement, in: diagnostics[first].source) else { return false }
    diagnostics[first] = diagnostics[first].helping(
      hint(line(of: diagnostics[first].source, with: text, inPlaceOf: statement) ?? text))
    for place in places.dropFirst() { diagnostics[place] = diagnostics[place].helping(nil) }
    return true
  }

  /// Whether a statement of a source returns nothing from a function around it, or does so at its end.
  private func mayReturn(_ statement: Span, in source: Source) -> Bool {
    let text = String(decoding: Array(source.text.utf8)[statement.start..<statement.end], as: UTF8.self)
    var reader = HabitReader(text, registry: registry, kinds: kinds, bound: bound, isBold: false)
    guard reader.tokens.contains(where: { $0.isName("return") }) else { return true }
    _ = try? reader.sentences()
    if reader.returns == 0 { return true }
    return read(source, registry: registry, isAdvising: false).program.statements.endFunction(at: statement) ?? false
  }

  private func hint(_ text: String) -> String {
    guard text.contains("\n") else { return "write: \(text)" }
    return "write:\n" + text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }

  /// The whole line of a source with a text in place of a statement; `nil` where it is no line, or can't be read alone.
  private func line(of source: Source, with text: String, inPlaceOf statement: Span) -> String? {
    let bytes = Array(source.text.utf8)
    let end = min(statement.end, bytes.count)
    guard !text.contains("\n"), !bytes[statement.start..<end].contains(.newline) else { return nil }
    let before = bytes[..<statement.start].reversed().prefix { $0 != .newline }.reversed()
    let after = bytes[end...].prefix { $0 != .newline }
    guard before.contains(where: { $0 > .space }) || after.contains(where: { $0 > .space }),
      before.count + after.count <= Self.longest
    else { return nil }
    let line = (String(decoding: before, as: UTF8.self) + text + String(decoding: after, as: UTF8.self)).trimmingSpaces
    return program(of: line) == nil ? nil : line
  }
}

extension Diagnostic {
  /// The same with another hint.
  func helping(_ hint: String?) -> Diagnostic {
    Diagnostic(code, message, hint: hint, severity: severity, in: source, at: span)
  }
}

extension Span {
  /// Whether the other lies inside of it.
  func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}

extension String {
  fileprivate func count(of character: Character) -> Int { reduce(0) { $0 + ($1 == character ? 1 : 0) } }
}
