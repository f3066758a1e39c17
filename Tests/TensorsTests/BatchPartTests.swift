import Base
import Tensors
import Testing
import ThreadRanks

/// A batch in parts: the same bits however its images are dealt out.
struct BatchPartTests {
  /// The sum that a tree makes of numbered images, as brackets.
  private func brackets(_ nodes: [ImageTree.Node], _ name: (ImageTree.Node) -> String) -> [String] {
    var stack: [String] = []
    var tree = ImageTree()
    for node in nodes {
      stack.append(name(node))
      tree.append(node) {
        let last = stack.removeLast()
        stack[stack.count - 1] = "(\(stack[stack.count - 1]) + \(last))"
      }
    }
    tree.close {
      let last = stack.removeLast()
      stack[stack.count - 1] = "(\(stack[stack.count - 1]) + \(last))"
    }
    return stack
  }

  private func single(_ range: Range<Int>) -> [ImageTree.Node] { range.map { ImageTree.Node(first: $0, count: 1) } }

  @Test func imagesAreSummedInPairs() {
    #expect(brackets(single(0..<3)) { "\($0.first)" } == ["((0 + 1) + 2)"])
    #expect(brackets(single(0..<4)) { "\($0.first)" } == ["((0 + 1) + (2 + 3))"])
    #expect(brackets(single(0..<7)) { "\($0.first)" } == ["(((0 + 1) + (2 + 3)) + ((4 + 5) + 6))"])
  }

  @Test func nodesOfRanksMakeTheSameTree() {
    for images in 1...19 {
      let whole = brackets(single(0..<images)) { "\($0.first)" }
      for ranks in 1...6 where ranks <= images {
        let nodes = (0..<ranks).flatMap { ImageTree.nodes(of: ($0 * images / ranks)..<(($0 + 1) * images / ranks)) }
        let found = brackets(nodes) { node in
          brackets(single(node.first..<(node.first + node.count))) { "\($0.first)" }[0]
        }
        #expect(found == whole, "\(images) images on \(ranks) ranks")
      }
    }
  }

  private struct Pass: Sendable, Equatable {
    var output: [UInt32]
    var inputGradient: [UInt32]
    var parameters: [[UInt32]]
  }

  /// Numbers so small that the processor would compute them by itself are zeros on any number of ranks.
  @Test func tinyGradientsAreTheSame() throws {
    var graph = Graph(name: "tiny")
    graph.output("y", graph.convolution(graph.input("x", channels: 8), filters: 8, kernel: 1, name: "layer"))
    let network = graph
    @Sendable func gradients(_ part: BatchPart) throws -> [[UInt32]] {
      var parameters = Parameters(network.parameterSpecs, stream: RandomStream(seed: 1, path: []))
      let x = Tensor([part.count, 8, 8, 8], filledWith: 1).rows(part.images)
      // What an image adds to the bias is the difference of two normal numbers, a denormal one.
      let pixels = (0..<part.count * 64).flatMap {
        [Float](repeating: [0: 2e-38, 32: -1.4e-38][$0 % 64] ?? 0, count: 8)
      }
      let slope = Tensor([part.count, 8, 8, 8], values: pixels).rows(part.images)
      let plan = try Plan(network, inputShapes: ["x": x.shape], mode: .training, part: part)
      _ = plan.forward(["x": x], &parameters)
      var gradients: Parameters? = Parameters(zerosLike: parameters)
      _ = plan.backward(["y": slope], parameters, into: &gradients)
      return parameters.names.map { bits(gradients![$0]) }
    }
    let alone = try gradients(BatchPart(whole: 2))
    for result in onRanks(2, { try gradients(BatchPart(of: 2, among: $0)) }) { #expect(try result.get() == alone) }
  }

  /// A network with every kind of layer that sums over a batch, of very different sizes.
  private func network() -> Graph {
    var graph = Graph(name: "parts")
    let x = graph.input("x", channels: 6)
    var map = graph.convolution(x, filters: 12, kernel: 3, name: "first")
    map = graph.batchNormalization(map, name: "norm")
    map = graph.activation(map, .relu, name: "relu")
    let half = graph.maxPool(map, 2, name: "pool")
    var deep = graph.convolution(half, filters: 176, kernel: 3, name: "deep")
    deep = graph.convolution(deep, filters: 176, kernel: 3, spectralNormalization: true, name: "spectral")
    deep = graph.batchNormalization(deep, name: "norm2")
    deep = graph.transposedConvolution(deep, filters: 12, stride: 2, name: "up")
    map = graph.concatenate([map, deep], name: "skip")
    map = graph.convolution(map, filters: 1, kernel: 1, name: "head")
    graph.output("y", map)
    return graph
  }

  private func bits(_ tensor: Tensor) -> [UInt32] { tensor.values.map(\.bitPattern) }

  private func pass(_ part: BatchPart) throws -> Pass {
    let graph = network()
    let stream = RandomStream(seed: 5, path: ["parts"])
    var parameters = Parameters(graph.parameterSpecs, stream: stream)
    let x = OperationCheck.random([part.count, 8, 8, 6], stream.substream("x"))
    let weight = OperationCheck.random([part.count, 8, 8, 1], stream.substream("weight")).rows(part.images)
    let inputs = ["x": x.rows(part.images)]
    let plan = try Plan(graph, inputShapes: inputs.mapValues(\.shape), mode: .training, part: part)
    var gradients: Parameters? = Parameters(zerosLike: parameters)
    var output = Tensor([0])
    var inputGradient = output
    for _ in 0..<2 {
      output = plan.forward(inputs, &parameters)["y"]!
      inputGradient = plan.backward(["y": weight], parameters, into: &gradients, wanting: ["x"])["x"]!
    }
    let names = parameters.names
    return Pass(
      output: bits(output), inputGradient: bits(inputGradient),
      parameters: names.map { bits(parameters[$0]) } + names.map { bits(gradients![$0]) })
  }

  /// With buckets for all layers at once, and for pieces of a layer.
  @Test(arguments: [(2, 2), (2, 3), (3, 2), (4, 3), (5, 2), (7, 3), (1, 2)], [1 << 20, 5000, 40_000])
  func ranksComeToTheSameBits(_ counts: (images: Int, ranks: Int), bucketSize: Int) throws {
    let images = counts.images
    let whole = try pass(BatchPart(whole: images))
    #expect(whole.parameters.count > 20)
    let parts = onRanks(counts.ranks) { ranks in
      let part = BatchPart(of: images, among: ranks, bucketSize: bucketSize)
      return (part.images, try pass(part))
    }
    var seen = Set<Int>()
    for result in parts {
      let (range, part) = try result.get()
      #expect(part.parameters == whole.parameters, "parameters, statistics and gradients")
      let (pixels, inputs) = (whole.output.count / images, whole.inputGradient.count / images)
      #expect(part.output == Array(whole.output[(range.lowerBound * pixels)..<(range.upperBound * pixels)]))
      #expect(
        part.inputGradient == Array(whole.inputGradient[(range.lowerBound * inputs)..<(range.upperBound * inputs)]))
      seen.formUnion(range)
    }
    #expect(seen == Set(0..<images))
  }
}
