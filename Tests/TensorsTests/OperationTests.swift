import Tensors
import Testing

@Suite struct OperationTests {
  @Test(arguments: [[2, 5, 7, 3], [1, 9, 4, 8], [3, 16, 17, 20]])
  func batchNormalization(_ shape: [Int]) throws {
    try OperationCheck(["x": shape]) { graph, nodes in
      graph.batchNormalization(nodes[0], name: "n")
    } reference: { maps in
      let (mean, variance) = maps["x"]!.statistics
      return maps["x"]!.normalized(
        mean: mean, variance: variance, scale: maps["n.scale"]!.values, offset: maps["n.offset"]!.values, epsilon: 1e-3)
    }.verify()
  }

  @Test(arguments: [Activation.relu, .leakyRelu(0.2), .sigmoid, .tanh])
  func activationAloneAndAfterNormalization(_ activation: Activation) throws {
    func plain(_ x: Double) -> Double {
      switch activation {
      case .relu: max(x, 0)
      case .leakyRelu(let slope): x > 0 ? x : Double(slope) * x
      case .sigmoid: 1 / (1 + exponential(-x))
      case .tanh: 1 - 2 / (exponential(2 * x) + 1)
      }
    }
    try OperationCheck(["x": [2, 5, 3, 5]]) { graph, nodes in
      graph.activation(nodes[0], activation)
    } reference: {
      $0["x"]!.map(plain)
    }.verify(step: 1e-6)
    try OperationCheck(["x": [2, 5, 3, 5]]) { graph, nodes in
      graph.activation(graph.batchNormalization(nodes[0], name: "n"), activation)
    } reference: { maps in
      let (mean, variance) = maps["x"]!.statistics
      return maps["x"]!.normalized(
        mean: mean, variance: variance, scale: maps["n.scale"]!.values, offset: maps["n.offset"]!.values, epsilon: 1e-3
      ).map(plain)
    }.verify(step: 1e-6)
  }

  /// eˣ in double precision by its series, so that the tests need no library.
  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1..<40 {
      term *= x / 8 / Double(n)
      sum += term
    }
    let square = sum * sum
    return square * square * square * square
  }

  @Test(arguments: [([2, 6, 8, 3], 2), ([1, 7, 9, 8], 2), ([1, 8, 10, 5], 3)])
  func maxPooling(_ shape: [Int], _ size: Int) throws {
    try OperationCheck(["x": shape]) { graph, nodes in
      graph.maxPool(nodes[0], size)
    } reference: {
      $0["x"]!.maxPooled(size)
    }.verify()
  }

  @Test func equalMaximaSendTheGradientToTheFirst() throws {
    var graph = Graph(name: "pool")
    graph.output("y", graph.maxPool(graph.input("x", channels: 1)))
    let plan = try Plan(graph, inputShapes: ["x": [1, 2, 2, 1]], mode: .training)
    var parameters = Parameters([], stream: RandomStream(seed: 0))
    _ = plan.forward(["x": Tensor([1, 2, 2, 1], filledWith: 3)], &parameters)
    var none: Parameters?
    let gradient = plan.backward(["y": Tensor([1, 1, 1, 1], filledWith: 5)], parameters, into: &none, wanting: ["x"])
    #expect(gradient["x"]!.values == [5, 0, 0, 0])
  }

  @Test(arguments: [([1, 3, 4, 3], 2), ([2, 5, 3, 9], 2), ([1, 2, 3, 4], 8)])
  func upsampling(_ shape: [Int], _ factor: Int) throws {
    for mode in [Interpolation.nearest, .bilinear] {
      try OperationCheck(["x": shape]) { graph, nodes in
        graph.upsample(nodes[0], by: factor, mode)
      } reference: {
        $0["x"]!.resized(shape[1] * factor, shape[2] * factor, bilinear: mode == .bilinear)
      }.verify()
    }
  }

  @Test(arguments: [([1, 3, 4, 3], [1, 7, 9, 1]), ([2, 9, 8, 4], [2, 4, 5, 2]), ([1, 1, 1, 5], [1, 4, 3, 1])])
  func resizing(_ shape: [Int], _ other: [Int]) throws {
    for mode in [Interpolation.nearest, .bilinear] {
      try OperationCheck(["x": shape, "z": other]) { graph, nodes in
        graph.resize(nodes[0], like: nodes[1], mode)
      } reference: {
        $0["x"]!.resized(other[1], other[2], bilinear: mode == .bilinear)
      }.verify()
    }
  }

  @Test func concatenationAdditionAndMeans() throws {
    try OperationCheck(["x": [2, 3, 4, 3], "z": [2, 3, 4, 10]]) { graph, nodes in
      graph.concatenate(nodes)
    } reference: {
      $0["x"]!.concatenated($0["z"]!)
    }.verify()
    try OperationCheck(["x": [2, 3, 4, 9], "z": [2, 3, 4, 9]]) { graph, nodes in
      graph.add(nodes[0], nodes[1])
    } reference: { maps in
      ReferenceMap(maps["x"]!.shape, values: zip(maps["x"]!.values, maps["z"]!.values).map(+))
    }.verify()
    try OperationCheck(["x": [2, 5, 7, 11]]) { graph, nodes in
      graph.globalAveragePool(nodes[0])
    } reference: {
      $0["x"]!.globalMean
    }.verify()
    try OperationCheck(["x": [1, 3, 3, 4]]) { graph, nodes in
      graph.add(nodes[0], nodes[0])
    } reference: {
      $0["x"]!.map { 2 * $0 }
    }.verify()
  }

  @Test func trainingMovesTheRunningStatisticsAndInferenceUsesThem() throws {
    var graph = Graph(name: "norm")
    graph.output("y", graph.batchNormalization(graph.input("x", channels: 3), momentum: 0.9, name: "n"))
    let x = OperationCheck.random([2, 4, 5, 3], RandomStream(seed: 4)) * 2 + 30
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 1))
    let before = parameters
    _ = try Plan(graph, inputShapes: ["x": x.shape], mode: .training).forward(["x": x], &parameters)
    let (mean, variance) = ReferenceMap(x).statistics
    for channel in 0..<3 {
      let expected = 0.9 * 1 + 0.1 * variance[channel] * 40 / 39
      #expect(abs(Double(parameters["n.running-mean"].values[channel]) - 0.1 * mean[channel]) < 1e-5)
      #expect(abs(Double(parameters["n.running-variance"].values[channel]) - expected) < 1e-5)
    }
    #expect(before["n.running-mean"].values == [0, 0, 0], "a copy of the parameters keeps its values")

    let moved = parameters
    let y = try Plan(graph, inputShapes: ["x": x.shape], mode: .inference).forward(["x": x], &parameters)["y"]!
    let expected = ReferenceMap(x).normalized(
      mean: moved["n.running-mean"].values.map(Double.init),
      variance: moved["n.running-variance"].values.map(Double.init),
      scale: [1, 1, 1], offset: [0, 0, 0], epsilon: 1e-3)
    #expect(zip(y.values, expected.values).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    #expect(parameters["n.running-mean"] == moved["n.running-mean"])
  }
}
