import Networks
import Tensors
import Testing

/// Both networks and their variants, forward and backward, against PyTorch.
@Suite struct NetworkFixtureTests {
  /// Roundings allowed in an output, as a multiple of its largest number. A layer adds a handful, and each of up to 18
  /// batch norms passes on what it gets divided by the batch's standard deviation, which ε = 1e-3 keeps above 0.03: where
  /// eight pixels make a batch, a channel may multiply errors by 30. (PyTorch in 32 bits is 115 off on the U-Net.)
  static let outputRoundings: Float = 1000
  /// Roundings allowed in a gradient, as a multiple of the largest of its tensor: the same again on the way back.
  static let gradientRoundings: Float = 2000

  @Test("the U-Net of four poolings agrees with PyTorch") func unet() throws {
    let model = try Model(UNetConfiguration(width: 4), stream: RandomStream(seed: 0))
    try compare(
      model, named: "unet", in: "unet", inputs: ["image": hashed("unet/image 29", [2, 32, 32, 1], from: 0, to: 1)],
      wanting: "image", parameterGradients: true)
  }

  @Test("the pixel discriminator of seven poolings agrees with PyTorch") func discriminator() throws {
    let model = try Model(DiscriminatorConfiguration(width: 4), stream: RandomStream(seed: 0))
    let shape = [1, 128, 128, 1]
    try compare(
      model, named: "discriminator", in: "discriminator",
      inputs: [
        "image": hashed("discriminator/image", shape, from: 0, to: 1),
        "map": hashed("discriminator/map", shape, from: 0, to: 1),
      ],
      wanting: "map", parameterGradients: true)
  }

  @Test(
    "the U-Net's options agree with PyTorch",
    arguments: [
      (BlockNormalization.block, Networks.Upsampling.nearest), (.none, .nearest), (.layer, .bilinear),
      (.layer, .transposed),
    ]
  ) func unetOptions(_ norm: BlockNormalization, _ upsample: Networks.Upsampling) throws {
    let configuration = UNetConfiguration(width: 4, depth: 2, norm: norm, upsample: upsample, imageChannels: 2)
    let name = "unet \(norm.rawValue) \(upsample.rawValue)"
    try compare(
      Model(configuration, stream: RandomStream(seed: 0)), named: name, in: "variants",
      inputs: ["image": hashed("\(name)/image", [2, 8, 12, 2], from: 0, to: 1)], wanting: "image")
  }

  @Test("the discriminator's options agree with PyTorch") func discriminatorOptions() throws {
    let bare = DiscriminatorConfiguration(width: 4, depth: 3, skips: false)
    let free = DiscriminatorConfiguration(width: 4, depth: 3, condition: .none, norm: .none, output: .linear)
    for (configuration, name) in [
      (bare, "discriminator false true batch sigmoid"), (free, "discriminator true false none linear"),
    ] {
      var inputs = ["map": hashed("\(name)/map", [2, 16, 12, 1], from: 0, to: 1)]
      if configuration.condition == .image {
        inputs["image"] = hashed("\(name)/image", [2, 16, 12, 1], from: 0, to: 1)
      }
      try compare(
        Model(configuration, stream: RandomStream(seed: 0)), named: name, in: "variants",
        inputs: inputs, wanting: "map")
    }
  }

  @Test("FCN-8s and the U-Net with an atrous pyramid agree with PyTorch") func generators() throws {
    try compare(
      Model(FCN8Configuration(width: 4), stream: RandomStream(seed: 0)), named: "fcn8", in: "systems",
      inputs: ["image": hashed("fcn8/image", [2, 64, 96, 1], from: 0, to: 1)], wanting: "image")
    try compare(
      Model(UNetConfiguration(width: 4, depth: 2, bottleneck: .aspp), stream: RandomStream(seed: 0)),
      named: "unet aspp", in: "systems", inputs: ["image": hashed("unet aspp/image", [2, 32, 36, 1], from: 0, to: 1)],
      wanting: "image", parameterGradients: true)
  }

