import Tensors
import Testing

@Suite struct GraphTests {
  @Test func layersGiveShapesParametersAndOperations() throws {
    var graph = Graph(name: "small")
    let x = graph.input("x", channels: 3)
    let y = graph.convolution(x, filters: 8, name: "first")
    graph.output("y", graph.maxPool(y, name: "pool"))
    let layers = try graph.layers(for: ["x": [2, 9, 8, 3]])
    #expect(layers.map(\.name) == ["x", "first", "pool"])
    #expect(layers[1].operation == "convolution 3×3")
    #expect(layers[1].outputShape == [2, 9, 8, 8])
    #expect(layers[1].parameterCount == 3 * 3 * 3 * 8 + 8)
    #expect(layers[1].operationCount == 2 * 2 * 9 * 8 * 8 * 27)
    #expect(layers[2].outputShape == [2, 4, 4, 8])
    #expect(layers[2].inputs == ["first"])
    #expect(graph.parameterSpecs.map(\.name) == ["first.weights", "first.bias"])
  }

  @Test func errorsNameTheLayerAndTheShapes() {
    var graph = Graph(name: "wrong")
    let x = graph.input("x", channels: 1)
    let small = graph.maxPool(x, name: "pool")
    graph.output("y", graph.concatenate([x, small], name: "joined"))
    let mismatch = #expect(throws: GraphError.self) { try graph.layers(for: ["x": [1, 4, 4, 1]]) }
    #expect(mismatch?.code == "shape-mismatch")
    #expect(
      mismatch?.message
        == "layer joined: concatenation needs maps of one batch, height and width; given 1×4×4×1 and 1×2×2×1")
    let tiny = #expect(throws: GraphError.self) {
      try Plan(graph, inputShapes: ["x": [1, 1, 4, 1]], mode: .training)
    }
    #expect(tiny?.code == "map-too-small")
    #expect(tiny?.layer == "pool")
    let channels = #expect(throws: GraphError.self) { try graph.layers(for: ["x": [1, 4, 4, 3]]) }
    #expect(channels?.code == "shape-mismatch")
    let missing = #expect(throws: GraphError.self) { try graph.layers(for: [:]) }
    #expect(missing?.code == "unknown-network-input")
    let unknown = #expect(throws: GraphError.self) { try graph.layers(for: ["x": [1, 4, 4, 1], "z": [1, 4, 4, 1]]) }
    #expect(unknown?.layer == "z")
  }

  @Test func initialParametersFollowTheirNamesAndFans() {
    var graph = Graph(name: "initial")
    let x = graph.input("x", channels: 16)
    let a = graph.convolution(x, filters: 32, name: "a")
    graph.output("y", graph.convolution(a, filters: 32, initialiser: .heNormal, name: "b"))
    let parameters = Parameters(graph.parameterSpecs, stream: RandomStream(seed: 3))
    let bound = (6.0 / (9 * 16 + 9 * 32)).squareRoot()
    let glorot = parameters["a.weights"].values.map(Double.init)
    #expect(glorot.allSatisfy { abs($0) <= bound * 1.000_001 })
    #expect(glorot.map(abs).max()! > 0.99 * bound)
    let he = parameters["b.weights"].values.map(Double.init)
    let variance = he.reduce(0) { $0 + $1 * $1 } / Double(he.count)
    #expect(abs(variance * 9 * 32 / 2 - 1) < 0.06)
    #expect(parameters["a.bias"].values.allSatisfy { $0 == 0 })
    #expect(parameters.trainableCount == 9 * 16 * 32 + 32 + 9 * 32 * 32 + 32)

    var other = Graph(name: "other")
    let z = other.input("x", channels: 16)
    _ = other.convolution(other.convolution(z, filters: 16, name: "new"), filters: 32, name: "a")
    let same = Parameters(other.parameterSpecs, stream: RandomStream(seed: 3))
    #expect(same["a.weights"] == parameters["a.weights"], "a layer's start depends on its name alone")
  }
}
