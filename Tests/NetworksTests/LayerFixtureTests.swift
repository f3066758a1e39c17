import Tensors
import Testing

/// Each layer, forward and backward, against PyTorch.
@Suite struct LayerFixtureTests {
  /// A layer of one or two inputs, as a graph built around it.
  struct Layer: Sendable, CustomTestStringConvertible {
    let name: String
    var inputs = ["x"]
    let shape: [Int]
    var channels: [Int]?
    var range: ClosedRange<Float> = -1...1
    /// Products summed into one number, in either direction, at most.
    var terms: Int = 1
    /// The fixture's names of the parameters.
    var parameters: [String: String] = [:]
    let build: @Sendable (inout Graph, [Node]) -> Node
    var testDescription: String { name }
  }

  static let convolutionParameters = ["layer.weights": "kernel", "layer.bias": "bias"]

  static func convolution(
    _ name: String, _ shape: [Int], kernel: Int, filters: Int, stride: Int = 1, dilation: Int = 1
  ) -> Layer {
    // The weights' gradient sums over pixels, the others over taps and channels.
    let terms = max(kernel * kernel * max(shape[3], filters), shape[0] * shape[1] * shape[2])
    return Layer(name: name, shape: shape, terms: terms, parameters: convolutionParameters) { graph, nodes in
      graph.convolution(
        nodes[0], filters: filters, kernel: kernel, stride: stride, dilation: dilation, name: "layer")
    }
  }

  static func activation(_ name: String, _ function: Activation) -> Layer {
    Layer(name: name, shape: [2, 6, 4, 3], range: -4...4) { graph, nodes in graph.activation(nodes[0], function) }
  }

  static let layers: [Layer] = [
    convolution("convolution 3x3", [2, 6, 7, 5], kernel: 3, filters: 4),
    convolution("convolution 3x3 of one channel", [1, 9, 5, 1], kernel: 3, filters: 6),
    convolution("convolution 1x1", [2, 5, 4, 7], kernel: 1, filters: 3),
    convolution("convolution 3x3 strided", [2, 8, 6, 3], kernel: 3, filters: 5, stride: 2),
    convolution("convolution 3x3 strided, odd", [1, 7, 9, 3], kernel: 3, filters: 5, stride: 2),
    convolution("convolution 3x3 dilated", [2, 9, 8, 3], kernel: 3, filters: 4, dilation: 2),
    Layer(name: "transposed convolution", shape: [2, 4, 3, 5], terms: 24, parameters: convolutionParameters) {
      graph, nodes in graph.transposedConvolution(nodes[0], filters: 3, stride: 2, name: "layer")
    },
    Layer(
      name: "batch norm in training", shape: [2, 5, 6, 4], terms: 60,
      parameters: ["layer.scale": "gamma", "layer.offset": "beta"]
    ) { graph, nodes in graph.batchNormalization(nodes[0], name: "layer") },
    activation("relu", .relu), activation("leaky relu", .leakyRelu(0.2)), activation("sigmoid", .sigmoid),
    Layer(name: "max pool", shape: [2, 6, 4, 3], range: -4...4) { graph, nodes in graph.maxPool(nodes[0]) },
    Layer(name: "max pool, odd", shape: [1, 5, 7, 2]) { graph, nodes in graph.maxPool(nodes[0]) },
    Layer(name: "upsample nearest", shape: [2, 6, 4, 3], range: -4...4, terms: 4) { graph, nodes in
      graph.upsample(nodes[0], by: 2, .nearest)
    },
    Layer(name: "upsample bilinear", shape: [2, 6, 4, 3], range: -4...4, terms: 16) { graph, nodes in
      graph.upsample(nodes[0], by: 2, .bilinear)
    },
    Layer(name: "global average pool", shape: [2, 6, 4, 3], range: -4...4, terms: 24) { graph, nodes in
      graph.globalAveragePool(nodes[0])
    },
    Layer(name: "concatenate", inputs: ["a", "b"], shape: [2, 3, 4], channels: [3, 2]) { graph, nodes in
      graph.concatenate(nodes)
    },
    Layer(name: "add", inputs: ["a", "b"], shape: [2, 3, 4], channels: [3, 3]) { graph, nodes in
      graph.add(nodes[0], nodes[1])
    },
  ]

