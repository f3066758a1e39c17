/// Checks programs one after the other without running them: the cells of a book.
///
/// What is known of the names that one program binds, and of the files that it writes, is carried to the next.
public struct Checker {
  public let registry: Registry
  private var scope: Scope
  private let lastValue: Value?
  private var written = WrittenFiles()
  private let notes = CheckNotes()

  /// - Parameters:
  ///   - params: names with values that are in scope from the start.
  ///   - open: names that will have a value of that kind when the program runs.
  public init(registry: Registry, params: [String: Value] = [:], open: [String: Kind] = [:]) {
    self.registry = registry
    scope = Scope(params.mapValues { Known($0) }.merging(open.mapValues { Known($0) }) { _, open in open })
    lastValue = nil
  }

  init(registry: Registry, bindings: Bindings, lastValue: Value?) {
    self.registry = registry
    self.lastValue = lastValue
    scope = Scope(above: bindings)
  }

  /// Every mistake that can be found without running, and every warning, in the order of the source.
  ///
  /// - Parameter locate: what stands at a path as the program writes it.
  public mutating func check(_ program: Program, locate: @escaping (String) -> PathFinding) -> [Diagnostic] {
    var examiner = Examiner(
      registry: registry, source: program.source, scope: scope, lastValue: lastValue.map { Known($0) },
      files: CheckedFiles(locate: locate, written: written, notes: notes))
    scope = Scope()
    _ = examiner.examine(program.statements)
    scope = examiner.scope
    written = examiner.files.written
    return examiner.diagnostics.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  }
}

/// Walks the tree as the evaluator does, with what is known in place of values.
struct Examiner {
  let registry: Registry
  let source: Source
  /// Names that are bound, at least in one of the ways to get here.
  var scope: Scope
  let lastValue: Known?
  var files: CheckedFiles
  fileprivate(set) var diagnostics: [Diagnostic] = []
  private(set) var errorCount = 0
  /// Names reported to mean nothing, each once.
  private var unknownNames: [String] = []
  /// Whether this place runs with other values than those at hand, or never: nothing is known of names then.
  var isUnreached = false
  /// Inside how many loops.
  var loopDepth = 0
  /// Inside how many calls of `def`s that are examined for their arguments.
  var callDepth = 0
  /// Calls of `def`s that may still be examined for their arguments.
  var callsLeft = 300
  /// Statements with mistakes that were looked at for the line that works, and how many more may be.
  private var advised: [Span] = []
  var adviceLeft = Rewriting.most

  init(registry: Registry, source: Source, scope: Scope, lastValue: Known?, files: CheckedFiles) {
    self.registry = registry
    self.source = source
    self.scope = scope
    self.lastValue = lastValue
    self.files = files
  }

  /// - Returns: what is known of the last statement's value.
  mutating func examine(_ statements: [Statement]) -> Known {
    var last = Known(.none)
    var above: Statement?
    for statement in statements {
      if let above { warn(of: statement, behind: above) }
      last = examine(statement)
      above = statement
    }
    return last
  }

  private mutating func examine(_ statement: Statement) -> Known {
    let (start, hidden) = (now, statement.ownNames.map { ($0, scope.saying(of: $0)) })
    defer { if errorCount > start.errors { advise(on: statement, since: start, hidden) } }
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
    switch value.kind {
    case .list(let element):
      if let elements = value.elements {
        parts = unpacked(elements, to: names, at: span)
      } else {
        parts = parts.map { _ in Known(element) }
      }
    case .record:
      if let fields = value.fields { parts = unpacked(fields.map(\.value), to: names, at: span) }
    case .any, .oneOf: break
    default: report(ValueProblem.unpackKind(value, names: names.count), at: span)
    }
    for (name, part) in zip(names, parts) { scope[name.text] = part }
  }

  private mutating func unpacked(_ values: [Known], to names: [Name], at span: Span) -> [Known] {
    if values.count == names.count { return values }
    report(ValueProblem.unpackCount(found: values.count, names: names.count), at: span)
    return [Known](repeating: .any, count: names.count)
  }

