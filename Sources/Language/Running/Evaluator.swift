import Synchronization

/// What stays the same while one program runs.
final class Run: Sendable {
  let registry: Registry
  let host: any Host
  let seed: UInt64
  let cell: String
  let lastValue: Value?
  /// Names that the program binds somewhere, perhaps in a block that did not run.
  let boundNames: Set<String>
  /// Streams that random commands have taken: in the order of running, which depends on the cell alone.
  private let taken: Mutex<Int>

  init(
    registry: Registry, host: any Host, seed: UInt64, streams: StreamPlace, lastValue: Value?, boundNames: [String]
  ) {
    self.registry = registry
    self.host = host
    self.seed = seed
    cell = streams.cell
    taken = Mutex(streams.taken)
    self.lastValue = lastValue
    self.boundNames = Set(boundNames)
  }

  func nextRandomKey() -> RandomKey {
    taken.withLock { count in
      defer { count += 1 }
      return RandomKey(seed: seed, cell: cell, index: count)
    }
  }

  /// Where the next random command's stream is.
  var streamPlace: StreamPlace { StreamPlace(cell: cell, taken: taken.withLock { $0 }) }
}

/// Walks the tree and computes values. Values never change, so a copy of the scope is a snapshot.
struct Evaluator {
  let run: Run
  var source: Source
  /// The names of the program, or of the function that runs.
  var scope: Bindings
  /// Expressions whose evaluation is under way, inside each other.
  var depth: Int

  /// Needs up to 3 MB of stack, so threads that run programs have 4 or more; calls of `def`s inside each other end here.
  static let deepest = 600

  init(run: Run, source: Source, scope: Bindings, depth: Int = 0) {
    self.run = run
    self.source = source
    self.scope = scope
    self.depth = depth
  }

  @inline(never)
  mutating func execute(_ statement: Statement) throws(Diagnostic) -> Value {
    switch statement.form {
    case .expression(let value): return try evaluate(value)
    case .definition(let definition):
      scope[definition.name.text] = .function(try function(definition))
      return .none
    case .binding(let names, let value):
      try bind(names, to: try evaluate(value), at: value.span)
      return .none
    }
  }

  @inline(never)
  mutating func execute(_ block: Block) throws(Diagnostic) -> Value {
    var last = Value.none
    for statement in block.statements { last = try execute(statement) }
    return last
  }

  private mutating func bind(_ names: [Name], to value: Value, at span: Span) throws(Diagnostic) {
    guard names.count > 1 else { return scope[names[0].text] = value }
    let values: [Value]
    switch value {
    case .list(let elements): values = elements
    case .record(let record): values = record.names.map { record[$0] ?? .none }
    default: throw diagnostic(ValueProblem.unpackKind(Known(value), names: names.count), at: span)
    }
    guard values.count == names.count else {
      throw diagnostic(ValueProblem.unpackCount(found: values.count, names: names.count), at: span)
    }
    for (name, value) in zip(names, values) { scope[name.text] = value }
  }

  /// A function with the values that its body reads from outside.
  private mutating func function(_ definition: Definition) throws(Diagnostic) -> Function {
    var defaults = Record()
    for parameter in definition.parameters {
      guard let value = parameter.defaultValue else { continue }
      defaults[parameter.name.text] = try evaluate(value)
    }
    var captured = Record()
    for name in definition.freeNames where scope[name] != nil { captured[name] = scope[name] }
    return Function(definition, captured: captured, defaults: defaults)
  }

  // The helpers of `evaluate` stay out of line: recursion passes through its frame, which has to be small.
  mutating func evaluate(_ expression: Expression) throws(Diagnostic) -> Value {
    guard depth < Self.deepest else {
      throw diagnostic(CallProblem.callsTooDeep(limit: Self.deepest), at: expression.span)
    }
    depth += 1
    defer { depth -= 1 }
    switch expression.form {
    case .none: return .none
    case .truth(let truth): return .truth(truth)
    case .number(let number, let unit): return .number(number, unit)
    case .text(let text): return .text(text)
    case .name(let name): return try value(of: name, at: expression.span)
    case .loneName(let name): return try lone(name, at: expression.span)
    case .word(let word): return try self.word(word, at: expression.span)
    case .interpolation(let pieces): return try interpolation(pieces, at: expression.span)
    case .call(let call): return try self.call(call, first: nil)
    case .list(let elements): return try list(elements, at: expression.span)
    case .record(let fields): return try record(fields, at: expression.span)
    case .range(let lower, let upper): return try range(lower, upper)
    case .negation(let operand): return try negation(operand, at: expression.span)
    case .inversion(let operand): return try inversion(operand, at: expression.span)
    case .power(let base, let exponent): return try power(base, exponent, at: expression.span)
    case .chain(let first, let links): return try chain(first, links)
    case .path(let base, let steps): return try path(base, steps)
    case .pipe(let head, let stages): return try pipe(head, stages)
    case .conditional(let branches, let otherwise): return try conditional(branches, otherwise)
    case .loop(let name, let elements, let body): return try loop(name, elements, body, at: expression.span)
    case .block(let block): return try execute(block)
    case .lastValue: return try lastValue(at: expression.span)
    case .unreadable: throw diagnostic(ValueProblem.unreadable, at: expression.span)
    }
  }

  /// An error of a body or of a value as a diagnostic; one that has its place already keeps it.
  @inline(never)
  func diagnostic(_ error: any Error, at span: Span) -> Diagnostic {
    switch error {
    case let diagnostic as Diagnostic: diagnostic
    case let coded as any CodedError: Diagnostic(coded.code, coded.message, hint: coded.hint, in: source, at: span)
    default: Diagnostic(DiagnosticCode.internalError.rawValue, "\(error)", in: source, at: span)
    }
  }

  func stopIfCancelled(at span: Span) throws(Diagnostic) {
    if run.host.isCancelled { throw diagnostic(ValueProblem.interrupted, at: span) }
  }
}
