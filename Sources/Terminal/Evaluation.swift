import Language
import Vocabulary

/// What became of one input.
struct Evaluation: Sendable {
  /// The session afterwards: with the names of the statements that worked, also where a later one failed.
  let session: Session
  let diagnostics: [Diagnostic]
  /// Whether it came past the checks.
  let hasRun: Bool

  /// Parses, checks and runs an input; a mistake found by checking keeps all of it from running.
  init(of input: String, cell: String, in session: Session, host: PromptHost) {
    var session = session
    let parsed = parse(Source(input, name: cell), registry: session.registry)
    var mistakes = parsed.diagnostics
    if mistakes.isEmpty {
      let found = session.check(parsed.program) { path in
        (try? host.pathToRead(path)).map { PathFinding(at: $0, writtenAs: path) } ?? .missing()
      }
      mistakes = found.errors
      for warning in found.warnings { host.emit(.text(render(warning))) }
    }
    hasRun = mistakes.isEmpty
    if hasRun {
      do {
        try session.run(parsed.program, cell: cell, host: host)
      } catch {
        mistakes = [error]
      }
    }
    diagnostics = mistakes
    self.session = session
  }
}
