import Tensors

extension DiscriminatorConfiguration {
  /// The pixel discriminator D of method §3: image and label map → `De`, one verdict per field of the label map, and
  /// `Dd`, one verdict per pixel.
  func graph() -> Graph {
    var graph = Graph(name: "pixel-discriminator")
    var map = input(to: &graph)
    var encoded: [Node] = []
    for level in 0..<depth {
      map = convolved(map, width: widths[level], named: "encoder\(level + 1)", in: &graph)
      encoded.append(map)
      map = graph.maxPool(map, 2, name: "encoder\(level + 1).pool")
    }
    map = convolution(map, filters: 1, named: "De", in: &graph)
    graph.output(NetworkOutput.verdict, ended(map, named: "De", in: &graph))
    map = decoded(from: encoded, in: &graph)
    map = convolution(map, filters: 1, named: "Dd", in: &graph)
    graph.output(NetworkOutput.pixels, ended(map, named: "Dd", in: &graph))
    return graph
  }

  private func input(to graph: inout Graph) -> Node {
    switch condition {
    case .image:
      let image = graph.input(NetworkInput.image, channels: imageChannels)
      let map = graph.input(NetworkInput.map, channels: 1)
      return graph.concatenate([image, map], name: "input")
    case .none:
      return graph.input(NetworkInput.map, channels: 1)
    }
  }

  /// From the map of `decoderStart` back to the size of the input: (upsample, concatenate, convolution) a level.
  private func decoded(from encoded: [Node], in graph: inout Graph) -> Node {
    var map = encoded[decoderStart - 1]
    for level in (0..<decoderStart - 1).reversed() {
      let name = "decoder\(level + 1)"
      map = graph.upsample(map, by: 2, .nearest, name: "\(name).upsample")
      if skips { map = graph.concatenate([map, encoded[level]], name: "\(name).skip") }
      map = convolved(map, width: widths[level], named: name, in: &graph)
    }
    return map
  }

  /// A 3×3 convolution, normalised as `norm` says, and leaky ReLU.
  private func convolved(_ input: Node, width: Int, named name: String, in graph: inout Graph) -> Node {
    var map = convolution(input, filters: width, named: "\(name).convolution", in: &graph)
    if norm == .batch {
      map = graph.batchNormalization(
        map, epsilon: MethodConstant.batchNormEpsilon, momentum: batchNormMomentum, name: "\(name).norm")
    }
    return graph.activation(map, .leakyRelu(MethodConstant.leakyReLUSlope), name: "\(name).leaky-relu")
  }

  private func convolution(_ input: Node, filters: Int, named name: String, in graph: inout Graph) -> Node {
    graph.convolution(
      input, filters: filters, kernel: 3, initialiser: initialization.initialiser,
      spectralNormalization: norm == .spectral, name: name)
  }

  private func ended(_ map: Node, named name: String, in graph: inout Graph) -> Node {
    output == .sigmoid ? graph.activation(map, .sigmoid, name: "\(name).sigmoid") : map
  }
}
