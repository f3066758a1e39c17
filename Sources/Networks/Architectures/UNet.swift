import Tensors

extension UNetConfiguration {
  /// The generator G of method §3: image `[batch, height, width, inputChannels]` → probability of non-perfusion
  /// `[batch, height, width, 1]`.
  func graph() -> Graph {
    var graph = Graph(name: "unet")
    var map = graph.input(NetworkInput.image, channels: inputChannels)
    var skips: [Node] = []
    for level in 0..<depth {
      map = block(map, width: widths[level], named: "encoder\(level + 1)", in: &graph)
      skips.append(map)
      map = graph.maxPool(map, 2, name: "encoder\(level + 1).pool")
    }
    map = block(map, width: widths[depth], named: "bottom", in: &graph)
    for level in (0..<depth).reversed() {
      let name = "decoder\(level + 1)"
      map = doubled(map, width: widths[level], named: name, in: &graph)
      map = graph.concatenate([map, skips[level]], name: "\(name).skip")
      map = block(map, width: widths[level], named: name, in: &graph)
    }
    map = graph.convolution(map, filters: 1, kernel: 1, initialiser: initialization.initialiser, name: "head")
    graph.output(NetworkOutput.probability, graph.activation(map, .sigmoid, name: "head.sigmoid"))
    return graph
  }

  /// Two 3×3 convolutions with ReLU, normalised as `norm` says.
  private func block(_ input: Node, width: Int, named name: String, in graph: inout Graph) -> Node {
    var map = input
    for index in 1...2 {
      map = graph.convolution(
        map, filters: width, kernel: 3, initialiser: initialization.initialiser, name: "\(name).convolution\(index)")
      if norm == .layer { map = normalized(map, named: "\(name).norm\(index)", in: &graph) }
      map = graph.activation(map, .relu, name: "\(name).relu\(index)")
    }
    return norm == .block ? normalized(map, named: "\(name).norm", in: &graph) : map
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

  private func normalized(_ input: Node, named name: String, in graph: inout Graph) -> Node {
    graph.batchNormalization(
      input, epsilon: MethodConstant.batchNormEpsilon, momentum: batchNormMomentum, name: name)
  }
}

/// Names of the networks' inputs.
public enum NetworkInput {
  /// The angiogram, grey in [0, 1]: `[batch, height, width, channels]`.
  public static let image = "image"
  /// The label map a discriminator judges, in [0, 1]: `[batch, height, width, 1]`.
  public static let map = "map"
}

/// Names of the networks' outputs.
public enum NetworkOutput {
  /// G(X): probability of non-perfusion, `[batch, height, width, 1]`.
  public static let probability = "probability"
  /// De(X): "is this label map real?", `[batch, height / 2^depth, width / 2^depth, 1]`.
  public static let verdict = "De"
  /// Dd(X): "which pixels of it are right?", `[batch, height, width, 1]`.
  public static let pixels = "Dd"
}