  /// A body is examined here for arguments of any kind, and again for those of each call.
  private mutating func define(_ definition: Definition) {
    var defaults: [String: Known] = [:]
    for parameter in definition.parameters {
      if let value = parameter.defaultValue { defaults[parameter.name.text] = examine(value) }
    }
    let captured = Dictionary(
      uniqueKeysWithValues: definition.freeNames.compactMap { name in scope[name].map { (name, $0) } })
    var known = KnownDefinition(definition, captured: captured, defaults: defaults, result: .any)
    let inner = Set(definition.parameters.map(\.name.text) + definition.body.boundNames)
    var outer: [String: Known] = [:]
    for name in inner { outer[name] = scope[name] }
    scope[definition.name.text] = Known(callable: .definition(known))
    for parameter in definition.parameters { scope[parameter.name.text] = .any }
    known.result = examine(definition.body.statements)
    restore(inner, outer)
    scope[definition.name.text] = Known(callable: .definition(known))
  }

  mutating func report(_ problem: some CodedError, severity: Severity = .error, at span: Span) {
    report(Diagnostic(problem, severity: severity, in: source, at: span))
  }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { errorCount += 1 }
  }

  /// Reports a name that means nothing. One report of a name is enough.
  mutating func report(unknown problem: CallProblem, name: String, at span: Span) {
    report(problem, at: span)
    unknownNames.append(name)
    scope[name] = .any
  }

  /// A moment of the examination.
  struct Moment {
    fileprivate let diagnostics: Int
    fileprivate let errors: Int
    fileprivate let unknownNames: Int
    fileprivate let advised: Int
  }

  var now: Moment {
    Moment(
      diagnostics: diagnostics.count, errors: errorCount, unknownNames: unknownNames.count, advised: advised.count)
  }

  func hasReported(since moment: Moment) -> Bool { diagnostics.count > moment.diagnostics }

  /// Takes back what was reported since a moment.
  mutating func takeBack(to moment: Moment) {
    diagnostics.removeSubrange(moment.diagnostics...)
    errorCount = diagnostics.count { $0.severity == .error }
    for name in unknownNames[moment.unknownNames...] { scope[name] = nil }
    unknownNames.removeSubrange(moment.unknownNames...)
    advised.removeSubrange(moment.advised...)
  }

  // MARK: Advice

  /// Gives the first mistake of a statement itself, none of its blocks, the line that works, where there is one.
  ///
  /// - Parameter hidden: the names that it binds, with what was known of them before.
  @inline(never)
  private mutating func advise(on statement: Statement, since start: Moment, _ hidden: [(String, Known??)]) {
    let inner = advised[start.advised...]
    var mistakes = diagnostics.indices[start.diagnostics...].filter { index in
      let found = diagnostics[index]
      return found.severity == .error && found.source == source && !inner.contains { $0.contains(found.span) }
    }
    advised.append(statement.span)
    guard adviceLeft > 0, !mistakes.isEmpty else { return }
    adviceLeft -= 1
    var scope = scope
    for name in unknownNames[start.unknownNames...] { scope[name] = nil }
    for (name, saying) in hidden { scope.restore(name, to: saying) }
    let rewriting = Rewriting(registry: registry, kinds: { scope[$0]?.kind })
    let line = rewriting.text(for: source.text(statement.span)) { errors(in: $0, scope).isEmpty }
    guard let line else { return }
    // A mistake of files stays one however the line is written: its own help says more.
    let ofForm = errors(in: Program(source: source, statements: [statement]), scope)
    mistakes.removeAll { index in
      !ofForm.contains { $0.code == diagnostics[index].code && $0.span == diagnostics[index].span }
    }
    mistakes.sort { diagnostics[$0].span.start < diagnostics[$1].span.start }
    var own = mistakes.map { diagnostics[$0] }
    rewriting.advise(line, inPlaceOf: statement.span, on: &own)
    for (index, advised) in zip(mistakes, own) { diagnostics[index] = advised }
  }

  /// The mistakes of a program by its form alone: whether files are there is another question.
  private func errors(in program: Program, _ scope: Scope) -> [Diagnostic] {
    var trial = Examiner(
      registry: registry, source: program.source, scope: scope, lastValue: lastValue,
      files: CheckedFiles(locate: { _ in .unknown }, written: files.written, notes: files.notes))
    trial.adviceLeft = 0
    trial.callsLeft = 10
    _ = trial.examine(program.statements)
    return trial.diagnostics.errors
  }
}

extension Statement {
  /// The names that it binds itself, not in its blocks.
  fileprivate var ownNames: [String] {
    switch form {
    case .binding(let names, _): names.map(\.text)
    case .definition(let definition): [definition.name.text]
    case .expression: []
    }
  }
}
