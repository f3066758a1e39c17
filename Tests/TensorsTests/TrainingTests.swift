import Kernels
import Tensors
import Testing

/// Losses, Adam, and a small network trained for a few steps.
@Suite(.serialized) struct TrainingTests {
  @Test func lossesAndTheirGradients() {
    let prediction = Tensor([1, 1, 3, 1], values: [0.2, 0.9, 0.5])
    let target = Tensor([1, 1, 3, 1], values: [0, 1, 1])
    let entropy = Losses.binaryCrossEntropy(prediction: prediction, target: target, reduction: .sum)
    #expect(abs(entropy.value - 1.021_651_247_531_98) < 1e-6)
    let expected: [Float] = [1.25, -1 / 0.9, -2]
    #expect(zip(entropy.gradient.values, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    let mean = Losses.binaryCrossEntropy(prediction: prediction, target: target)
    #expect(abs(mean.value * 3 - entropy.value) < 1e-9)
    #expect(abs(mean.gradient[flat: 0] - 1.25 / 3) < 1e-6)

    let squares = Losses.meanSquaredError(prediction: prediction, target: target)
    #expect(abs(squares.value - (0.04 + 0.01 + 0.25) / 3) < 1e-7)
    #expect(abs(squares.gradient[flat: 2] + 1.0 / 3) < 1e-6)
  }

  @Test func clippedProbabilitiesHaveNoGradientAndAFiniteLoss() {
    let entropy = Losses.binaryCrossEntropy(
      prediction: Tensor([2], values: [0, 1]), target: Tensor([2], values: [1, 0]), reduction: .sum)
    #expect(abs(entropy.value - 2 * 16.118) < 0.2)
    #expect(entropy.gradient.values == [0, 0])
  }

