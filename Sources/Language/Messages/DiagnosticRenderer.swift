/// A diagnostic as text of several lines: the message, the place, the line with a caret, the help.
///
///     error[unknown-name]: nothing is called `pi`
///      --> session:1:7
///       |
///     1 | print pi
///       |       ^^
///       = help: did you mean `phi`?
///
/// - Parameter colour: whether to use the terminal's colours.
public func render(_ diagnostic: Diagnostic, colour: Bool = false) -> String {
  DiagnosticRenderer(colour: colour).render(diagnostic)
}

/// Writes diagnostics; carets stand right under wide and combining characters and behind tabs.
public struct DiagnosticRenderer: Sendable {
  public let colour: Bool
  /// Columns of a source line that are shown at most, around the mistake.
  public let width: Int

  /// Bytes of a message or a hint that are shown in full.
  private static let longest = 20_000

  public init(colour: Bool = false, width: Int = 160) {
    self.colour = colour
    self.width = width
  }

  public func render(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.place
    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let ink = diagnostic.severity == .error ? "1;31" : "1;33"
    var lines = [
      paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", ink)
        + paint(": \(shown(diagnostic.message))", "1")
    ]
    if diagnostic.source.hasLines { lines += pointer(to: place, in: diagnostic.source, ink: ink) }
    if let hint = diagnostic.hint {
      let indented = shown(hint).split(separator: "\n").joined(separator: "\n\(margin)         ")
      lines.append(paint("\(margin) =", "34") + " help: \(indented)")
    }
    return lines.joined(separator: "\n")
  }

  /// The place in words, its line, and a caret below.
  private func pointer(to place: Place, in source: Source, ink: String) -> [String] {
    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let (shown, caretIndent, caretLength) = excerpt(of: place)
    return [
      "\(margin)\(paint("-->", "34")) \(visible(source.name, isRow: true)):\(place.line):\(place.column)",
      paint("\(margin) |", "34"),
      paint("\(number) |", "34") + (shown.isEmpty ? "" : " \(shown)"),
      paint("\(margin) |", "34") + " \(caretIndent)" + paint(String(repeating: "^", count: caretLength), ink),
    ]
  }

  private func paint(_ text: String, _ code: String) -> String { colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

  /// The part of the line around the mistake, what to put before the caret, and the caret's length in columns.
  private func excerpt(of place: Place) -> (line: String, indent: String, carets: Int) {
    let line = Array(place.text)
    let start = min(place.column - 1, line.count)
    let end = min(max(place.endColumn - 1, start), line.count)
    let first = start > width * 3 / 4 ? start - width / 4 : 0
    let last = min(line.count, first + width)
    let shown = line[first..<last].map { visible(String($0)) }
    let indent = shown.prefix(start - first).map { $0 == "\t" ? "\t" : String(repeating: " ", count: displayWidth($0)) }
    let marked = shown.dropFirst(start - first).prefix(end - start)
    let carets = max(1, marked.reduce(0) { $0 + ($1 == "\t" ? 1 : displayWidth($1)) })
    let head = first > 0 ? "…" : ""
    return (
      head + shown.joined() + (last < line.count ? "…" : ""), (first > 0 ? " " : "") + indent.joined(), carets
    )
  }

  /// Words, which may quote the program at any length.
  private func shown(_ whole: String) -> String {
    visible(whole.utf8.count > Self.longest ? whole.prefix(Self.longest / 2) + "…" : whole)
  }
}

/// Where in its source a diagnostic points: lines and columns count from 1, columns in characters.
public struct Place: Sendable, Hashable {
  public let line: Int
  public let column: Int
  /// One past the last column on that line.
  public let endColumn: Int
  /// The line of the source.
  public let text: String
}

extension Diagnostic {
  /// The line and column of its span; lines are those of the file that the source stands in.
  public var place: Place {
    let bytes = Array(source.text.utf8)
    let start = min(span.start, bytes.count)
    let lineStart = bytes[..<start].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    var lineEnd = bytes[start...].firstIndex(of: .newline) ?? bytes.count
    let end = min(max(span.end, start), lineEnd)
    let line = bytes[..<lineStart].reduce(source.firstLine) { $0 + ($1 == .newline ? 1 : 0) }
    if lineEnd > lineStart, bytes[lineEnd - 1] == .carriageReturn { lineEnd -= 1 }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let column = text(lineStart..<start).count + 1
    let endColumn = text(lineStart..<max(end, lineStart)).count + 1
    return Place(
      line: line, column: column, endColumn: max(endColumn, column), text: text(lineStart..<max(lineEnd, lineStart)))
  }
}
