import Kernels

/// How the learning rate changes over a training.
public enum RateSchedule: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default: it does not (method §5 describes none).
  case constant
  /// Constant for the first half, then down to 0 along a line (Isola et al., CVPR 2017).
  case linear
  /// Down to 0 along half a cosine (Loshchilov & Hutter, ICLR 2017).
  case cosine

  /// The share of the initial rate at step `step` (from 0) of `steps`, in (0, 1].
  package func share(step: Int, of steps: Int) -> Float {
    let done = Double(step) / Double(max(steps, 1))
    return switch self {
    case .constant: 1
    case .linear: Float(min(1, 2 * (1 - done)))
    case .cosine: 0.5 * (1 + Elementary.cos(Float(done * .pi)))
    }
  }
}
