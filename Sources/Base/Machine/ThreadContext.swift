/// What work takes along from the thread that it was begun on to another one: its ranks, and what notes its files.
public struct ThreadContext: Sendable {
  private let ranks: Ranks
  private let trace: FileTrace?

  /// Of the calling thread.
  public init() {
    ranks = Ranks.current
    trace = FileTrace.current
  }

  /// Runs `body` within it.
  public func use(_ body: () -> Void) {
    Ranks.$current.withValue(ranks) { FileTrace.$current.withValue(trace, operation: body) }
  }
}
