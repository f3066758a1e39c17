/// When a mistake is found: before anything runs, where that is possible.
public enum Stage: String, Sendable, CaseIterable {
  case reading, checking, running
}

/// What becomes of a program: the stage that finds mistakes, and those that it finds.
///
/// No file or folder exists for it, and nothing that it puts out is kept.
///
/// - Parameter isCancelled: whether it is stopped before its first statement.
/// - Returns: `nil` where the program runs to its end.
public func diagnose(
  _ program: String, named name: String, registry: Registry, isCancelled: Bool = false
) -> (stage: Stage, mistakes: [Diagnostic])? {
  let result = parse(Source(program, name: name), registry: registry)
  if !result.diagnostics.isEmpty { return (.reading, result.diagnostics) }
  var session = Session(registry: registry)
  let found = session.check(result.program) { _ in .missing }
  if !found.errors.isEmpty { return (.checking, found) }
  do throws(Diagnostic) {
    try session.run(result.program, cell: name, host: SilentHost(isCancelled: isCancelled))
  } catch {
    return (.running, [error])
  }
  return found.isEmpty ? nil : (.checking, found)
}

/// The catalogue of the language's codes as Markdown: by stage, each with its meaning, a program and what it gives.
///
/// - Parameter registry: the commands that the programs call.
public func codePage(for registry: Registry) -> String {
  var sections: [Stage: [String]] = [:]
  for code in DiagnosticCode.allCases {
    var lines = ["### \(code.rawValue)", "", code.meaning.prefix(1).uppercased() + code.meaning.dropFirst() + ".", ""]
    guard let example = code.example else {
      sections[.running, default: []].append(
        (lines + ["No program that passed checking gives it.", ""]).joined(separator: "\n"))
      continue
    }
    let found = diagnose(example, named: "example", registry: registry, isCancelled: code == .interrupted)
    // NUL is shown by the sign for it: a page with NUL in it would be no text.
    let shown = String(String.UnicodeScalarView(example.unicodeScalars.map { $0 == "\0" ? "␀" : $0 }))
    lines += ["```cnp", clipped(shown), "```", ""]
    lines += ["```text"] + (found?.mistakes ?? []).map { DiagnosticRenderer(width: 80).render($0) } + ["```", ""]
    sections[found?.stage ?? .running, default: []].append(lines.joined(separator: "\n"))
  }
  let head = """
    # Codes of the language's mistakes

    Written by `cnp check --codes`. Every program here is run by the tests and gives its code and no other.


    """
  return head
    + Stage.allCases.map { "## Found while \($0.rawValue)\n\n" + sections[$0, default: []].joined(separator: "\n") }
    .joined(separator: "\n")
}

/// A program that fits on a page.
private func clipped(_ program: String) -> String { program.count > 200 ? program.prefix(40) + "…" : program }

/// A host that keeps nothing and reads no files.
private final class SilentHost: Host {
  let isCancelled: Bool

  init(isCancelled: Bool) { self.isCancelled = isCancelled }

  func emit(_ output: Output) {}
  func report(_ progress: Progress) {}
  func pathToRead(_ path: String) throws -> String { throw CallProblem.missingPath(path) }
  func pathToWrite(_ path: String) throws -> String { throw CallProblem.missingPath(path) }
  func pathToKeep(_ path: String) throws -> String { throw CallProblem.missingPath(path) }
}
