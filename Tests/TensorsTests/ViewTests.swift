import Tensors
import Testing

/// A plan that reads maps through views computes what one that writes every layer's map out does.
@Suite struct ViewTests {
  /// A graph of some twenty layers drawn at random, with the layers that views are made of more often than others.
  private struct RandomGraph {
    var graph = Graph(name: "random")
    var nodes: [(node: Node, height: Int, width: Int)] = []
    var stream: RandomStream
    let shape: [Int]

    init(seed: UInt64) {
      stream = RandomStream(seed: seed, path: ["random graph"])
      shape = [2, 5 + stream.integer(below: 9), 5 + stream.integer(below: 9), 1 + stream.integer(below: 9)]
      nodes.append((graph.input("x", channels: shape[3]), shape[1], shape[2]))
      for index in 0..<20 { grow(index) }
      for index in [nodes.count / 2, nodes.count - 2, nodes.count - 1] {
        graph.output("y\(index)", nodes[index].node)
      }
    }

    private mutating func grow(_ index: Int) {
      // Mostly on from the last node, as networks do; at times from any, so that maps have several readers.
      let from = nodes[stream.integer(below: 4) == 0 ? stream.integer(below: nodes.count) : nodes.count - 1]
      var next = from
      let functions = [Activation.relu, .leakyRelu(0.2), .sigmoid]
      switch stream.integer(below: 12) {
      case 0...2:
        next.node = graph.convolution(from.node, filters: 1 + stream.integer(below: 12), name: "c\(index)")
      case 3, 4: next.node = graph.batchNormalization(from.node, name: "n\(index)")
      case 5, 6: next.node = graph.activation(from.node, functions[stream.integer(below: 3)])
      case 7 where min(from.height, from.width) > 3:
        next = (graph.maxPool(from.node), from.height / 2, from.width / 2)
      case 8 where max(from.height, from.width) < 16:
        next = (graph.upsample(from.node, by: 2), 2 * from.height, 2 * from.width)
      case 9:
        let alike = nodes.filter { $0.height == from.height && $0.width == from.width }
        next.node = graph.concatenate([from.node, alike[stream.integer(below: alike.count)].node])
      case 10:
        next.node = graph.convolution(from.node, filters: 1 + stream.integer(below: 3), kernel: 1, name: "p\(index)")
      default: next.node = graph.add(from.node, from.node)
      }
      nodes.append(next)
    }
  }

  @Test(arguments: UInt64(1)...60)
  func viewsChangeNothing(seed: UInt64) throws {
    let random = RandomGraph(seed: seed)
    let graph = random.graph
    let shapes = ["x": random.shape]
    let stream = RandomStream(seed: seed, path: ["numbers"])
    let inputs = ["x": OperationCheck.random(random.shape, stream.substream("x"))]
    var parameters = Parameters(graph.parameterSpecs, stream: stream)
    for name in parameters.names where name.hasSuffix(".scale") || name.hasSuffix(".offset") {
      parameters[name] = OperationCheck.random(parameters[name].shape, stream.substream(name))
    }

    let with = try run(Plan(graph, inputShapes: shapes, mode: .training), inputs, parameters)
    let without = try run(.withoutViews(graph, inputShapes: shapes, mode: .training), inputs, parameters)
    for name in graph.outputNames { expectClose(with.outputs[name]!, without.outputs[name]!, name) }
    // Gradients of biases before a normalisation are what is left of sums that cancel, so all are held against the largest.
    let scale = graph.parameterSpecs.map { without.gradients[$0.name].absolute().maximum() }.max() ?? 0
    expectClose(with.inputGradient, without.inputGradient, "gradient of x", scale: scale)
    for name in graph.parameterSpecs.map(\.name) {
      expectClose(with.gradients[name], without.gradients[name], "gradient of \(name)", scale: scale)
      expectClose(with.parameters[name], without.parameters[name], name)
    }

    var settled = with.parameters
    let inference = try Plan(graph, inputShapes: shapes, mode: .inference).forward(inputs, &settled)
    let plain = try Plan.withoutViews(graph, inputShapes: shapes, mode: .inference).forward(inputs, &settled)
    for name in graph.outputNames { expectClose(inference[name]!, plain[name]!, "\(name) in inference") }
  }

