extension Examiner {
  /// Branches that don't run with the values at hand are examined without them, and tell nothing about what follows.
  mutating func conditional(_ branches: [Branch], _ otherwise: Block?) -> Known {
    warnOfRepeats(branches)
    let bound = Set(branches.flatMap(\.block.boundNames) + (otherwise?.boundNames ?? []))
    let outer = known(bound)
    var ends: [(value: Known, scope: [String: Known])] = []
    var isDecided = false
    for (index, branch) in branches.enumerated() {
      let condition = isDecided ? unreached { $0.examine(branch.condition) } : examine(branch.condition)
      if !Accepts.truth.mayFit(condition.kind, unit: nil) {
        report(ValueProblem.conditionKind(condition), at: branch.condition.span)
      }
      guard !isDecided else {
        examine(unreached: branch.block, binding: bound, outer)
        continue
      }
      let truth: Bool? = if case .truth(let truth) = condition.constant { truth } else { nil }
      if let truth, branch.condition.isLiteral {
        let isLast = index == branches.count - 1 && otherwise == nil
        if !truth {
          warn(.neverTrue, at: branch.condition.span)
        } else if !isLast {
          warn(.alwaysTrue, at: branch.condition.span)
        }
      }
      if truth == false {
        examine(unreached: branch.block, binding: bound, outer)
        continue
      }
      isDecided = truth == true
      ends.append((examine(branch.block.statements), known(bound)))
      restore(bound, outer)
    }
    if isDecided {
      if let otherwise { examine(unreached: otherwise, binding: bound, outer) }
    } else {
      let value = otherwise.map { examine($0.statements) } ?? Known(Value.none)
      ends.append((value, otherwise == nil ? outer : known(bound)))
    }
    var after = joined(ends.map(\.scope))
    // What a branch binds that doesn't run with these values is bound where it runs.
    for name in bound where after[name] == nil { after[name] = .any }
    restore(bound, after)
    return ends.dropFirst().reduce(ends[0].value) { $0.joined(with: $1.value) }
  }

  /// What is known of some names: those that a block binds, so that the whole scope need not be copied.
  private func known(_ names: Set<String>) -> [String: Known] {
    var result: [String: Known] = [:]
    for name in names { result[name] = scope[name] }
    return result
  }

  mutating func restore(_ names: Set<String>, _ known: [String: Known]) {
    for name in names { scope[name] = known[name] }
  }

  /// What is known behind branches that end with these.
  private func joined(_ scopes: [[String: Known]]) -> [String: Known] {
    var result = scopes[0]
    for scope in scopes.dropFirst() { result.merge(scope) { $0.joined(with: $1) } }
    return result
  }

  private mutating func unreached<Result>(_ examine: (inout Examiner) -> Result) -> Result {
    let before = isUnreached
    isUnreached = true
    defer { isUnreached = before }
    return examine(&self)
  }

  private mutating func examine(unreached block: Block, binding names: Set<String>, _ outer: [String: Known]) {
    _ = unreached { $0.examine(block.statements) }
    restore(names, outer)
  }

  mutating func loop(_ name: Name, _ elements: Expression, _ body: Block) -> Known {
    let collection = examine(elements)
    if case .list(let list) = elements.form, list.isEmpty { warn(.emptyLoop, at: elements.span) }
    let bound = Set(body.boundNames)
    let outer = known(bound)
    let hidden = scope[name.text]
    let (start, written) = (now, files.written.count)
    var value = turn(name, collection, at: elements.span, body, binding: bound)
    // What the end of a turn writes, the next one may read: then its beginning is examined once more.
    if loopDepth == 0, files.written.count > written, hasReported(since: start) {
      takeBack(to: start)
      restore(bound, outer)
      value = turn(name, collection, at: elements.span, body, binding: bound)
    }
    restore(bound, joined([outer, known(bound)]))
    scope[name.text] = hidden
    switch value.kind {
    case .none, .any, .oneOf: return .any
    default: return Known(.list(of: value.kind))
    }
  }

  /// One turn of a loop, any of them.
  private mutating func turn(
    _ name: Name, _ collection: Known, at span: Span, _ body: Block, binding bound: Set<String>
  ) -> Known {
    // What a turn binds, the next one finds: its kind is open before the body.
    for name in bound where scope[name] != nil { scope[name] = .any }
    scope[name.text] = element(of: collection, at: span)
    loopDepth += 1
    defer { loopDepth -= 1 }
    return examine(body.statements)
  }

  private mutating func element(of collection: Known, at span: Span) -> Known {
    switch collection.kind {
    case .list(let kind):
      guard let elements = collection.elements, let first = elements.first, elements.count <= 100 else {
        return Known(kind)
      }
      return elements.dropFirst().reduce(first) { $0.joined(with: $1) }
    case .range: return Known(.number, unit: .one)
    case .object: return collection.facts?.element ?? .any
    case .any, .oneOf: return .any
    default:
      report(ValueProblem.notIterable(collection), at: span)
      return .any
    }
  }
}
