import Glibc
import Synchronization

/// Where a session writes: results on one descriptor; errors and the status of long work on another.
package final class Screen: Sendable {
  package let output: Int32
  package let errors: Int32
  /// Whether results are seen at once by a person, who can be shown pictures.
  package let outputIsTerminal: Bool
  package let errorsAreTerminal: Bool
  /// The status line that stands on the terminal now.
  private let status = Mutex("")

  package init(output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO) {
    self.output = output
    self.errors = errors
    outputIsTerminal = isatty(output) != 0
    errorsAreTerminal = isatty(errors) != 0
  }

  /// Whether the terminal knows control sequences at all.
  private static var isDumb: Bool { environmentVariable("TERM").map { $0 == "dumb" } ?? true }
  private static var wantsColour: Bool { (environmentVariable("NO_COLOR") ?? "").isEmpty && !isDumb }

  package var coloursOutput: Bool { outputIsTerminal && Self.wantsColour }
  package var coloursErrors: Bool { errorsAreTerminal && Self.wantsColour }
  /// Whether the status of long work is one line that is written over and over.
  package var hasStatusLine: Bool { errorsAreTerminal && !Self.isDumb }
  /// Whether a picture can be drawn for the person who looks at the results: without colours where these are unwanted.
  package var showsPictures: Bool { outputIsTerminal && !Self.isDumb }
  /// Whether an editor can move the terminal's cursor about.
  package var placesCursor: Bool { (outputIsTerminal || errorsAreTerminal) && !Self.isDumb }
  package var columns: Int {
    terminalSize(of: outputIsTerminal ? output : errors)?.columns ?? 80
  }
  package var rows: Int { terminalSize(of: outputIsTerminal ? output : errors)?.rows ?? 24 }
  /// A character's size in pixels, where the terminal tells it.
  package var cell: (width: Int, height: Int)? { terminalCell(of: output) }

  /// Writes lines of results.
  package func write(_ text: String) { writeLines(text, to: output) }

  /// Writes lines of sentences, broken between words where a person reads them.
  package func writeProse(_ text: String) {
    write(outputIsTerminal ? Self.prose(text, columns: columns) : text)
  }

  /// Writes lines of diagnostics, warnings and hints.
  package func complain(_ text: String) { writeLines(text, to: errors) }

  /// Writes a remark, broken between words where a person reads it.
  package func remark(_ text: String) {
    complain(errorsAreTerminal ? Self.prose(text, columns: terminalSize(of: errors)?.columns ?? 80) : text)
  }

  /// Each line broken between its words.
  private static func prose(_ text: String, columns: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.flatMap { wrapped(String($0), columns: columns) }.joined(separator: "\n")
  }

  /// Takes the `^C` away that a terminal shows when the key is pressed while no editor is at work.
  package func eraseEcho() {
    if hasStatusLine { status.withLock { shown in _ = writeAll(("\r\u{1B}[K" + shown).utf8, to: errors) } }
  }

  private func writeLines(_ text: String, to descriptor: Int32) {
    status.withLock { shown in
      if !shown.isEmpty { writeAll("\r\u{1B}[K".utf8, to: errors) }
      writeAll((text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n").utf8, to: descriptor)
      if !shown.isEmpty { writeAll(shown.utf8, to: errors) }
    }
  }

  /// Replaces the status line; an empty one takes it away. Cut to the terminal's width so that it stays one line.
  ///
  /// - Parameter isLate: asked at the last moment; where it holds, nothing is shown.
  package func setStatus(_ line: String, unless isLate: () -> Bool = { false }) {
    status.withLock { shown in
      if isLate() { return }
      let cut = String(line.prefix(columns - 1))
      if cut == shown { return }
      writeAll(("\r\u{1B}[K" + cut).utf8, to: errors)
      shown = cut
    }
  }
}
