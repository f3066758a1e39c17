import Base
import Tensors

/// A network: its architecture and its weights. A value: a copy costs nothing until one of the two is trained.
public struct Model: Sendable {
  public let architecture: Architecture
  /// The static graph of its operations.
  public let graph: Graph
  /// Weights and running statistics, by name, in the graph's order.
  public package(set) var parameters: Parameters

  /// An untrained network, its initial weights drawn from `stream`. Throws `optionOutOfRange`, and `out-of-memory` before any
  /// is taken.
  public init(_ architecture: Architecture, stream: RandomStream) throws(NetworkError) {
    try architecture.configuration.validate()
    let graph = architecture.configuration.graph()
    self.architecture = architecture
    self.graph = graph
    let count = graph.parameterSpecs.reduce(0) { $0 + $1.count }
    do throws(MemoryError) {
      try AvailableMemory.require(
        bytes: count * MemoryLayout<Float>.stride, for: "the \(count) weights of this \(architecture.name)",
        hint: "half the `width:` has a quarter of them")
    } catch {
      throw .engine(code: error.code, message: error.message, hint: error.hint)
    }
    parameters = Parameters(graph.parameterSpecs, stream: stream.substream("weights"))
  }

  /// A network whose weights exist already: those that its graph asks for.
  init(_ architecture: Architecture, graph: Graph, parameters: Parameters) {
    self.architecture = architecture
    self.graph = graph
    self.parameters = parameters
  }

  /// An untrained network of that configuration.
  public init(_ configuration: some NetworkConfiguration, stream: RandomStream) throws(NetworkError) {
    try self.init(Architecture(configuration), stream: stream)
  }

  /// Numbers in the network, running statistics included.
  public var parameterCount: Int { parameters.count }
  /// Numbers that training changes by gradients.
  public var trainableParameterCount: Int { parameters.trainableCount }
}

extension Architecture {
  /// Floating-point operations of a forward pass on one image of `side` × `side` pixels, a multiplication and an addition
  /// counted as two; 0 where it takes no such image.
  public func operationCount(side: Int) -> Double {
    let graph = configuration.graph()
    let channels = [NetworkInput.image: imageChannels, NetworkInput.map: 1]
    let shapes = Dictionary(uniqueKeysWithValues: graph.inputNames.map { ($0, [1, side, side, channels[$0] ?? 1]) })
    let layers = try? graph.layers(for: shapes)
    return (layers ?? []).reduce(0) { $0 + Double($1.operationCount) }
  }
}

extension Model {
  /// The layers in order with their shapes and costs, for one image of `height` × `width` pixels, or for images of the
  /// smallest size the network takes. Throws `sizeNotSupported`.
  public func layers(height: Int? = nil, width: Int? = nil) throws(NetworkError) -> [LayerSummary] {
    try architecture.layers(of: graph, height: height, width: width)
  }

  /// The graph made ready for inputs of these shapes. Throws before memory is taken if the network can't take them. Ranks that
  /// share a batch come to it together, and all throw where one has no memory: they could not go on without it.
  func plan(
    for shapes: [String: [Int]], mode: Mode, workspace: Workspace = Workspace(), kept: Workspace? = nil,
    part: BatchPart? = nil
  ) throws(NetworkError) -> Plan {
    for name in graph.inputNames {
      let shape = shapes[name] ?? []
      guard shape.count == 4 else { throw .notABatch(shape: shape) }
      if name == NetworkInput.map {
        guard shape[3] == 1 else { throw .channelsDiffer(network: architecture.name, expected: 1, found: shape[3]) }
        try architecture.checkSize(height: shape[1], width: shape[2])
      } else {
        try architecture.checkImages(height: shape[1], width: shape[2], channels: shape[3])
      }
    }
    let made = Result { () throws(GraphError) in
      try Plan(graph, inputShapes: shapes, mode: mode, workspace: workspace, kept: kept, part: part)
    }
    let isMade = if case .success = made { true } else { false }
    let areMade = part?.allHold(isMade) ?? isMade
    switch made {
    case .success(let plan) where areMade: return plan
    case .success:
      throw .engine(
        code: "out-of-memory", message: "another rank of this run has no memory for its part of a batch", hint: nil)
    case .failure(let error): throw .engine(code: error.code, message: error.message, hint: error.hint)
    }
  }
}

extension Architecture {
  /// The layers of its graph, as `Model.layers` gives them.
  func layers(of graph: Graph, height: Int?, width: Int?) throws(NetworkError) -> [LayerSummary] {
    let smallest = configuration.sizeRule.minimum
    let size = [1, height ?? smallest, width ?? smallest]
    try checkSize(height: size[1], width: size[2])
    let channels = [NetworkInput.image: imageChannels, NetworkInput.map: 1]
    let shapes = Dictionary(uniqueKeysWithValues: graph.inputNames.map { ($0, size + [channels[$0] ?? 1]) })
    do {
      return try graph.layers(for: shapes)
    } catch {
      throw .engine(code: error.code, message: error.message, hint: error.hint)
    }
  }
}

extension Model {
  /// How the names of batch norm's running variances end.
  static let meanSuffix = ".running-mean"
  static let varianceSuffix = ".running-variance"
}
