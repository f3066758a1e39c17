import Angiography
import Imaging
import Language
import Networks
import Tensors

/// Learning: `train-net train-gan train-system`.
enum Training {
  static var commands: [Command] { [trainNet, trainGAN, trainSystem] }

  static let trainNet = Command(
    "train-net", "train a network alone against the masks",
    [
      TrainingParameters.data,
      TrainingParameters.network("network", "the network to train; left out, a U-Net of the given width"),
      TrainingParameters.width, TrainingParameters.momentum, TrainingParameters.from,
    ] + TrainingParameters.learning + TrainingParameters.keeping + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "The loss is the binary cross-entropy of Eq. 3. Ctrl-C stops after the current step and keeps the network so far.",
      examples: [
        "net = train-net (phantom 4 size: 64) width: 4 epochs: 1",
        "fcn = train-net (phantom 4 size: 64) network: (fcn8 width: 4) epochs: 1",
      ],
      method: "U-Net and FCN-8s of the paper's Table 1: one network, L_bce (Eq. 3), Adam at 0.0002, batches of 2."),
    check: TrainingChecks.single
  ) { arguments, context in
    let work = try TrainingRun(arguments, context)
    let model = try startingGenerator("network", arguments, work)
    return try work.train(model, against: nil, options: single(arguments))
  }

  static let trainGAN = Command(
    "train-gan", "train a generator against the masks and a discriminator",
    [
      TrainingParameters.data,
      TrainingParameters.network("generator", "G; left out, a U-Net of the given width"),
      TrainingParameters.network("discriminator", "D; left out, a pixel discriminator of the given width"),
      TrainingParameters.width, TrainingParameters.momentum, TrainingParameters.from,
    ] + TrainingParameters.learning + TrainingParameters.keeping + TrainingParameters.adversarial
      + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Each batch, D takes a step on the real and on the generated maps, then G takes one against the masks and D. "
        + "Ctrl-C stops after the current step and keeps the networks so far.",
      examples: [
        "net = train-gan (phantom 4 size: 128) width: 4 epochs: 1",
        "cgan = train-gan (phantom 4 size: 64) width: 4 epochs: 1 discriminator: (patch-discriminator width: 4)",
      ],
      method: "L = α·L_bce + β·L_DC + γ·L_DP (Eq. 1) for G, L_D = L_DC + L_DP (Eq. 2) for D. Y_DP (Eq. 7): the paper's "
        + "sentence and its ⊕ disagree; the sentence holds by default, `pixel-target: xor` gives the formula. With a "
        + "discriminator that gives one of the two answers, its term alone remains."),
    check: TrainingChecks.contested
  ) { arguments, context in
    let work = try TrainingRun(arguments, context)
    let generator = try startingGenerator("generator", arguments, work)
    let discriminator = try startingDiscriminator(arguments, work)
    return try work.train(
      generator, against: discriminator, options: contested(arguments))
  }

  static let trainSystem = Command(
    "train-system", "train a system of the paper's Table 1, or an ablation",
    [
      TrainingParameters.data,
      .option(
        "system", .choice(LearnedSystem.all.map(\.name)), default: .text(LearnedSystem.pixelGAN.name),
        LearnedSystem.all.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")),
      TrainingParameters.width, TrainingParameters.momentum,
    ] + TrainingParameters.learning + TrainingParameters.keeping + TrainingParameters.adversarial
      + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Makes the system's networks and trains them, alone or against each other. Systems with the same generator start "
        + "from the same weights and see the same batches for the same seed.",
      examples: ["net = train-system (phantom 4 size: 64) system: cgan-aspp width: 4 epochs: 1"],
      method: "FCN-8s, U-Net, cGAN, cGAN + ASPP and the pixel-discriminating GAN (Table 1), and the pixel "
        + "discriminator's encoder alone, its pixels alone, and a discriminator of single pixels."),
    check: TrainingChecks.system
  ) { arguments, context in
    let work = try TrainingRun(arguments, context)
    guard let system = LearnedSystem.named(arguments.text("system")) else {
      preconditionFailure("the signature offers the systems there are")
    }
    let scale = TrainingParameters.scale(from: arguments, for: work.dataset)
    let networks = try system.networks(scale, stream: work.stream)
    return try work.train(
      networks.generator, against: networks.discriminator,
      options: contested(arguments))
  }

  private static func single(_ arguments: Arguments) -> TrainingOptions {
    TrainingParameters.keepingOptions(from: arguments, in: TrainingParameters.learningOptions(from: arguments))
  }

  private static func contested(_ arguments: Arguments) -> TrainingOptions {
    TrainingParameters.adversarialOptions(from: arguments, in: single(arguments))
  }

  // MARK: Where training starts

  static func contradiction(_ given: String) -> Failure {
    Failure(
      "contradiction", "`from:` goes on with its own networks; `\(given):` names another", hint: "leave one of them out"
    )
  }

  static let withoutDiscriminator = Failure(
    "no-discriminator", "the network to go on from was trained without a discriminator",
    hint: "give `generator:` instead of `from:`")

  static func startingGenerator(
    _ role: String, _ arguments: Arguments, _ work: TrainingRun
  ) throws -> Model {
    let given = ["network", "generator", "discriminator"].filter { arguments.given.contains($0) }
    guard !arguments.given.contains("from") || given.isEmpty else {
      throw contradiction(given[0])
    }
    if let given = arguments.object(role, as: NetworkValue.self) { return given.model }
    if let earlier = arguments.object("from", as: NetworkValue.self) { return earlier.model }
    if let stopped = work.networkToResume { return stopped.model }
    let scale = TrainingParameters.scale(from: arguments, for: work.dataset)
    return try LearnedSystem.unet.networks(scale, stream: work.stream).generator
  }

  static func startingDiscriminator(_ arguments: Arguments, _ work: TrainingRun) throws -> Model {
    if let given = arguments.object("discriminator", as: NetworkValue.self) { return given.model }
    if let earlier = arguments.object("from", as: NetworkValue.self) {
      guard let discriminator = earlier.discriminator else {
        throw withoutDiscriminator
      }
      return discriminator
    }
    if let discriminator = work.networkToResume?.discriminator { return discriminator }
    var scale = TrainingParameters.scale(from: arguments, for: work.dataset)
    if let generator = arguments.object("generator", as: NetworkValue.self) {
      scale.imageChannels = generator.model.architecture.imageChannels
    }
    guard let discriminator = try LearnedSystem.pixelGAN.networks(scale, stream: work.stream).discriminator else {
      preconditionFailure("the pixel-discriminating GAN has a discriminator")
    }
    return discriminator
  }
}
