/// A call as it is written, of something that has a name.
public struct WrittenCall: Sendable {
  /// A label with what stands behind it.
  public struct LabelledValue: Sendable {
    public let label: Span
    public let span: Span
    /// Where it is written as `true` or `false`.
    public let truth: Bool?
    /// Where it is a name.
    public let name: String?
  }

  public let name: String
  public let span: Span
  public let labels: [String: LabelledValue]
  /// Whether it stands in the body of a function, which may never be called.
  public internal(set) var isInBody = false
}

extension Program {
  /// The calls that it writes, bodies of functions included, in the order of the source.
  public var calls: [WrittenCall] {
    var found: [WrittenCall] = []
    collectCalls(of: statements, into: &found)
    return found.sorted { $0.span.start < $1.span.start }
  }

  /// The call whose value is the statement's: the last stage, where that is a pipe.
  public func outermostCall(of statement: Statement) -> WrittenCall? {
    let value: Expression
    switch statement.form {
    case .binding(_, let bound): value = bound
    case .expression(let alone): value = alone
    case .definition: return nil
    }
    let span: Span
    switch value.form {
    case .loneName: span = value.span
    case .call(let call): span = call.span
    case .pipe(_, let stages): span = stages.last?.span ?? value.span
    default: return nil
    }
    var found: [WrittenCall] = []
    collectCalls(of: value, into: &found)
    return found.first { $0.span == span }
  }
}

private func collectCalls(of statements: [Statement], into found: inout [WrittenCall]) {
  for statement in statements {
    switch statement.form {
    case .binding(_, let value), .expression(let value): collectCalls(of: value, into: &found)
    case .definition(let definition):
      for case let value? in definition.parameters.map(\.defaultValue) { collectCalls(of: value, into: &found) }
      let start = found.count
      collectCalls(of: definition.body.statements, into: &found)
      for index in start..<found.count { found[index].isInBody = true }
    }
  }
}

private func collectCalls(of expression: Expression, into found: inout [WrittenCall]) {
  func note(_ call: Call) {
    guard case .name(let name) = call.callee.form else { return }
    var labels: [String: WrittenCall.LabelledValue] = [:]
    for argument in call.arguments {
      guard let label = argument.label else { continue }
      let truth: Bool? =
        switch argument.value.form {
        case .truth(let truth): truth
        case .word("true"): true
        case .word("false"): false
        default: nil
        }
      let name: String? =
        switch argument.value.form {
        case .name(let name), .loneName(let name): name
        case .word(let word) where truth == nil && word != "none": word
        default: nil
        }
      labels[label.text] = WrittenCall.LabelledValue(
        label: label.span, span: argument.value.span, truth: truth, name: name)
    }
    found.append(WrittenCall(name: name, span: call.span, labels: labels))
  }
  switch expression.form {
  case .loneName(let name): found.append(WrittenCall(name: name, span: expression.span, labels: [:]))
  case .call(let call): note(call)
  case .pipe(_, let stages): stages.forEach(note)
  default: break
  }
  for part in expression.parts { collectCalls(of: part, into: &found) }
  for block in expression.blocks { collectCalls(of: block.statements, into: &found) }
}

extension Expression {
  /// The expressions right inside it, those of its blocks left out.
  var parts: [Expression] {
    func parts(of call: Call) -> [Expression] { [call.callee] + call.arguments.map(\.value) }
    switch form {
    case .none, .truth, .number, .text, .name, .loneName, .word, .block, .lastValue, .unreadable: return []
    case .interpolation(let pieces):
      return pieces.compactMap { if case .value(let value) = $0 { value } else { nil } }
    case .call(let call): return parts(of: call)
    case .list(let elements): return elements
    case .record(let fields): return fields.map(\.value)
    case .range(let left, let right), .power(let left, let right): return [left, right]
    case .negation(let operand), .inversion(let operand): return [operand]
    case .chain(let first, let links): return [first] + links.map(\.right)
    case .path(let base, let steps):
      return [base] + steps.compactMap { if case .element(let index, _) = $0 { index } else { nil } }
    case .pipe(let head, let stages): return [head] + stages.flatMap(parts(of:))
    case .conditional(let branches, _): return branches.map(\.condition)
    case .loop(_, let elements, _): return [elements]
    }
  }

  /// The blocks right inside it.
  var blocks: [Block] {
    switch form {
    case .conditional(let branches, let otherwise): branches.map(\.block) + (otherwise.map { [$0] } ?? [])
    case .loop(_, _, let body): [body]
    case .block(let block): [block]
    default: []
    }
  }
}
