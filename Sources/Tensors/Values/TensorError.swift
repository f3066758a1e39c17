/// What goes wrong in tensor arithmetic by a user's hand.
public enum TensorError: Error, Sendable, Equatable {
  case shapeMismatch(operation: String, left: [Int], right: [Int])

  public var code: String { "shape-mismatch" }

  public var message: String {
    switch self {
    case .shapeMismatch(let operation, let left, let right):
      "\(operation) needs two tensors of one shape, here \(written(left)) and \(written(right))"
    }
  }

  public var hint: String? { nil }
}

/// A shape as people write it: `2×128×128×16`.
func written(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "×") }
