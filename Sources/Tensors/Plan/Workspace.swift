import Kernels

/// Memory that plans use in turns: those of one training step, or of one network for different shapes, need it at different
/// times, so it is as large as the largest needs.
public final class Workspace {
  private(set) var storage = Storage(count: 0)
  /// Where gradients are summed over a batch.
  let sums = SumMemory()
  /// The plan whose numbers it holds.
  private var user: ObjectIdentifier?

  public init() {}

  /// Floats taken.
  public var count: Int { storage.count }

  /// Grows to `count` floats, if it has fewer; what it held is lost then.
  func reserve(_ count: Int) {
    guard count > storage.count else { return }
    user = nil
    storage = Storage(count: 0)  // the old memory goes back before the new is taken
    storage = Storage(count: count)
  }

  /// Notes that `plan` writes to it from now on; what other plans left is lost.
  func claim(by plan: Plan) { user = ObjectIdentifier(plan) }

  func isClaimed(by plan: Plan) -> Bool { user == ObjectIdentifier(plan) }
}
