import Tensors

extension UNetConfiguration {
  /// The generator G of method §3: image `[batch, height, width, imageChannels]` → probability of non-perfusion
  /// `[batch, height, width, 1]`, and that of the territory where `maps` is `nested`.
  public func graph() -> Graph {
    var graph = Graph(name: Self.name)
    var map = graph.input(NetworkInput.image, channels: imageChannels)
    var skips: [Node] = []
    for level in 0..<depth {
      map = block(map, width: widths[level], named: "encoder\(level + 1)", in: &graph)
      skips.append(map)
      map = graph.maxPool(map, 2, name: "encoder\(level + 1).pool")
    }
    map = block(map, width: widths[depth], named: "bottom", in: &graph)
    if bottleneck == .aspp { map = style.atrousPyramid(map, width: widths[depth], named: "pyramid", in: &graph) }
    for level in (0..<depth).reversed() {
      let name = "decoder\(level + 1)"
      map = doubled(map, width: widths[level], named: name, in: &graph)
      map = graph.concatenate([map, skips[level]], name: "\(name).skip")
      map = block(map, width: widths[level], named: name, in: &graph)
    }
    style.probability(map, in: &graph)
    if maps == .nested {
      style.probability(map, of: NetworkOutput.territory, named: "territory", in: &graph)
    }
    return graph
  }

  private var style: LayerStyle {
    LayerStyle(
      initialization: initialization, batchNormMomentum: batchNormMomentum, isNormalized: norm != .none)
  }

  /// Two 3×3 convolutions with ReLU, normalised as `norm` says.
  private func block(_ input: Node, width: Int, named name: String, in graph: inout Graph) -> Node {
    var map = input
    for index in 1...2 {
      map = graph.convolution(
        map, filters: width, kernel: 3, initialiser: initialization.initialiser, name: "\(name).convolution\(index)")
      if norm == .layer { map = style.normalized(map, named: "\(name).norm\(index)", in: &graph) }
      map = graph.activation(map, .relu, name: "\(name).relu\(index)")
    }
    return norm == .block ? style.normalized(map, named: "\(name).norm", in: &graph) : map
  }

  /// Twice the height and width, without a convolution of its own unless `upsample` is `transposed`.
  private func doubled(_ input: Node, width: Int, named name: String, in graph: inout Graph) -> Node {
    switch upsample {
    case .nearest: graph.upsample(input, by: 2, .nearest, name: "\(name).upsample")
    case .bilinear: graph.upsample(input, by: 2, .bilinear, name: "\(name).upsample")
    case .transposed:
      graph.transposedConvolution(
        input, filters: width, stride: 2, initialiser: initialization.initialiser, name: "\(name).upsample")
    }
  }
}
