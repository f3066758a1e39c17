/// The names bound so far, and what is needed to run more programs: a value, so that a copy is a snapshot.
public struct Session: Sendable {
  public let registry: Registry
  /// The seed of the book: with the cell's label and a count it keys every random stream.
  public var seed: UInt64
  /// Names with their values, in the order of their first binding.
  public private(set) var bindings = Record()
  /// The value of the last expression statement, which a line that starts with `|` continues from.
  public private(set) var lastValue: Value?
  /// How far the last program came.
  public private(set) var reach = Reach()

  /// The statements of a program that ran to their end.
  public struct Reach: Sendable, Hashable {
    /// Their bytes, from the program's start.
    public internal(set) var end = 0
    /// The last of them that left its value to go on from.
    public internal(set) var value: Span?
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
  /// - Parameter cell: the label that keys the random streams of this program.
  /// - Throws: the mistake, at the failing call; `interrupted` when the host was cancelled between statements.
  public mutating func run(_ program: Program, cell: String, host: any Host) throws(Diagnostic) {
    let run = Run(
      registry: registry, host: host, seed: seed, cell: cell, lastValue: lastValue, boundNames: program.boundNames)
    var evaluator = Evaluator(run: run, source: program.source, scope: bindings)
    // With one owner the names are changed in place, however many there are.
    bindings = Record()
    defer { bindings = evaluator.scope }
    reach = Reach()
    for statement in program.statements {
      try evaluator.stopIfCancelled(at: statement.span)
      let before = statement.boundNames.map { ($0, evaluator.scope[$0]) }
      let value: Value
      do throws(Diagnostic) { value = try evaluator.execute(statement) } catch {
        for (name, value) in before { evaluator.scope[name] = value }
        throw error
      }
      reach.end = statement.span.end
      guard case .expression = statement.form else { continue }
      if case .none = value { continue }
      lastValue = value
      reach.value = statement.span
      host.emit(.result(value))
    }
  }
}
