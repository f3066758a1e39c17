import Tensors

/// The patch discriminator of the conditional GAN (Isola et al., CVPR 2017): 4×4 convolutions, the first `layers` of
/// stride 2, so that each value of `De` judges one square of the image and label map (70×70 px with three of them).
public struct PatchDiscriminatorConfiguration: NetworkConfiguration {
  public static let name = "patch-discriminator"
  public static let isGenerator = false

  /// Channels of the first convolution; doubled up to eight times that. Default 64.
  public var width: Int
  /// Convolutions of stride 2. Default 3, whose patches are 70×70 px; 1 gives 16×16, 2 gives 34×34, 4 gives 142×142.
  public var layers: Int
  /// Default `image`: the GAN is a conditional one.
  public var condition: DiscriminatorCondition
  /// Default `sigmoid`.
  public var output: DiscriminatorOutput
  public var batchNormMomentum: Float
  public var initialization: WeightInitialization
  /// Channels of the image that conditions it.
  public var imageChannels: Int

  public init(
    width: Int = 64, layers: Int = 3, condition: DiscriminatorCondition = .image,
    output: DiscriminatorOutput = .sigmoid, batchNormMomentum: Float = 0.99,
    initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1
  ) {
    self.width = width
    self.layers = layers
    self.condition = condition
    self.output = output
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.imageChannels = imageChannels
  }

  /// The strided convolutions halve, rounding down; the two after them take a pixel each.
  public var sizeRule: SizeRule { SizeRule(multiple: 1, minimum: 3 << layers) }

  public var endsInSigmoid: Bool { output == .sigmoid }

  public var seesImage: Bool { condition == .image }

  public func validate() throws(NetworkError) {
    try checkOption("width", width, in: OptionBounds.width, of: Self.name)
    try checkOption("layers", layers, in: OptionBounds.patchLayers, of: Self.name)
    try checkOption("channels", imageChannels, in: OptionBounds.imageChannels, of: Self.name)
    try checkMomentum(batchNormMomentum, of: Self.name)
  }

  public func graph() -> Graph {
    let style = LayerStyle(initialization: initialization, batchNormMomentum: batchNormMomentum)
    var graph = Graph(name: Self.name)
    var map = graph.judgedInput(condition, imageChannels: imageChannels)
    for level in 0...layers {
      map = style.convolved(
        map, width: width * min(1 << level, MethodConstant.widestDiscriminatorFactor), kernel: 4,
        stride: level < layers ? 2 : 1, normalized: level > 0, activation: .leakyRelu(MethodConstant.leakyReLUSlope),
        named: "encoder\(level + 1)", in: &graph)
    }
    map = graph.convolution(map, filters: 1, kernel: 4, initialiser: initialization.initialiser, name: "De")
    graph.judgement(NetworkOutput.verdict, map, output)
    return graph
  }
}
