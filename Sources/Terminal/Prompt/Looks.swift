import Language

extension Program {
  /// Whether its statements up to a place do nothing but look: at a value by its name, a member or an element of it, or
  /// at a page of help. What is printed, shown, measured or computed is a result.
  ///
  /// - Parameters:
  ///   - bindings: the names afterwards. A lone name of a function calls it.
  func looksOnly(upTo end: Int, bindings: Bindings) -> Bool {
    let ran = statements.filter { $0.span.end <= end }
    return !ran.isEmpty
      && ran.allSatisfy { statement in
        guard case .expression(let value) = statement.form else { return false }
        return value.looksAtValue(in: bindings) || value.asksForHelp(bindings)
      }
  }

  /// Whether these ask for help alone.
  func asksForHelpOnly(upTo end: Int, bindings: Bindings) -> Bool {
    let ran = statements.filter { $0.span.end <= end }
    return !ran.isEmpty
      && ran.allSatisfy { if case .expression(let value) = $0.form { value.asksForHelp(bindings) } else { false } }
  }
}

/// Commands that look things up.
private let pages: Set<String> = ["help", "apropos", "explain"]

extension Expression {
  fileprivate func looksAtValue(in bindings: Bindings) -> Bool {
    switch form {
    case .name(let name), .loneName(let name):
      if case .function? = bindings[name] { false } else { bindings[name] != nil }
    case .path(let base, let steps):
      base.looksAtValue(in: bindings)
        && steps.allSatisfy { if case .element(let index, _) = $0 { index.isPlainIndex(in: bindings) } else { true } }
    default: false
    }
  }

  private func isPlainIndex(in bindings: Bindings) -> Bool {
    switch form {
    case .number, .text: true
    case .negation(let operand): operand.isPlainIndex(in: bindings)
    case .range(let left, let right): left.isPlainIndex(in: bindings) && right.isPlainIndex(in: bindings)
    default: looksAtValue(in: bindings)
    }
  }

  fileprivate func asksForHelp(_ bindings: Bindings) -> Bool {
    switch form {
    case .loneName(let name): pages.contains(name) && bindings[name] == nil
    case .call(let call):
      if case .name(let name) = call.callee.form { pages.contains(name) && bindings[name] == nil } else { false }
    default: false
    }
  }
}
