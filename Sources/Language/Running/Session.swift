/// The names bound so far, and what is needed to run more programs: a value, so that a copy is a snapshot.
public struct Session: Sendable {
  public let registry: Registry
  /// The seed of the book: with the cell's label and a count it keys every random stream.
  public var seed: UInt64
  /// Names with their values, in the order of their first binding.
  public private(set) var bindings = Bindings()
  /// The value of the last expression statement, which a line that starts with `|` continues from.
  public private(set) var lastValue: Value?
  /// How far the last program came.
  public private(set) var reach = Reach()

  /// The statements of a program that ran to their end.
  public struct Reach: Sendable, Hashable {
    /// Their bytes, from the program's start.
    public var end = 0
    /// The last of them that left its value to go on from.
    public var value: Span?
    /// The last of them.
    public var last: Span?
    /// Which streams its random commands drew from.
    public var lastStreams: StreamPlace?
    /// Whether they drew random numbers.
    public var hasDrawn = false
    /// The host was cancelled by the time the last of them ended: it may have handed over less than all.
    public var wasCancelled = false

    public init() {}
  }

  public init(registry: Registry, seed: UInt64 = 0) {
    self.registry = registry
    self.seed = seed
  }

  public mutating func bind(_ name: String, to value: Value) { bindings[name] = value }

  /// Every mistake that can be found without running, and every warning, in the order of the source.
  ///
  /// - Parameter locate: what stands at a path as the program writes it.
  public func check(_ program: Program, locate: @escaping (String) -> PathFinding) -> [Diagnostic] {
    var checker = Checker(registry: registry, bindings: bindings, lastValue: lastValue)
    return checker.check(program, locate: locate)
  }

  /// Runs the statements in order. A failing statement leaves every name as it was before it; the statements
  /// before it keep their effect.
  ///
  /// - Parameters:
  ///   - streams: where its random commands take their streams from.
  ///   - onStatement: told after each statement that ran to its end.
  /// - Throws: the mistake, at the failing call; `interrupted` when the host was cancelled between statements.
  public mutating func run(
    _ program: Program, streams: StreamPlace, host: any Host, onStatement: () -> Void = {}
  ) throws(Diagnostic) {
    let run = Run(
      registry: registry, host: host, seed: seed, streams: streams, lastValue: lastValue,
      boundNames: program.boundNames)
    var evaluator = Evaluator(run: run, source: program.source, scope: bindings)
    // With one owner the names are changed in place, however many there are.
    bindings = Bindings()
    defer { bindings = evaluator.scope }
    reach = Reach()
    for statement in program.statements {
      try evaluator.stopIfCancelled(at: statement.span)
      let place = run.streamPlace
      let before = statement.boundNames.map { ($0, evaluator.scope[$0]) }
      let value: Value
      do throws(Diagnostic) { value = try evaluator.execute(statement) } catch {
        for (name, value) in before { evaluator.scope[name] = value }
        throw error
      }
      (reach.end, reach.last, reach.lastStreams) = (statement.span.end, statement.span, place)
      reach.hasDrawn = run.streamPlace.taken > streams.taken
      reach.wasCancelled = host.isCancelled
      if case .expression = statement.form { leave(value, of: statement, to: host) }
      onStatement()
    }
  }

  /// As `run` with the streams of a cell from the first on.
  public mutating func run(_ program: Program, cell: String, host: any Host) throws(Diagnostic) {
    try run(program, streams: StreamPlace(cell: cell), host: host)
  }

  /// Puts out the value of an expression that stood alone.
  private mutating func leave(_ value: Value, of statement: Statement, to host: any Host) {
    if case .none = value { return }
    lastValue = value
    reach.value = statement.span
    host.emit(.result(value))
  }
}

/// Where a program takes its random streams from: each random command that it calls takes the next one of the cell.
public struct StreamPlace: Sendable, Hashable {
  public let cell: String
  /// Streams of the cell that are taken already.
  public let taken: Int

  public init(cell: String, taken: Int = 0) { (self.cell, self.taken) = (cell, taken) }
}