  private func run(
    _ plan: Plan, _ inputs: [String: Tensor], _ parameters: Parameters
  ) -> (outputs: [String: Tensor], inputGradient: Tensor, gradients: Parameters, parameters: Parameters) {
    var parameters = parameters
    let outputs = plan.forward(inputs, &parameters)
    var seeds: [String: Tensor] = [:]
    for (name, output) in outputs {
      seeds[name] = OperationCheck.random(output.shape, RandomStream(seed: 1, path: ["seed", name]))
    }
    var gradients: Parameters? = Parameters(zerosLike: parameters)
    let inputGradients = plan.backward(seeds, parameters, into: &gradients, wanting: ["x"])
    return (outputs, inputGradients["x"]!, gradients!, parameters)
  }

  /// Within what a few layers make of the order in which gradients are added.
  private func expectClose(
    _ found: Tensor, _ expected: Tensor, _ what: String, scale: Float = 1e-3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
    let largest = max(scale, expected.values.map(abs).max() ?? 0)
    let error = zip(found.values, expected.values).map { abs($0 - $1) }.max() ?? 0
    #expect(error <= 1e-4 * largest, "\(what)", sourceLocation: sourceLocation)
  }

  /// In either order of the layers, a block leaves one stored map a convolution, and nothing of the size of its
  /// concatenated, upsampled, normalised input.
  @Test(arguments: [true, false])
  func oneMapAConvolution(normalisesFirst: Bool) throws {
    var graph = Graph(name: "block")
    func block(_ x: Node, _ name: String) -> Node {
      let map = graph.convolution(x, filters: 16, name: name)
      return normalisesFirst
        ? graph.activation(graph.batchNormalization(map, name: name + ".norm"), .relu)
        : graph.batchNormalization(graph.activation(map, .relu), name: name + ".norm")
    }
    let first = block(graph.input("x", channels: 16), "a")
    let low = block(graph.maxPool(first), "b")
    let last = graph.convolution(graph.concatenate([graph.upsample(low), first]), filters: 16, name: "c")
    graph.output("y", last)
    let plan = try Plan(
      graph, inputShapes: ["x": [1, 32, 32, 16]], mode: .training, workspace: Workspace(), kept: Workspace())
    let large = 32 * 32 * 16
    let small = large / 4
    let notes = 2 * 6 * 16
    #expect(plan.keptCount == large + 2 * small + notes, "a, its pooled map and b; c is handed out")
    // c, its gradient, and those by a and by b.
    #expect(plan.arenaCount <= 3 * large + 2 * small)
  }

  @Test(arguments: [Activation.relu, .leakyRelu(0.2), .sigmoid, .tanh])
  func notANumberGoesThrough(_ activation: Activation) throws {
    for normalises in [false, true] {
      var graph = Graph(name: "nan")
      let x = graph.input("x", channels: 9)
      let map = graph.convolution(x, filters: 9, kernel: 1, name: "c")
      let node = graph.activation(normalises ? graph.batchNormalization(map, name: "n") : map, activation)
      graph.output("y", graph.convolution(node, filters: 8, name: "d"))
      graph.output("pooled", graph.maxPool(node))
      let plan = try Plan(graph, inputShapes: ["x": [1, 8, 8, 9]], mode: .training)
      var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 2))
      // Every place of a pooling window: rows 2 and 3, columns 2 and 3.
      for pixel in [18, 19, 26, 27] {
        var input = OperationCheck.random([1, 8, 8, 9], RandomStream(seed: 3))
        input[flat: 9 * pixel] = .nan
        let outputs = plan.forward(["x": input], &parameters)
        #expect(!outputs["y"]!.isFinite && !outputs["pooled"]!.isFinite, "\(normalises), pixel \(pixel)")
      }
    }
  }

  @Test func theLossOfNotANumberIsNotANumber() {
    let prediction = Tensor([3], values: [0.5, .nan, 0.5])
    let loss = Losses.binaryCrossEntropy(prediction: prediction, target: Tensor([3], filledWith: 1))
    #expect(loss.value.isNaN)
  }
}
