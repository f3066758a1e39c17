import Networks
import Tensors
import Testing

/// What the networks look like, which sizes they take, and what their options change.
@Suite struct ArchitectureTests {
  @Test("the paper's U-Net has the parameters counted by hand") func unetCount() throws {
    // (3·3·in + 1)·out and four numbers a channel of batch norm for both convolutions of a block, 65 for the head.
    func block(_ input: Int, _ width: Int) -> Int { (9 * input + 1) * width + (9 * width + 1) * width + 8 * width }
    let encoder = block(1, 64) + block(64, 128) + block(128, 256) + block(256, 512) + block(512, 1024)
    let decoder = block(1536, 512) + block(768, 256) + block(384, 128) + block(192, 64)
    let architecture = Architecture(UNetConfiguration())
    let layers = try Model(UNetConfiguration(width: 64), stream: RandomStream(seed: 0))
    #expect(layers.parameterCount == encoder + decoder + 65)
    #expect(architecture.configuration.sizeRule == SizeRule(multiple: 16, minimum: 16))
  }

  @Test("the discriminator pools seven times and starts its decoder at 1/16") func discriminatorShapes() throws {
    let model = try Model(DiscriminatorConfiguration(width: 4), stream: RandomStream(seed: 0))
    let layers = try model.layers(height: 512, width: 512)
    func shape(_ name: String) -> [Int]? { layers.first { $0.name == name }?.outputShape }
    #expect(shape("De") == [1, 4, 4, 1])
    #expect(shape("encoder5.leaky-relu") == [1, 32, 32, 32])
    #expect(shape("decoder4.upsample") == [1, 64, 64, 32])
    #expect(shape("decoder1.leaky-relu") == [1, 512, 512, 4])
    #expect(shape("Dd") == [1, 512, 512, 1])
    #expect(DiscriminatorConfiguration().widths == [64, 128, 256, 512, 512, 512, 512])
  }

  @Test("odd maps below the decoder's start are floored") func oddSizes() throws {
    let model = try Model(DiscriminatorConfiguration(width: 4), stream: RandomStream(seed: 0))
    let layers = try model.layers(height: 144, width: 272)
    #expect(layers.first { $0.name == "De" }?.outputShape == [1, 1, 2, 1])
    #expect(layers.first { $0.name == "Dd" }?.outputShape == [1, 144, 272, 1])
  }

  @Test("a size that does not fit is refused with the rule and the depth that would fit") func wrongSize() {
    let discriminator = Architecture(DiscriminatorConfiguration())
    let error = #expect(throws: NetworkError.self) { try discriminator.checkSize(height: 64, width: 96) }
    #expect(error?.code == "network-size-not-supported")
    #expect(error?.message.contains("multiples of 16, at least 128 px") == true)
    #expect(error?.hint?.hasPrefix("`pixel-discriminator depth: 6` fits") == true)
    let unet = Architecture(UNetConfiguration())
    let odd = #expect(throws: NetworkError.self) { try unet.checkSize(height: 100, width: 100) }
    #expect(
      odd?.hint
        == "`unet depth: 2` fits these images; or give `size: 96` where they are loaded or drawn, or to `predict`")
    #expect(throws: NetworkError.self) { try unet.checkSize(height: 101, width: 64) }
  }

  @Test("options outside their range are refused", arguments: [0, 3, 4096, -1]) func badWidth(_ width: Int) {
    for architecture in [
      Architecture(UNetConfiguration(width: width)),
      Architecture(DiscriminatorConfiguration(width: width)), Architecture(FCN8Configuration(width: width)),
      Architecture(PatchDiscriminatorConfiguration(width: width)),
      Architecture(PointwiseDiscriminatorConfiguration(width: width)),
    ] {
      let error = #expect(throws: NetworkError.self) { try Model(architecture, stream: RandomStream(seed: 0)) }
      #expect(error?.code == "network-option-out-of-range")
    }
  }

  @Test("momentum and depth are checked") func otherOptions() {
    #expect(throws: NetworkError.self) { try UNetConfiguration(batchNormMomentum: 1).validate() }
    #expect(throws: NetworkError.self) { try UNetConfiguration(batchNormMomentum: .nan).validate() }
    #expect(throws: NetworkError.self) { try UNetConfiguration(depth: 0).validate() }
    #expect(throws: NetworkError.self) { try DiscriminatorConfiguration(depth: 8).validate() }
  }

  @Test("initial weights follow the rule asked for", arguments: WeightInitialization.allCases)
  func initialWeights(_ rule: WeightInitialization) throws {
    let model = try Model(
      UNetConfiguration(width: 16, depth: 2, initialization: rule), stream: RandomStream(seed: 3))
    let weights = model.parameters["bottom.convolution2.weights"]  // 3×3×64×64
    let fanIn: Float = 9 * 64
    let expected: Float =
      switch rule {
      case .glorotUniform: (2 / (2 * fanIn)).squareRoot()
      case .heNormal: (2 / fanIn).squareRoot()
      case .normal: 0.02
      }
    let deviation = Float(((weights * weights).mean() - weights.mean() * weights.mean()).squareRoot())
    // The deviation of 36 864 draws is known to 1/√(2·36 864) = 0.4 %; five times that.
    #expect(abs(deviation - expected) < 0.02 * expected)
    #expect(model.parameters["bottom.convolution2.bias"].absolute().maximum() == 0)
    #expect(rule != .glorotUniform || weights.absolute().maximum() <= (6 / (2 * fanIn)).squareRoot())
  }

  @Test("the same stream gives the same network, another one another") func seeded() throws {
    let configuration = UNetConfiguration(width: 4, depth: 1)
    func weights(_ seed: UInt64) throws -> Tensor {
      try Model(configuration, stream: RandomStream(seed: seed)).parameters["bottom.convolution1.weights"]
    }
    #expect(try weights(1) == weights(1))
    #expect(try weights(1) != weights(2))
  }

  @Test("a prediction does not depend on the other images of its batch") func prediction() throws {
    let model = try Model(UNetConfiguration(width: 4, depth: 2), stream: RandomStream(seed: 1))
    let images = hashed("prediction", [3, 16, 12, 1], from: 0, to: 1)
    let together = try model.predict(images: images)
    #expect(together.shape == [3, 16, 12, 1])
    #expect(together.minimum() > 0 && together.maximum() < 1)
    for index in 0..<3 { #expect(try model.predict(images: images.item(index)) == together.item(index)) }
  }

  @Test("a prediction from what is not a batch of the network's images is refused") func badInputs() throws {
    let model = try Model(UNetConfiguration(width: 4, depth: 2), stream: RandomStream(seed: 1))
    func code(_ shape: [Int], _ model: Model) -> String? {
      #expect(throws: NetworkError.self) { try model.predict(images: Tensor(shape)) }?.code
    }
    #expect(code([16, 16, 1], model) == "not-a-batch")
    #expect(code([], model) == "not-a-batch")
    #expect(code([1, 16, 16, 3], model) == "network-channels-differ")
    #expect(code([1, 16, 18, 1], model) == "network-size-not-supported")
    let error = #expect(throws: NetworkError.self) {
      try model.predict(images: Tensor([1, 16, 16, 1], filledWith: .nan))
    }
    #expect(error?.code == "pixels-not-finite")
    let judge = try Model(DiscriminatorConfiguration(width: 4), stream: RandomStream(seed: 1))
    #expect(code([1, 128, 128, 1], judge) == "not-a-generator")
  }
}
