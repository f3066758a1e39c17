/// The parameters of a graph, in its order, by name: weights, biases and running statistics. Gradients and the optimiser's
/// moments have the same form.
public struct Parameters: Sendable {
  public let specs: [ParameterSpec]
  var tensors: [Tensor]
  private let positions: [String: Int]

  /// The initial parameters. Each draws from the substream of its own name, so that adding a layer changes no other.
  public init(_ specs: [ParameterSpec], stream: RandomStream) {
    self.init(specs, specs.map { $0.initialiser.tensor($0.shape, stream: stream.substream($0.name)) })
  }

  /// Zeros in the form of `other`.
  public init(zerosLike other: Parameters) {
    self.init(other.specs, other.specs.map { Tensor($0.shape) })
  }

  private init(_ specs: [ParameterSpec], _ tensors: [Tensor]) {
    self.specs = specs
    self.tensors = tensors
    positions = Dictionary(uniqueKeysWithValues: specs.enumerated().map { ($1.name, $0) })
  }

  public static func zeros(like other: Parameters) -> Parameters { Parameters(zerosLike: other) }

  public var names: [String] { specs.map(\.name) }
  /// Numbers in all parameters, running statistics included.
  public var count: Int { specs.reduce(0) { $0 + $1.count } }
  /// Numbers that training changes by gradients.
  public var trainableCount: Int { specs.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) } }

  public func contains(_ name: String) -> Bool { positions[name] != nil }

  /// The parameter of that name, which exists; a new value has its shape.
  public subscript(name: String) -> Tensor {
    get {
      guard let position = positions[name] else { preconditionFailure("no parameter is called \(name)") }
      return tensors[position]
    }
    set {
      guard let position = positions[name] else { preconditionFailure("no parameter is called \(name)") }
      precondition(newValue.shape == specs[position].shape, "parameter \(name) keeps its shape")
      tensors[position] = newValue
    }
  }

  /// Whether no parameter holds NaN or infinity.
  public var isFinite: Bool { tensors.allSatisfy(\.isFinite) }
}
