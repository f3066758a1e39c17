import Language
import Vocabulary

/// What became of one input.
struct Evaluation: Sendable {
  /// The session afterwards: with the names of the statements that worked, also where a later one failed.
  let session: Session
  let diagnostics: [Diagnostic]
  /// Whether it came past the checks.
  let hasRun: Bool
  let program: Program

  /// Parses, checks and runs an input; a mistake found by checking keeps all of it from running.
  init(of input: String, cell: String, in session: Session, host: PromptHost) {
    let parsed = parse(Source(input, name: cell), registry: session.registry)
    self.init(of: parsed.program, mistakes: parsed.diagnostics, cell: cell, in: session, host: host)
  }

  /// - Parameter mistakes: those of the program's syntax.
  init(of program: Program, mistakes: [Diagnostic], cell: String, in session: Session, host: PromptHost) {
    let mistakes = mistakes.isEmpty ? Self.check(program, in: session, host: host) : mistakes
    self.init(running: mistakes.isEmpty ? program : nil, of: program, mistakes, cell: cell, in: session, host: host)
  }

  /// Runs what was checked before.
  init(running program: Program, cell: String, in session: Session, host: PromptHost) {
    self.init(running: program, of: program, [], cell: cell, in: session, host: host)
  }

  /// Says what checking warns of.
  ///
  /// - Returns: its mistakes.
  static func check(_ program: Program, in session: Session, host: PromptHost) -> [Diagnostic] {
    let found = session.check(program) { path in
      (try? host.pathToRead(path)).map { PathFinding(at: $0, writtenAs: path) } ?? .missing()
    }
    host.warn(found.warnings)
    return found.errors
  }

  private init(
    running checked: Program?, of program: Program, _ mistakes: [Diagnostic], cell: String, in session: Session,
    host: PromptHost
  ) {
    var session = session
    var mistakes = mistakes
    hasRun = checked != nil
    if let checked {
      do {
        try session.run(checked, cell: cell, host: host)
      } catch {
        mistakes = [error]
      }
    }
    diagnostics = mistakes
    self.session = session
    self.program = program
  }
}

/// Parses on a stack of its own, deep enough for whatever the parser lets through.
func parseDeep(_ input: String, name: String, registry: Registry) -> ParseResult {
  onDeepStack { parse(Source(input, name: name), registry: registry) }
}

/// Whether an input is right as far as it goes, and wants more.
func isIncomplete(_ input: String, registry: Registry) -> Bool {
  parseDeep(input, name: "in", registry: registry).isIncomplete
}
