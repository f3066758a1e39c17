import Language

extension LanguageTrial {
  /// Runs a program statement by statement: a failing one leaves every name as it was, and what the checker says fits
  /// what happens.
  func expectAgreement(of program: Program, findings: [Diagnostic], session: Session) throws(Fault) {
    let shape = ProgramShape(program)
    // What is wrong is known; where all of it is evaluated it must show.
    guard findings.isEmpty || shape.isStraight else { return }
    var session = session
    let host = TrialHost(polls: 60, bytes: 1 << 20)
    for statement in program.statements {
      let before = session.bindings
      let part = Program(source: program.source, statements: [statement])
      do throws(Diagnostic) {
        try session.run(part, cell: "fuzz", host: host)
      } catch {
        guard haveSameNames(before, session.bindings) else { throw Fault("failure changes names", error.code) }
        guard error.span.start >= 0, error.span.end <= error.source.text.utf8.count, error.span.start <= error.span.end,
          !render(error).isEmpty
        else { throw Fault("unsound span", error.code) }
        return try expectFound(error, by: findings, shape, program.boundNames)
      }
    }
    // Paths are never opened here, and a command's own findings may be about what its body does not mind.
    let wrong = findings.filter { !["missing-path", "xor-short"].contains($0.code) }
    if let wrong = wrong.first { throw Fault("false alarm", wrong.code) }
  }

  /// The mistakes that a checker can see in the text alone: of names always, of calls and kinds where every kind is known.
  private func expectFound(
    _ error: Diagnostic, by findings: [Diagnostic], _ shape: ProgramShape, _ bound: [String]
  ) throws(Fault) {
    guard findings.isEmpty else { return }
    switch error.code {
    case "unknown-name", "unknown-command":
      // Bound in a block that did not run.
      if bound.contains(where: { error.message.contains("`\($0)`") }) { return }
      // A bare word behind a label of a function that is not known may be a choice.
      if shape.hasWords, shape.callsComputed || !shape.isStraight { return }
      throw Fault("missed by the checker", error.code)
    case "internal-error" where shape.called.contains("fail"): return
    case "internal-error", "unreadable": throw Fault("no proper mistake", error.code)
    default: break
    }
    let isOpen =
      !shape.isStraight || shape.takesParts || shape.callsComputed
      || !shape.called.isDisjoint(with: ["same", "apply", "fail", "draw", "train-net", "row", "print", "show"])
    // Commands declare that they give numbers, not in which unit.
    let isUnit = error.code.contains("unit") && !shape.called.isEmpty
    if !isOpen, !isUnit, kindCodes.contains(error.code) { throw Fault("missed by the checker", error.code) }
  }
}

/// Whether two hold the same names in the same order, with values that read the same.
public func haveSameNames(_ first: Bindings, _ second: Bindings) -> Bool {
  first.names == second.names
    && first.names.allSatisfy { inline(first[$0] ?? .none) == inline(second[$0] ?? .none) }
}

/// Codes of kinds, labels and counts, which depend on no value.
private let kindCodes: Set<String> = [
  "unknown-label", "missing-argument", "too-many-arguments", "wrong-kind", "wrong-unit", "unknown-choice",
  "not-callable",
  "operator-kinds", "unit-mismatch", "unit-product", "condition-kind", "not-iterable", "unknown-member",
  "not-indexable",
  "unpack-mismatch",
]