  @Test("the numbers made from names are those of the script") func hashAgrees() throws {
    #expect(try hashed("hash-check", [64]) == Fixture("layers")["hash-check"])
  }

  @Test("forward and gradients agree with PyTorch", arguments: layers) func agrees(_ layer: Layer) throws {
    let fixture = try Fixture("layers")
    var graph = Graph(name: "layer")
    var inputs: [String: Tensor] = [:]
    var nodes: [Node] = []
    for (index, input) in layer.inputs.enumerated() {
      let shape = layer.channels.map { layer.shape + [$0[index]] } ?? layer.shape
      inputs[input] = hashed(
        "\(layer.name)/\(input)", shape, from: layer.range.lowerBound, to: layer.range.upperBound)
      nodes.append(graph.input(input, channels: shape[3]))
    }
    graph.output("y", layer.build(&graph, nodes))
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 0))
    for (name, source) in layer.parameters {
      let low: Float = source == "gamma" ? 0.5 : -1
      let high: Float = source == "gamma" ? 1.5 : 1
      parameters[name] = hashed("\(layer.name)/\(source)", parameters[name].shape, from: low, to: high)
    }

    let plan = try Plan(graph, inputShapes: inputs.mapValues(\.shape), mode: .training)
    let output = try #require(plan.forward(inputs, &parameters)["y"])
    var gradients: Parameters? = Parameters.zeros(like: parameters)
    let upstream = hashed("\(layer.name)/upstream", output.shape)
    let inputGradients = plan.backward(["y": upstream], parameters, into: &gradients, wanting: Set(layer.inputs))

    // Errors of a sum of n products wander as √n roundings of its size; the factor covers their spread over the few
    // hundred numbers of a tensor, and functions such as exp and 1/√x that round more than once.
    let roundings = 8 * Float(layer.terms).squareRoot()
    expectClose(output, try fixture["\(layer.name)/output"], roundings: roundings, "output")
    for input in layer.inputs {
      let found = try #require(inputGradients[input])
      expectClose(
        found, try fixture["\(layer.name)/gradient of \(input)"], roundings: roundings, "gradient of \(input)")
    }
    let found = try #require(gradients)
    for (name, source) in layer.parameters {
      expectClose(
        found[name], try fixture["\(layer.name)/gradient of \(source)"], roundings: roundings, "gradient of \(source)")
    }
    // The mean nearly cancels: it is as exact as a hundredth, the share that counts, of the numbers it is the mean of.
    for (statistic, scale) in [("mean", Float(0.01)), ("variance", 1)]
    where parameters.contains("layer.running-\(statistic)") {
      expectClose(
        parameters["layer.running-\(statistic)"], try fixture["\(layer.name)/running \(statistic)"], roundings: 8,
        scale: scale, "running \(statistic)")
    }
  }

  @Test("batch norm with its running statistics agrees with PyTorch") func batchNormInInference() throws {
    let fixture = try Fixture("layers")
    let name = "batch norm in inference"
    var graph = Graph(name: "layer")
    graph.output("y", graph.batchNormalization(graph.input("x", channels: 4), name: "layer"))
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 0))
    parameters["layer.scale"] = hashed("\(name)/gamma", [4], from: 0.5, to: 1.5)
    parameters["layer.offset"] = hashed("\(name)/beta", [4])
    parameters["layer.running-mean"] = hashed("\(name)/mean", [4])
    parameters["layer.running-variance"] = hashed("\(name)/variance", [4], from: 0.5, to: 2)
    let x = hashed("\(name)/x", [2, 5, 6, 4])
    let plan = try Plan(graph, inputShapes: ["x": x.shape], mode: .inference)
    let output = try #require(plan.forward(["x": x], &parameters)["y"])
    // A subtraction, a root, a division, a product and a sum.
    expectClose(output, try fixture["\(name)/output"], roundings: 8, "output")
  }
}
