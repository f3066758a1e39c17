import Language
import Tensors

/// An array of numbers with a shape, `[batch, height, width, channels]` for images and feature maps.
public struct TensorValue: ObjectValue, Elementwise {
  public let tensor: Tensor

  public init(_ tensor: Tensor) { self.tensor = tensor }

  public static let typeName = "tensor"
  public static let members = [MemberDeclaration("shape", .list(of: .number), "sizes along each axis")]
  public var summary: String { "tensor \(shapeText)" }

  public func member(_ name: String) throws -> Value { .list(tensor.shape.map { .number(Double($0)) }) }

  public static func apply(_ operation: Operator, _ left: Value, _ right: Value) throws -> Value? {
    try applyElementwise(operation, left, right)
  }

  var shape: [Int] { tensor.shape }
  var elements: [Float] { tensor.values }
  func replacingElements(with elements: [Float]) -> any Elementwise {
    TensorValue(Tensor(tensor.shape, values: elements))
  }
}
