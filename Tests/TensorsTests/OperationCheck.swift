import Tensors
import Testing

/// Checks one small graph against plain loops in double precision: the forward pass directly, every gradient against
/// central differences of the loops.
struct OperationCheck {
  let graph: Graph
  let inputs: [String: Tensor]
  var parameters: Parameters
  /// The output "y" for inputs and parameters by name.
  let reference: ([String: ReferenceMap]) -> ReferenceMap

  /// A graph whose one output is "y".
  init(
    _ shapes: KeyValuePairs<String, [Int]>, seed: UInt64 = 1, _ build: (inout Graph, [Node]) -> Node,
    reference: @escaping ([String: ReferenceMap]) -> ReferenceMap
  ) {
    var graph = Graph(name: "check")
    var nodes: [Node] = []
    for (name, shape) in shapes { nodes.append(graph.input(name, channels: shape[3])) }
    let y = build(&graph, nodes)
    graph.output("y", y)
    self.graph = graph
    let stream = RandomStream(seed: seed, path: ["operation check"])
    var inputs: [String: Tensor] = [:]
    for (name, shape) in shapes { inputs[name] = OperationCheck.random(shape, stream.substream(name)) }
    self.inputs = inputs
    parameters = Parameters(graph.parameterSpecs, stream: stream)
    for name in parameters.names where !name.hasSuffix("running-variance") {
      parameters[name] = OperationCheck.random(parameters[name].shape, stream.substream(name)) * 0.5
    }
    self.reference = reference
  }

  static func random(_ shape: [Int], _ stream: RandomStream) -> Tensor {
    var stream = stream
    return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in stream.uniform(in: -1...1) })
  }

  private var named: [String: ReferenceMap] {
    var maps = inputs.mapValues(ReferenceMap.init)
    for name in parameters.names { maps[name] = ReferenceMap(parameters[name]) }
    return maps
  }

  /// The engine's gradients for Σ y·weight, and the weight.
  func gradients() throws -> (weight: Tensor, inputs: [String: Tensor], parameters: Parameters, output: Tensor) {
    let plan = try Plan(graph, inputShapes: inputs.mapValues(\.shape), mode: .training)
    var own = parameters
    let output = plan.forward(inputs, &own)["y"]!
    let weight = OperationCheck.random(output.shape, RandomStream(seed: 9, path: ["weight"]))
    var gradients: Parameters? = Parameters(zerosLike: parameters)
    let inputGradients = plan.backward(["y": weight], own, into: &gradients, wanting: Set(inputs.keys))
    return (weight, inputGradients, gradients!, output)
  }

  /// - Parameters:
  ///   - tolerance: of the values, relative to the largest; 32-bit sums of a few hundred products stay below it.
  ///   - sample: numbers of each input and parameter whose gradient is checked.
  func verify(
    tolerance: Double = 2e-6, gradientTolerance: Double = 2e-5, step: Double = 1e-5, sample: Int = 40,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (weight, inputGradients, parameterGradients, output) = try gradients()
    let maps = named
    let expected = reference(maps)
    #expect(output.shape == expected.shape, sourceLocation: sourceLocation)
    let error = zip(output.values, expected.values).map { abs(Double($0) - $1) }.max()!
    let largest = max(1, expected.values.map(abs).max()!)
    #expect(error <= tolerance * largest, "forward", sourceLocation: sourceLocation)

    func objective(_ maps: [String: ReferenceMap]) -> Double {
      zip(reference(maps).values, weight.values).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    var stream = RandomStream(seed: 3, path: ["places"])
    let trainable = parameters.specs.filter(\.isTrainable).map(\.name)
    for name in inputs.keys.sorted() + trainable {
      let gradient = inputGradients[name] ?? parameterGradients[name]
      let values = gradient.values
      let scale = max(1, Double(values.map(abs).max()!))
      let places =
        values.count <= sample ? Array(values.indices) : (0..<sample).map { _ in stream.integer(below: values.count) }
      for place in places {
        var above = maps
        var below = maps
        above[name]!.values[place] += step
        below[name]!.values[place] -= step
        let slope = (objective(above) - objective(below)) / (2 * step)
        #expect(
          abs(slope - Double(values[place])) <= gradientTolerance * scale, "gradient of \(name)[\(place)]",
          sourceLocation: sourceLocation)
      }
    }
  }
}