  /// Two steps by hand in double precision.
  @Test func adamFollowsKeras() {
    var graph = Graph(name: "one")
    graph.output("y", graph.batchNormalization(graph.input("x", channels: 3), name: "n"))
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 1))
    parameters["n.scale"] = Tensor([3], values: [1, -2, 0.5])
    var gradients = Parameters(zerosLike: parameters)
    var state = AdamState(for: parameters)
    var expected = [1.0, -2.0, 0.5]
    var (m, v) = ([0.0, 0, 0], [0.0, 0, 0])
    for step in 1...2 {
      let gradient = [0.1 * Double(step), -3, 1e-9]
      gradients["n.scale"] = Tensor([3], values: gradient.map(Float.init))
      let notFinite = adamStep(parameters: &parameters, clearing: &gradients, state: &state, rate: 0.01)
      #expect(notFinite == nil)
      let (decay1, decay2) = step == 1 ? (0.9, 0.999) : (0.81, 0.998_001)
      for i in 0..<3 {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i]
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i]
        expected[i] -= 0.01 * (1 - decay2).squareRoot() / (1 - decay1) * m[i] / (v[i].squareRoot() + 1e-7)
      }
    }
    #expect(state.step == 2)
    #expect(gradients["n.scale"].values == [0, 0, 0], "the next step gathers from zero")
    gradients["n.offset"] = Tensor([3], values: [1, .infinity, 0])
    #expect(adamStep(parameters: &parameters, clearing: &gradients, state: &state, rate: 0) == "n.offset")
    #expect(zip(parameters["n.scale"].values, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    #expect(parameters["n.running-variance"].values == [1, 1, 1], "running statistics are not trained")
  }

  /// A U of two levels with every kind of layer.
  private func network() -> Graph {
    var graph = Graph(name: "small")
    let x = graph.input("x", channels: 2)
    let first = graph.activation(
      graph.batchNormalization(graph.convolution(x, filters: 9, name: "a"), name: "an"), .leakyRelu(0.2))
    let low = graph.activation(graph.convolution(graph.maxPool(first), filters: 33, name: "b"), .relu)
    let strided = graph.convolution(low, filters: 12, stride: 2, name: "c")
    let up = graph.resize(graph.transposedConvolution(strided, filters: 8, name: "d"), like: first, .bilinear)
    let context = graph.broadcast(graph.globalAveragePool(low), like: first)
    let joined = graph.concatenate([up, first, context, graph.upsample(low)])
    let head = graph.convolution(joined, filters: 1, kernel: 1, name: "e")
    graph.output("y", graph.activation(head, .sigmoid))
    return graph
  }

  /// All parameters after three steps, and the last input gradient.
  private func trained(threads: Int) throws -> (losses: [Double], parameters: Parameters, gradient: Tensor) {
    try Machine.computing(threads: threads, vectorWidth: Machine.vectorWidth) { try trained() }
  }

  private func trained() throws -> (losses: [Double], parameters: Parameters, gradient: Tensor) {
    let graph = network()
    let shape = [2, 32, 48, 2]
    let plan = try Plan(graph, inputShapes: ["x": shape], mode: .training)
    let stream = RandomStream(seed: 5, path: ["training"])
    let x = OperationCheck.random(shape, stream.substream("x"))
    let target = OperationCheck.random([2, 32, 48, 1], stream.substream("y")).map { $0 > 0 ? 1 : 0 }
    var parameters = Parameters(graph.parameterSpecs, stream: stream)
    var gradients: Parameters? = Parameters(zerosLike: parameters)
    var state = AdamState(for: parameters)
    var losses: [Double] = []
    var gradient = Tensor(shape)
    for _ in 0..<3 {
      let y = plan.forward(["x": x], &parameters)["y"]!
      let loss = Losses.binaryCrossEntropy(prediction: y, target: target)
      losses.append(loss.value)
      gradient = plan.backward(["y": loss.gradient], parameters, into: &gradients, wanting: ["x"])["x"]!
      adamStep(parameters: &parameters, clearing: &gradients!, state: &state, rate: 1e-3)
    }
    return (losses, parameters, gradient)
  }

  @Test func theSameBitsForAnyNumberOfThreads() throws {
    let one = try trained(threads: 1)
    #expect(one.losses[2] < one.losses[0])
    for threads in [2, 3] {
      let more = try trained(threads: threads)
      #expect(one.losses.map(\.bitPattern) == more.losses.map(\.bitPattern))
      #expect(one.gradient.values.map(\.bitPattern) == more.gradient.values.map(\.bitPattern))
      for name in one.parameters.names {
        #expect(
          one.parameters[name].values.map(\.bitPattern) == more.parameters[name].values.map(\.bitPattern), "\(name)")
      }
    }
  }

  @Test func gradientsAddUpAndWhatNobodyWantsIsLeftOut() throws {
    let graph = network()
    let plan = try Plan(graph, inputShapes: ["x": [1, 8, 8, 2]], mode: .training)
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 6))
    let x = OperationCheck.random([1, 8, 8, 2], RandomStream(seed: 7))
    let seed = ["y": Tensor([1, 8, 8, 1], filledWith: 1)]
    var once: Parameters? = Parameters(zerosLike: parameters)
    _ = plan.forward(["x": x], &parameters)
    #expect(plan.backward(seed, parameters, into: &once).isEmpty)
    var twice: Parameters? = once
    _ = plan.forward(["x": x], &parameters)
    let withParameters = plan.backward(seed, parameters, into: &twice, wanting: ["x"])
    for name in ["a.weights", "e.bias", "an.scale", "d.weights"] {
      let sums = zip(once![name].values, twice![name].values)
      #expect(sums.allSatisfy { abs(2 * $0 - $1) <= 1e-5 * max(1, abs($1)) }, "\(name)")
    }
    var none: Parameters?
    _ = plan.forward(["x": x], &parameters)
    let alone = plan.backward(seed, parameters, into: &none, wanting: ["x"])
    #expect(alone["x"] == withParameters["x"])
  }

  /// Inference reuses the arena harder than training; with the running statistics equal, both give the same numbers.
  @Test func inferenceAndTrainingPlansAgree() throws {
    var graph = Graph(name: "plain")
    let x = graph.input("x", channels: 3)
    let a = graph.activation(graph.convolution(x, filters: 8, name: "a"), .relu)
    let b = graph.convolution(graph.upsample(graph.maxPool(a)), filters: 8, name: "b")
    graph.output("inner", b)
    graph.output("y", graph.concatenate([graph.add(a, b), x]))
    let input = OperationCheck.random([1, 6, 6, 3], RandomStream(seed: 8))
    var parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 9))
    let training = try Plan(graph, inputShapes: ["x": [1, 6, 6, 3]], mode: .training)
    let inference = try Plan(graph, inputShapes: ["x": [1, 6, 6, 3]], mode: .inference)
    let first = training.forward(["x": input], &parameters)
    #expect(first == inference.forward(["x": input], &parameters))
    #expect(inference.arenaCount < training.arenaCount)
  }
}
