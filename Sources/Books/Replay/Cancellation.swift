import Base
import Synchronization

/// A request to stop, which a signal handler may make.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  private let reason: (@Sendable () -> Bool)?

  /// - Parameter reason: asked, often, whether there is a reason to stop; from then on there is one.
  public init(when reason: (@Sendable () -> Bool)? = nil) { self.reason = reason }

  /// Safe in a signal handler: one lock-free store.
  public func request() { flag.store(true, ordering: .relaxed) }

  public var isRequested: Bool {
    if flag.load(ordering: .relaxed) { return true }
    guard reason?() == true else { return false }
    request()
    return true
  }

  /// Whether it is requested on any of the ranks, at the same place for all.
  func isAgreed(by ranks: Ranks) -> Bool {
    let isAgreed = ranks.agreed(on: isRequested ? .interrupted : []).contains(.interrupted)
    // Of all ranks from now on.
    if isAgreed { request() }
    return isAgreed
  }
}