  @Test(
    "the discriminators of the other systems agree with PyTorch",
    arguments: [
      ("patch", [2, 37, 40, 1], Architecture(PatchDiscriminatorConfiguration(width: 4))),
      ("pointwise", [2, 9, 7, 1], Architecture(PointwiseDiscriminatorConfiguration(width: 4))),
      ("map only", [2, 16, 12, 1], Architecture(DiscriminatorConfiguration(width: 4, depth: 3, answers: .map))),
      ("pixels only", [2, 32, 48, 1], Architecture(DiscriminatorConfiguration(width: 4, answers: .pixels))),
    ]
  ) func discriminators(_ name: String, _ shape: [Int], _ architecture: Architecture) throws {
    try compare(
      Model(architecture, stream: RandomStream(seed: 0)), named: name, in: "systems",
      inputs: [
        "image": hashed("\(name)/image", shape, from: 0, to: 1), "map": hashed("\(name)/map", shape, from: 0, to: 1),
      ],
      wanting: "map", parameterGradients: true)
  }

  @Test("spectral normalisation agrees with PyTorch, through its gradient") func spectral() throws {
    let name = "discriminator true true spectral sigmoid"
    let configuration = DiscriminatorConfiguration(width: 4, depth: 3, norm: .spectral)
    let shape = [2, 16, 12, 1]
    try compare(
      Model(configuration, stream: RandomStream(seed: 0)), named: name, in: "variants",
      inputs: [
        "image": hashed("\(name)/image", shape, from: 0, to: 1), "map": hashed("\(name)/map", shape, from: 0, to: 1),
      ],
      wanting: "map", parameterGradients: true)
  }

  /// One forward and backward pass of `model` with weights made from names.
  private func compare(
    _ model: Model, named name: String, in file: String, inputs: [String: Tensor], wanting wanted: String,
    parameterGradients: Bool = false
  ) throws {
    let fixture = try Fixture(file)
    var parameters = hashedParameters(of: model.graph, prefix: name)
    let plan = try Plan(model.graph, inputShapes: inputs.mapValues(\.shape), mode: .training)
    let outputs = plan.forward(inputs, &parameters)
    var gradients: Parameters? = Parameters.zeros(like: parameters)
    let upstream = Dictionary(
      uniqueKeysWithValues: outputs.map { ($0.key, hashed("\(name)/upstream \($0.key)", $0.value.shape)) })
    let inputGradients = plan.backward(upstream, parameters, into: &gradients, wanting: [wanted])

    for (output, tensor) in outputs {
      expectClose(tensor, try fixture["\(name)/\(output)"], roundings: Self.outputRoundings, output)
    }
    expectClose(
      try #require(inputGradients[wanted]), try fixture["\(name)/gradient of \(wanted)"],
      roundings: Self.gradientRoundings, "gradient of \(wanted)")
    guard parameterGradients else { return }
    let found = try #require(gradients)
    // A bias before batch norm has no effect, so its true gradient is 0: what is found there is measured against the
    // gradients of the whole network.
    var largest: Float = 0
    for spec in found.specs where spec.isTrainable {
      largest = max(largest, try fixture["\(name)/gradient of \(spec.name)"].absolute().maximum())
    }
    for spec in found.specs {
      guard spec.isTrainable else {
        var expected = try fixture["\(name)/batch \(spec.name)"]
        if !spec.name.hasSuffix(".singular-vector") {
          expected = expected * 0.01 + (spec.name.hasSuffix("variance") ? 0.99 : 0)
        }
        expectClose(parameters[spec.name], expected, roundings: Self.outputRoundings, spec.name)
        continue
      }
      let reference = try fixture["\(name)/gradient of \(spec.name)"]
      let isDead = reference.absolute().maximum() < 1e-9 * largest
      expectClose(
        found[spec.name], reference, roundings: Self.gradientRoundings, scale: isDead ? largest : nil,
        "gradient of \(spec.name)")
    }
  }
}
