import Tensors
import Testing

/// What is kept of the parameters from pass to pass changes no result, and goes once they change.
@Suite struct KeptFiltersTests {
  private func network() -> Graph {
    var graph = Graph(name: "network")
    let first = graph.convolution(graph.input("x", channels: 9), filters: 20, name: "first")
    let second = graph.convolution(graph.upsample(first, by: 2), filters: 12, name: "second")
    graph.output("y", graph.convolution(second, filters: 7, spectralNormalization: true, name: "third"))
    return graph
  }

  @Test("images of two sizes, pass after pass, then other parameters") func passes() throws {
    let graph = network()
    let stream = RandomStream(seed: 3, path: ["kept filters"])
    var parameters = Parameters(graph.parameterSpecs, stream: stream)
    let kept = KeptFilters()
    let plans = try [9, 14].map { side in
      try Plan(graph, inputShapes: ["x": [1, side, side, 9]], mode: .inference)
    }
    for pass in 0..<6 {
      let plan = plans[pass % 2]
      let x = OperationCheck.random(plan.inputShapes["x"]!, stream.substream("x\(pass)"))
      let fresh = plan.forward(["x": x], &parameters)
      #expect(plan.forward(["x": x], &parameters, keeping: kept) == fresh, "pass \(pass)")
      if pass == 3 {
        let before = parameters
        parameters["first.weights"] = OperationCheck.random(parameters["first.weights"].shape, stream.substream("new"))
        var old = before
        #expect(plan.forward(["x": x], &old) != plan.forward(["x": x], &parameters))
      }
    }
  }
}
