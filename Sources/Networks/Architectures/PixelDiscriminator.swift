import Tensors

extension DiscriminatorConfiguration {
  /// The pixel discriminator D of method §3: image and label map → `De`, one verdict per field of the label map, and
  /// `Dd`, one verdict per pixel; or one of the two alone.
  public func graph() -> Graph {
    var graph = Graph(name: Self.name)
    var map = graph.judgedInput(condition, imageChannels: imageChannels)
    var encoded: [Node] = []
    for level in 0..<(answers == .pixels ? decoderStart : depth) {
      if level > 0 { map = graph.maxPool(map, 2, name: "encoder\(level).pool") }
      map = convolved(map, width: widths[level], named: "encoder\(level + 1)", in: &graph)
      encoded.append(map)
    }
    if answers != .pixels {
      map = graph.maxPool(map, 2, name: "encoder\(depth).pool")
      map = convolution(map, filters: 1, named: "De", in: &graph)
      graph.judgement(NetworkOutput.verdict, map, output)
    }
    if answers != .map {
      map = decoded(from: encoded, in: &graph)
      map = convolution(map, filters: 1, named: "Dd", in: &graph)
      graph.judgement(NetworkOutput.pixels, map, output)
    }
    return graph
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
}

extension Graph {
  /// What a discriminator sees: the label map, after the image where it is conditioned on it.
  mutating func judgedInput(_ condition: DiscriminatorCondition, imageChannels: Int) -> Node {
    switch condition {
    case .image:
      let image = input(NetworkInput.image, channels: imageChannels)
      let map = input(NetworkInput.map, channels: 1)
      return concatenate([image, map], name: "input")
    case .none:
      return input(NetworkInput.map, channels: 1)
    }
  }

  /// Gives out a discriminator's answer, ended as `ending` says.
  mutating func judgement(_ name: String, _ map: Node, _ ending: DiscriminatorOutput) {
    output(name, ending == .sigmoid ? activation(map, .sigmoid, name: "\(name).sigmoid") : map)
  }
}
