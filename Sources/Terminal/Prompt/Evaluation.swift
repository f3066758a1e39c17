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
  ///
  /// - Parameter source: its text, with its place in a book where it comes from one.
  init(of input: SessionInput, _ source: Source? = nil, in session: Session, host: PromptHost) {
    let parsed = parse(source ?? Source(input.text, name: input.cell), registry: session.registry)
    let mistakes =
      parsed.diagnostics.isEmpty ? Self.check(parsed.program, in: session, host: host) : parsed.diagnostics
    if mistakes.isEmpty {
      self.init(running: parsed.program, streams: input.streams, in: session, host: host)
    } else {
      self.init(of: parsed.program, mistakes: mistakes, in: session)
    }
  }

  /// Runs what was checked before.
  init(running program: Program, streams: StreamPlace, in session: Session, host: PromptHost) {
    var session = session
    var mistakes: [Diagnostic] = []
    do {
      try session.run(program, streams: streams, host: host, onStatement: host.noteStatement)
    } catch {
      mistakes = [error]
    }
    (self.session, diagnostics, hasRun, self.program) = (session, mistakes, true, program)
  }

  /// Of what does not run: checking found mistakes.
  init(of program: Program, mistakes: [Diagnostic], in session: Session) {
    (self.session, diagnostics, hasRun, self.program) = (session, mistakes, false, program)
  }

  /// Whether it ended because its host was cancelled, and not by a mistake.
  func wasInterrupted(_ host: PromptHost) -> Bool {
    hasRun && host.isCancelled && diagnostics.allSatisfy { $0.code == DiagnosticCode.interrupted.rawValue }
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
}

/// Parses on a stack of its own, deep enough for whatever the parser lets through.
func parseDeep(_ source: Source, registry: Registry) -> ParseResult {
  onDeepStack { parse(source, registry: registry) }
}

/// Whether an input is right as far as it goes, and wants more.
func isIncomplete(_ input: String, registry: Registry) -> Bool {
  parseDeep(Source(input, name: "in"), registry: registry).isIncomplete
}
