import Tensors

/// What all layers of one network have in common, and the blocks that several networks are composed of.
struct LayerStyle {
  var initialization: WeightInitialization
  var batchNormMomentum: Float
  /// Whether batch norm follows a block's convolutions.
  var isNormalized = true

  /// A convolution and batch norm, if there is any, then `activation`.
  func convolved(
    _ input: Node, width: Int, kernel: Int = 3, stride: Int = 1, dilation: Int = 1,
    normalized isNormalized: Bool? = nil,
    activation: Activation = .relu, named name: String, in graph: inout Graph
  ) -> Node {
    var map = graph.convolution(
      input, filters: width, kernel: kernel, stride: stride, dilation: dilation,
      initialiser: initialization.initialiser, name: "\(name).convolution")
    if isNormalized ?? self.isNormalized { map = normalized(map, named: "\(name).norm", in: &graph) }
    return graph.activation(map, activation, name: "\(name).\(activation.name)")
  }

  /// Batch norm with the method's ε.
  func normalized(_ input: Node, named name: String, in graph: inout Graph) -> Node {
    graph.batchNormalization(
      input, epsilon: MethodConstant.batchNormEpsilon, momentum: batchNormMomentum, name: name)
  }

  /// A 1×1 convolution to one channel and a sigmoid: the probability of non-perfusion, or of what another output says.
  func probability(
    _ input: Node, of output: String = NetworkOutput.probability, named name: String = "head", in graph: inout Graph
  ) {
    let map = graph.convolution(input, filters: 1, kernel: 1, initialiser: initialization.initialiser, name: name)
    graph.output(output, graph.activation(map, .sigmoid, name: "\(name).sigmoid"))
  }
}
