import Language

/// What long work hands over, which may have been stopped: `resume: NAME` goes on with it.
public protocol Resumable: ObjectValue {
  /// Whether it was stopped.
  var wasInterrupted: Bool { get }
}
