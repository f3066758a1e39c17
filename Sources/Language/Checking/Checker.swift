/// Checks programs one after the other without running them: the cells of a book.
///
/// What is known of the names that one program binds is carried to the next.
public struct Checker {
  public let registry: Registry
  private var scope: [String: Known]
  private let lastValue: Value?

  /// - Parameter params: names with values that are in scope from the start.
  public init(registry: Registry, params: [String: Value] = [:]) {
    self.registry = registry
    scope = params.mapValues { Known($0) }
    lastValue = nil
  }

  init(registry: Registry, bindings: Record, lastValue: Value?) {
    self.registry = registry
    self.lastValue = lastValue
    scope = Dictionary(uniqueKeysWithValues: bindings.names.map { ($0, Known(bindings[$0] ?? .none)) })
  }

  /// Every mistake that can be found without running, in the order of the source.
  ///
  /// - Parameter pathExists: whether a file or folder is at the path as the program writes it.
  public mutating func check(_ program: Program, pathExists: (String) -> Bool) -> [Diagnostic] {
    withoutActuallyEscaping(pathExists) { pathExists in
      var examiner = Examiner(
        registry: registry, source: program.source, scope: scope, lastValue: lastValue.map { Known($0) },
        pathExists: pathExists)
      _ = examiner.examine(program.statements)
      scope = examiner.scope
      return examiner.diagnostics.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }
  }
}

/// Walks the tree as the evaluator does, with what is known in place of values.
struct Examiner {
  let registry: Registry
  let source: Source
  /// Names that are bound, at least in one of the ways to get here.
  var scope: [String: Known]
  let lastValue: Known?
  let pathExists: (String) -> Bool
  var diagnostics: [Diagnostic] = []

  init(
    registry: Registry, source: Source, scope: [String: Known], lastValue: Known?,
    pathExists: @escaping (String) -> Bool
  ) {
    self.registry = registry
    self.source = source
    self.scope = scope
    self.lastValue = lastValue
    self.pathExists = pathExists
  }

  /// - Returns: what is known of the last statement's value.
  mutating func examine(_ statements: [Statement]) -> Known {
    var last = Known(.none)
    for statement in statements { last = examine(statement) }
    return last
  }

  private mutating func examine(_ statement: Statement) -> Known {
    switch statement.form {
    case .expression(let value): return examine(value)
    case .binding(let names, let value):
      bind(names, to: examine(value), at: value.span)
      return Known(.none)
    case .definition(let definition):
      define(definition)
      return Known(.none)
    }
  }

  private mutating func bind(_ names: [Name], to value: Known, at span: Span) {
    guard names.count > 1 else { return scope[names[0].text] = value }
    var parts = [Known](repeating: .any, count: names.count)
    switch (value.constant, value.kind) {
    case (.some(.list(let elements)), _):
      if elements.count == names.count {
        parts = elements.map { Known($0) }
      } else {
        report(ValueProblem.unpackCount(found: elements.count, names: names.count), at: span)
      }
    case (.some(.record(let record)), _):
      if record.names.count == names.count {
        parts = record.names.map { Known(record[$0] ?? .none) }
      } else {
        report(ValueProblem.unpackCount(found: record.names.count, names: names.count), at: span)
      }
    case (_, .list(let element)): parts = parts.map { _ in Known(element) }
    case (_, .any), (_, .record), (_, .oneOf): break
    default: report(ValueProblem.unpackKind(value, names: names.count), at: span)
    }
    for (name, part) in zip(names, parts) { scope[name.text] = part }
  }

  /// A body is examined once, for arguments of any kind.
  private mutating func define(_ definition: Definition) {
    let signature = Signature(definition)
    for parameter in definition.parameters { parameter.defaultValue.map { _ = examine($0) } }
    let inner = Set(definition.parameters.map(\.name.text) + definition.body.boundNames)
    var outer: [String: Known] = [:]
    for name in inner { outer[name] = scope[name] }
    scope[definition.name.text] = Known(.function, callable: .definition(signature, result: .any))
    for parameter in definition.parameters { scope[parameter.name.text] = .any }
    let result = examine(definition.body.statements)
    restore(inner, outer)
    scope[definition.name.text] = Known(.function, callable: .definition(signature, result: result))
  }

  mutating func report(_ problem: some CodedError, at span: Span) {
    diagnostics.append(Diagnostic(problem, in: source, at: span))
  }
}
