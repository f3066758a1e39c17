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
) -> (stage: Stage, found: [Diagnostic])? {
  let result = parse(Source(program, name: name), registry: registry)
  if !result.diagnostics.isEmpty { return (.reading, result.diagnostics) }
  var session = Session(registry: registry)
  let found = session.check(result.program) { _ in .missing() }
  if !found.errors.isEmpty { return (.checking, found) }
  do throws(Diagnostic) {
    try session.run(result.program, cell: name, host: SilentHost(isCancelled: isCancelled))
  } catch {
    return (.running, [error])
  }
  return found.isEmpty ? nil : (.checking, found)
}

/// The catalogue of codes as Markdown: by chapter and stage, each code with its meaning, a program and what it gives.
public func codePage(of chapters: [CodeChapter]) -> String {
  let head = """
    # Codes of mistakes and warnings

    Written by `cnp check --codes`. Every program here is run by the tests and gives its code and no other.


    """
  return head + chapters.map(section).joined(separator: "\n")
}

private func section(_ chapter: CodeChapter) -> String {
  var byStage: [Stage: [String]] = [:]
  var others: [String] = []
  for entry in chapter.entries {
    let meaning = entry.meaning.prefix(1).uppercased() + entry.meaning.dropFirst() + "."
    var lines = ["### \(entry.code)", "", meaning, ""]
    switch entry.example {
    case .circumstance(let words): others.append((lines + [words + ".", ""]).joined(separator: "\n"))
    case .program(let program):
      let found = chapter.diagnose(entry, program)
      // NUL is shown by the sign for it: a page with NUL in it would be no text.
      let shown = String(String.UnicodeScalarView(program.unicodeScalars.map { $0 == "\0" ? "␀" : $0 }))
      let isBook = program.hasPrefix("---\n")
      lines += ["````" + (isBook ? "markdown" : "cnp"), clipped(shown), "````", ""]
      lines += ["```text"] + (found?.found ?? []).map { DiagnosticRenderer(width: 80).render($0) } + ["```", ""]
      byStage[found?.stage ?? .running, default: []].append(lines.joined(separator: "\n"))
    }
  }
  var parts = Stage.allCases.compactMap { stage in
    byStage[stage].map { "## \(chapter.title): found while \(stage.rawValue)\n\n" + $0.joined(separator: "\n") }
  }
  if !others.isEmpty {
    parts.append("## \(chapter.title): without a program\n\n" + others.joined(separator: "\n"))
  }
  return parts.joined(separator: "\n")
}

/// A program that fits on a page.
private func clipped(_ program: String) -> String { program.count > 400 ? program.prefix(40) + "…" : program }

/// A host that keeps nothing and reads no files.
private final class SilentHost: Host {
  let isCancelled: Bool

  init(isCancelled: Bool) { self.isCancelled = isCancelled }

  func emit(_ output: Output) {}
  func report(_ progress: Progress) {}
  func pathToRead(_ path: String) throws -> String { throw CallProblem.missingPath(path) }
  func write(_ bytes: [UInt8], to path: String) throws { throw CallProblem.missingPath(path) }
  func keep(_ bytes: [UInt8], as path: String) throws { throw CallProblem.missingPath(path) }
  func kept(_ path: String, limit: Int) throws -> [UInt8]? { throw CallProblem.missingPath(path) }
}
