import Base

/// A network that cannot run on the shapes it is given.
public struct GraphError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// The shapes do not fit one another or the operation.
    case shapeMismatch
    /// A map is too small for the operation.
    case tooSmall
    /// The graph has no input of that name, or one is not given.
    case unknownInput
    /// The maps and their gradients are more than there is room for.
    case outOfMemory(MemoryError)
  }

  public let reason: Reason
  /// The operation, as `concatenate`.
  public let operation: String
  /// The layer's name.
  public let layer: String
  /// The shapes it was given.
  public let shapes: [[Int]]
  /// What it needs, as a clause: `maps of one height and width`.
  public let needed: String

  init(_ reason: Reason, operation: String, layer: String, shapes: [[Int]], needed: String) {
    self.reason = reason
    self.operation = operation
    self.layer = layer
    self.shapes = shapes
    self.needed = needed
  }

  init(_ error: MemoryError) {
    self.init(.outOfMemory(error), operation: "", layer: "", shapes: [], needed: "")
  }

  public var code: String {
    switch reason {
    case .shapeMismatch: "shape-mismatch"
    case .tooSmall: "map-too-small"
    case .unknownInput: "unknown-network-input"
    case .outOfMemory(let error): error.code
    }
  }

  public var message: String {
    if case .outOfMemory(let error) = reason { return error.message }
    let given = shapes.isEmpty ? "" : "; given \(shapes.map(written).joined(separator: " and "))"
    return "layer \(layer): \(operation) needs \(needed)\(given)"
  }

  public var hint: String? {
    switch reason {
    case .tooSmall: "use larger images, or a network with fewer poolings"
    case .outOfMemory(let error): error.hint
    case .shapeMismatch, .unknownInput: nil
    }
  }
}
