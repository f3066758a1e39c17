import Language

/// Puts a program through lexer, parser, checker, messages, digest, completion and evaluation, and says which promise is
/// broken, if any.
public struct LanguageTrial: Sendable {
  let registry: Registry
  /// Whether the registry's commands may be run: those of the tests, which take no time and touch no file.
  let runs: Bool

  public init(registry: Registry, runs: Bool) {
    self.registry = registry
    self.runs = runs
  }

  /// - Parameter text: any text at all.
  public func examine(_ text: String) throws(Fault) {
    let source = Source(text, name: "fuzz")
    let result = parse(source, registry: registry)
    try expectSound(result.diagnostics, most: 500)
    if result.isIncomplete, result.diagnostics.isEmpty { throw Fault("incomplete without a mistake") }
    _ = (result.program.readNames, result.program.boundNames)

    let session = Session(registry: registry)
    let findings = session.check(result.program) { $0.utf8.count % 2 == 0 ? .found("/\($0)") : .missing() }
    try expectSound(findings, most: .max)
    try expectLegible(result.diagnostics + findings, of: source)
    try expectAdviceWorks(result.diagnostics + findings)
    try expectCompletions(in: text, session: session)
    guard result.diagnostics.isEmpty else { return }
    try expectStableDigest(of: result.program)
    if runs { try expectAgreement(of: result.program, findings: findings.errors, session: session) }
  }

  /// The same program in two forms: what is found and what it comes to must be the same.
  public func examineSame(_ text: String, _ other: String) throws(Fault) {
    let first = parse(Source(text, name: "fuzz"), registry: registry)
    let second = parse(Source(other, name: "fuzz"), registry: registry)
    guard first.diagnostics.map(\.code) == second.diagnostics.map(\.code) else {
      throw Fault("layout changes mistakes", "\(first.diagnostics.map(\.code)) and \(second.diagnostics.map(\.code))")
    }
    guard first.program.digest == second.program.digest else { throw Fault("layout changes digest") }
    let session = Session(registry: registry)
    // What is said of the layout changes with it.
    let codes = [first, second].map {
      session.check($0.program) { .found("/\($0)") }.map(\.code).filter { $0 != "indented-statement" }
    }
    guard codes[0] == codes[1] else { throw Fault("layout changes findings", "\(codes[0]) and \(codes[1])") }
  }

  // MARK: Messages

  private func expectSound(_ diagnostics: [Diagnostic], most: Int) throws(Fault) {
    guard diagnostics.count <= most else { throw Fault("too many mistakes", "\(diagnostics.count)") }
    var last = (0, 0)
    for diagnostic in diagnostics {
      let (start, end) = (diagnostic.span.start, diagnostic.span.end)
      guard start >= 0, start <= end, end <= diagnostic.source.text.utf8.count else {
        throw Fault("unsound span", "\(diagnostic.code) at \(start)..<\(end)")
      }
      guard last <= (start, end) else { throw Fault("mistakes out of order", diagnostic.code) }
      last = (start, end)
      guard !diagnostic.message.isEmpty, !diagnostic.code.isEmpty else {
        throw Fault("no message or code", diagnostic.code)
      }
    }
  }

  /// The first few and the last as they are shown.
  private func expectLegible(_ diagnostics: [Diagnostic], of source: Source) throws(Fault) {
    guard let last = diagnostics.last else { return }
    let positions = TextPositions(of: source)
    for diagnostic in diagnostics.prefix(3) + [last] {
      let text = render(diagnostic)
      let isClean = text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0 == "\t" || ($0.value >= 0x20 && $0.value < 0x7F) || $0.properties.generalCategory != .control
      }
      guard isClean else { throw Fault("control character in a message", diagnostic.code) }
      guard text.split(separator: "\n", omittingEmptySubsequences: false).count >= 5 else {
        throw Fault("message without its line", diagnostic.code)
      }
      let (start, end) = positions[diagnostic.span]
      guard (start.line, start.column) <= (end.line, end.column), diagnostic.place.line == start.line else {
        throw Fault("positions disagree", "\(diagnostic.code) on line \(diagnostic.place.line) and \(start.line)")
      }
    }
  }

  /// The line that a hint says to write can be read.
  private func expectAdviceWorks(_ diagnostics: [Diagnostic]) throws(Fault) {
    for diagnostic in diagnostics {
      guard let text = diagnostic.advised else { continue }
      let result = parse(Source(text, name: "advice"), registry: registry)
      if let mistake = result.diagnostics.first { throw Fault("advice with a mistake", "\(mistake.code): \(text)") }
    }
  }

  // MARK: Completion

  private func expectCompletions(in text: String, session: Session) throws(Fault) {
    let bytes = Array(text.utf8)
    var random = SeededGenerator(seed: UInt64(bytes.count), index: Int(bytes.last ?? 0))
    for offset in [bytes.count, random.below(bytes.count + 3) - 1] {
      let found = completions(in: text, at: offset, session: session)
      let cursor = min(max(offset, 0), bytes.count)
      guard (0...cursor).contains(found.start) else { throw Fault("completion starts behind the cursor") }
      let word = String(decoding: bytes[found.start..<cursor], as: UTF8.self)
      guard found.items.allSatisfy({ $0.text.hasPrefix(word) }) else {
        throw Fault("completion replaces what was typed", word)
      }
    }
  }

  // MARK: Digest

  /// Comments and empty lines between statements change nothing, and each statement is what its span says.
  private func expectStableDigest(of program: Program) throws(Fault) {
    let bytes = Array(program.source.text.utf8)
    var spaced: [UInt8] = Array("# first\n".utf8)
    var end = 0
    for statement in program.statements {
      guard statement.span.start >= end, statement.span.end >= statement.span.start else {
        throw Fault("statements overlap")
      }
      spaced += Array("\n \t\n".utf8) + bytes[statement.span.start..<statement.span.end] + Array("  # then\n".utf8)
      end = statement.span.end
      let alone = parse(
        Source(String(decoding: bytes[statement.span.start..<end], as: UTF8.self), name: "part"), registry: registry)
      guard alone.diagnostics.isEmpty,
        alone.program.digest == Program(source: program.source, statements: [statement]).digest
      else { throw Fault("statement alone reads otherwise", program.source.text(at: statement.span)) }
    }
    let again = parse(Source(String(decoding: spaced, as: UTF8.self), name: "again"), registry: registry)
    guard again.diagnostics.isEmpty, again.program.digest == program.digest else {
      throw Fault("comments change the digest", again.diagnostics.first.map(\.code) ?? "")
    }
  }
}

extension Source {
  func text(at span: Span) -> String {
    String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
  }
}

extension Diagnostic {
  /// The program that its hint says to write, with something in place of what is left open; `nil` where it says none.
  public var advised: String? {
    guard let hint, hint.hasPrefix("write:") else { return nil }
    let text = hint.dropFirst("write:".count)
    return text.split(separator: "…", omittingEmptySubsequences: false).joined(separator: "none")
  }
}
