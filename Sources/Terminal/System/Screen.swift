import Base
import Glibc
import Language
import Synchronization

/// Where a session writes: results on one descriptor; errors and the status of long work on another.
///
/// What is written is made visible here, so that no value can send a sequence to the terminal; only what this module or
/// `DiagnosticRenderer` has drawn goes out as it is.
package final class Screen: Sendable {
  /// The results, and whether any were lost.
  package let results: TextOutput
  package let errors: Int32
  /// Whether results are seen at once by a person, who can be shown pictures.
  package let outputIsTerminal: Bool
  package let errorsAreTerminal: Bool
  /// The status line that stands on the terminal now.
  private let status = Mutex("")

  package init(output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO) {
    results = TextOutput(output)
    self.errors = errors
    outputIsTerminal = isatty(output) != 0
    errorsAreTerminal = isatty(errors) != 0
  }

  package var output: Int32 { results.descriptor }

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
  package func write(_ text: String) { draw(visible(text)) }

  /// Writes results as they are: a picture, with the sequences that draw it.
  package func draw(_ text: String) { writeLines(text) { results.write($0) } }

  /// Writes lines of sentences, broken between words where a person reads them.
  package func writeProse(_ text: String) {
    draw(outputIsTerminal ? Self.prose(visible(text), columns: columns) : visible(text))
  }

  /// Writes lines of diagnostics, warnings and hints.
  package func complain(_ text: String) { complain(drawn: visible(text)) }

  /// Writes what a renderer has drawn, perhaps in colours.
  package func complain(drawn text: String) { writeLines(text) { writeAll($0.utf8, to: errors) } }

  /// Writes a remark, broken between words where a person reads it.
  package func remark(_ text: String) {
    let width = terminalSize(of: errors)?.columns ?? 80
    complain(drawn: errorsAreTerminal ? Self.prose(visible(text), columns: width) : visible(text))
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

  private func writeLines(_ text: String, by write: (String) -> Void) {
    status.withLock { shown in
      if !shown.isEmpty { writeAll("\r\u{1B}[K".utf8, to: errors) }
      write(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n")
      if !shown.isEmpty { writeAll(shown.utf8, to: errors) }
    }
  }

  /// Replaces the status line; an empty one takes it away. Cut to the terminal's width so that it stays one line.
  ///
  /// - Parameter isLate: asked at the last moment; where it holds, nothing is shown.
  package func setStatus(_ line: String, unless isLate: () -> Bool = { false }) {
    status.withLock { shown in
      if isLate() { return }
      let cut = String(visible(line, isRow: true).prefix(columns - 1))
      if cut == shown { return }
      writeAll(("\r\u{1B}[K" + cut).utf8, to: errors)
      shown = cut
    }
  }
}
