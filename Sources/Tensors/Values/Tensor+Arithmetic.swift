import Kernels

// Plain and eager. The operators are for our own code, where shapes agree; `applying` is for shapes that users choose.

extension Tensor {
  /// `self ∘ other`, number by number.
  public func applying(_ operation: ArithmeticOperation, _ other: Tensor, named name: String) throws(TensorError)
    -> Tensor
  {
    guard shape == other.shape else {
      throw .shapeMismatch(operation: name, left: shape, right: other.shape)
    }
    let result = Tensor(uninitialised: shape)
    Elementwise.combine(region, operation, other.region, into: result.region)
    return result
  }

  /// `self ∘ number`.
  public func applying(_ operation: ArithmeticOperation, _ number: Float) -> Tensor {
    let result = Tensor(uninitialised: shape)
    Elementwise.combine(region, operation, number, into: result.region)
    return result
  }

  /// `number ∘ self`.
  public func applying(_ operation: ArithmeticOperation, to number: Float) -> Tensor {
    let result = Tensor(uninitialised: shape)
    Elementwise.combine(number, operation, region, into: result.region)
    return result
  }

  private func combined(_ operation: ArithmeticOperation, _ other: Tensor) -> Tensor {
    precondition(shape == other.shape, "elementwise arithmetic needs one shape: \(shape) and \(other.shape)")
    let result = Tensor(uninitialised: shape)
    Elementwise.combine(region, operation, other.region, into: result.region)
    return result
  }

  public static func + (left: Tensor, right: Tensor) -> Tensor { left.combined(.add, right) }
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.combined(.subtract, right) }
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.combined(.multiply, right) }
  public static func / (left: Tensor, right: Tensor) -> Tensor { left.combined(.divide, right) }
  public static func + (left: Tensor, right: Float) -> Tensor { left.applying(.add, right) }
  public static func - (left: Tensor, right: Float) -> Tensor { left.applying(.subtract, right) }
  public static func * (left: Tensor, right: Float) -> Tensor { left.applying(.multiply, right) }
  public static func / (left: Tensor, right: Float) -> Tensor { left.applying(.divide, right) }
  public static func + (left: Float, right: Tensor) -> Tensor { right.applying(.add, to: left) }
  public static func - (left: Float, right: Tensor) -> Tensor { right.applying(.subtract, to: left) }
  public static func * (left: Float, right: Tensor) -> Tensor { right.applying(.multiply, to: left) }
  public static func / (left: Float, right: Tensor) -> Tensor { right.applying(.divide, to: left) }
  public static prefix func - (tensor: Tensor) -> Tensor { tensor.applying(.negate) }

  /// `self += factor · other`, in place.
  public mutating func add(_ other: Tensor, times factor: Float = 1) {
    precondition(shape == other.shape, "elementwise arithmetic needs one shape: \(shape) and \(other.shape)")
    Elementwise.accumulate(other.region, times: factor, into: mutableRegion)
  }

  private func applying(_ function: ElementaryFunction) -> Tensor {
    let result = Tensor(uninitialised: shape)
    Elementwise.apply(function, region, into: result.region)
    return result
  }

  public func exp() -> Tensor { applying(.exp) }
  /// Natural logarithm; −∞ at 0, NaN below.
  public func log() -> Tensor { applying(.log) }
  public func squareRoot() -> Tensor { applying(.squareRoot) }
  public func absolute() -> Tensor { applying(.absolute) }

  /// Every number moved to the nearer bound where it lies outside.
  public func clipped(to bounds: ClosedRange<Float>) -> Tensor {
    applying(.maximum, bounds.lowerBound).applying(.minimum, bounds.upperBound)
  }

  /// A tensor of the same shape with `transform` of every number.
  public func map(_ transform: (Float) -> Float) -> Tensor { Tensor(shape, values: values.map(transform)) }

  /// Sum in double precision, in an order fixed by the count.
  public func sum() -> Double { Reduction.sum(region) }
  /// Mean; NaN of an empty tensor.
  public func mean() -> Double { sum() / Double(count) }
  /// The smallest number; NaN when there is one; +∞ of an empty tensor.
  public func minimum() -> Float { Reduction.minimum(region) }
  /// The largest number; NaN when there is one; −∞ of an empty tensor.
  public func maximum() -> Float { Reduction.maximum(region) }
  /// Whether no number is NaN or infinite.
  public var isFinite: Bool { Reduction.isFinite(region) }
}
