/// Code that never runs, whatever the values: the data, without words.
enum ReachProblem: Sendable {
  case neverTrue
  case alwaysTrue
  /// The condition of an earlier branch, on that line.
  case repeated(line: Int)
  case emptyLoop
}

extension Examiner {
  mutating func warn(_ problem: ReachProblem, at span: Span) {
    // Inside of code that never runs, one warning is enough; names that are bound to literals are settings to play with.
    if !isUnreached { report(problem, severity: .warning, at: span) }
  }

  /// Warns of `else if`s that repeat an earlier condition. Calls may answer differently each time.
  mutating func warnOfRepeats(_ branches: [Branch]) {
    guard branches.count > 1, branches.count <= 100 else { return }
    var lines: [String: Int] = [:]
    for branch in branches where isPure(branch.condition) {
      let digest = branch.condition.digest
      if let line = lines[digest] {
        if !branch.condition.isLiteral { warn(.repeated(line: line), at: branch.condition.span) }
      } else {
        lines[digest] = Diagnostic(ReachProblem.neverTrue, in: source, at: branch.condition.span).place.line
      }
    }
  }
}

extension Examiner {
  /// Whether an expression gives the same every time: no call is in it.
  private func isPure(_ expression: Expression) -> Bool {
    switch expression.form {
    case .name: true
    case .loneName(let name): scope[name].map { !Accepts.function.mayFit($0.kind, unit: nil) } ?? false
    case .negation(let operand), .inversion(let operand): isPure(operand)
    case .chain(let first, let links): isPure(first) && links.allSatisfy { isPure($0.right) }
    case .power(let left, let right), .range(let left, let right): isPure(left) && isPure(right)
    case .list(let elements): elements.allSatisfy(isPure)
    case .path(let base, let steps):
      isPure(base) && steps.allSatisfy { if case .element(let index, _) = $0 { isPure(index) } else { true } }
    default: expression.isLiteral
    }
  }
}

extension ReachProblem: CataloguedError {
  var entry: DiagnosticCode { .unreachableCode }

  var message: String {
    switch self {
    case .neverTrue: "this condition is never true: its block never runs"
    case .alwaysTrue: "this condition is always true: the branches after it never run"
    case .repeated(let line): "this condition stands on line \(line) already: its block never runs"
    case .emptyLoop: "this list is empty: the loop never runs"
    }
  }

  var hint: String? {
    switch self {
    case .neverTrue, .alwaysTrue: "bind the condition to a name, or make it a param of the book, to switch it"
    case .repeated, .emptyLoop: nil
    }
  }
}

extension Expression {
  /// Whether it is made of literals alone, so that nobody means to change it by changing a name.
  var isLiteral: Bool {
    switch form {
    case .none, .truth, .number, .text: true
    case .negation(let operand), .inversion(let operand): operand.isLiteral
    case .chain(let first, let links): first.isLiteral && links.allSatisfy { $0.right.isLiteral }
    case .power(let left, let right), .range(let left, let right): left.isLiteral && right.isLiteral
    case .list(let elements): elements.allSatisfy(\.isLiteral)
    default: false
    }
  }
}
