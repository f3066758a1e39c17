import Tensors

/// A discriminator that sees one pixel at a time: three 1×1 convolutions (the 1×1 "PixelGAN" of Isola et al., CVPR 2017).
/// The ablation of method §8 that asks what D's view of the surroundings is worth.
public struct PointwiseDiscriminatorConfiguration: NetworkConfiguration {
  public static let name = "pointwise-discriminator"
  public static let isGenerator = false

  /// Channels of the first convolution; the second has twice as many. Default 64.
  public var width: Int
  /// Default `image`.
  public var condition: DiscriminatorCondition
  /// Default `sigmoid`.
  public var output: DiscriminatorOutput
  public var batchNormMomentum: Float
  public var initialization: WeightInitialization
  /// Channels of the image that conditions it.
  public var imageChannels: Int

  public init(
    width: Int = 64, condition: DiscriminatorCondition = .image, output: DiscriminatorOutput = .sigmoid,
    batchNormMomentum: Float = 0.99, initialization: WeightInitialization = .glorotUniform, imageChannels: Int = 1
  ) {
    self.width = width
    self.condition = condition
    self.output = output
    self.batchNormMomentum = batchNormMomentum
    self.initialization = initialization
    self.imageChannels = imageChannels
  }

  public var sizeRule: SizeRule { SizeRule(multiple: 1, minimum: 1) }

  public var endsInSigmoid: Bool { output == .sigmoid }

  public var seesImage: Bool { condition == .image }

  public func validate() throws(NetworkError) {
    try checkOption("width", width, in: OptionBounds.width, of: Self.name)
    try checkOption("channels", imageChannels, in: OptionBounds.imageChannels, of: Self.name)
    try checkMomentum(batchNormMomentum, of: Self.name)
  }

  public func graph() -> Graph {
    let style = LayerStyle(initialization: initialization, batchNormMomentum: batchNormMomentum)
    let leaky = Activation.leakyRelu(MethodConstant.leakyReLUSlope)
    var graph = Graph(name: Self.name)
    var map = graph.judgedInput(condition, imageChannels: imageChannels)
    map = style.convolved(
      map, width: width, kernel: 1, normalized: false, activation: leaky, named: "encoder1", in: &graph)
    map = style.convolved(map, width: 2 * width, kernel: 1, activation: leaky, named: "encoder2", in: &graph)
    map = graph.convolution(map, filters: 1, kernel: 1, initialiser: initialization.initialiser, name: "Dd")
    graph.judgement(NetworkOutput.pixels, map, output)
    return graph
  }
}
