import Tensors

/// FCN-8s (Long, Shelhamer & Darrell, CVPR 2015) over the encoder of VGG-16, trained from scratch.
///
/// Thirteen 3×3 convolutions with five poolings, two more that stand for VGG's dense layers (7×7, 1×1), then scores of one
/// channel: those of pool4 are added after ×2, those of pool3 after ×2 again, and ×8 gives the map. Upsampling is bilinear
/// and fixed, as the original's last step is and its others start. Without pretrained weights the plain VGG hardly moves,
/// so batch norm follows every convolution unless `norm` is `none`; there is no dropout.
public struct FCN8Configuration: NetworkConfiguration {
  public static let name = "fcn8"
  public static let isGenerator = true

  /// Channels of the first block: 64, 128, 256, 512, 512 at the default 64; the dense layers have 64 times as many.
  public var width: Int
  /// Whether batch norm follows the convolutions. Default true.
  public var isNormalized: Bool
  public var batchNormMomentum: Float
  public var initialization: WeightInitialization
  public var imageChannels: Int

  public init(
    width: Int = 64, isNormalized: Bool = true, batchNormMomentum: Float = 0.99,
    initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1
  ) {
    self.width = width
    self.isNormalized = isNormalized
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.imageChannels = imageChannels
  }

  /// Convolutions and channels of VGG-16's blocks.
  private var blocks: [(convolutions: Int, width: Int)] {
    [(2, width), (2, 2 * width), (3, 4 * width), (3, 8 * width), (3, 8 * width)]
  }

  /// Five poolings, whose maps meet again exactly.
  public var sizeRule: SizeRule { SizeRule(multiple: 32, minimum: 32) }

  public func validate() throws(NetworkError) {
    try checkOption("width", width, in: OptionBounds.width, of: Self.name)
    try checkOption("channels", imageChannels, in: OptionBounds.imageChannels, of: Self.name)
    try checkMomentum(batchNormMomentum, of: Self.name)
  }

  public func graph() -> Graph {
    let style = LayerStyle(
      initialization: initialization, batchNormMomentum: batchNormMomentum, isNormalized: isNormalized)
    var graph = Graph(name: Self.name)
    var map = graph.input(NetworkInput.image, channels: imageChannels)
    var pooled: [Node] = []
    for (level, block) in blocks.enumerated() {
      for index in 1...block.convolutions {
        map = style.convolved(map, width: block.width, named: "block\(level + 1).\(index)", in: &graph)
      }
      map = graph.maxPool(map, 2, name: "pool\(level + 1)")
      pooled.append(map)
    }
    map = style.convolved(map, width: 64 * width, kernel: 7, named: "dense6", in: &graph)
    map = style.convolved(map, width: 64 * width, kernel: 1, named: "dense7", in: &graph)
    var scores = score(map, named: "score5", in: &graph)
    for level in [4, 3] {
      scores = graph.upsample(scores, by: 2, .bilinear, name: "score\(level).upsample")
      scores = graph.add(
        scores, score(pooled[level - 1], named: "score\(level)", in: &graph), name: "score\(level).sum")
    }
    scores = graph.upsample(scores, by: 8, .bilinear, name: "score.upsample")
    graph.output(NetworkOutput.probability, graph.activation(scores, .sigmoid, name: "score.sigmoid"))
    return graph
  }

  private func score(_ map: Node, named name: String, in graph: inout Graph) -> Node {
    graph.convolution(map, filters: 1, kernel: 1, initialiser: initialization.initialiser, name: name)
  }
}
