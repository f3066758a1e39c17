import Angiography
import Language
import Networks

/// What checking finds in calls that train, and what it knows of their networks.
enum TrainingChecks {
  static let single: Command.Check = { call in
    let training = CheckedTraining(&call)
    let network = training.start("network", &call)
    training.report(network, nil, &call)
    return .network(training.trained(network, beside: NetworkFacts.Partner.none))
  }

  static let contested: Command.Check = { call in
    let training = CheckedTraining(&call)
    let generator = training.start("generator", &call)
    let discriminator = training.startDiscriminator(beside: generator, &call)
    training.report(generator, discriminator, &call)
    return .network(training.trained(generator, beside: discriminator.network.partner(of: call)))
  }

  static let system: Command.Check = { call in
    let training = CheckedTraining(&call)
    guard let name = call.text("system"), let system = LearnedSystem.named(name), let scale = training.scale(of: call)
    else { return .network(NetworkFacts(isTrained: true, hasHistory: true)) }
    let made = system.architectures(scale)
    let generator = CheckedTraining.Start(made.generator, from: nil)
    let discriminator = made.discriminator.map { CheckedTraining.Start($0, from: nil) }
    training.report(generator, discriminator, &call)
    return .network(training.trained(generator, beside: made.discriminator.map { .known($0) } ?? .none))
  }

  static let step: Command.Check = { call in
    let training = CheckedTraining(&call, isWhole: false)
    let generator = training.start("generator", &call)
    let discriminator = training.startDiscriminator(beside: generator, &call)
    training.report(generator, discriminator, &call)
    if let count = training.data.count, training.data.masks == .all, let batch = call.integer("batch"),
      let number = call.integer("number"), number > (count + batch - 1) / batch
    {
      call.report(Stepping.noBatch(number, of: (count + batch - 1) / batch), on: "number")
    }
    var network = training.trained(generator, beside: discriminator.network.partner(of: call))
    network.hasHistory = false
    return Known(.object(StepValue.typeName), facts: StepFacts(network: network))
  }
}

extension NetworkFacts {
  /// As the discriminator beside a generator.
  fileprivate func partner(of call: CheckedCall) -> Partner {
    unknownOptions.isEmpty ? architecture.map { .known($0) } ?? .unknown : .unknown
  }
}

/// One call that trains, as far as it is known: what it learns from, and the networks that it starts with.
struct CheckedTraining {
  /// A network that training starts with.
  struct Start {
    let network: NetworkFacts
    /// The parameter that names it; `nil` where the command makes it for its data.
    let parameter: String?

    init(_ network: NetworkFacts, from parameter: String?) {
      self.network = network
      self.parameter = parameter
    }

    init(_ architecture: Architecture, from parameter: String?) {
      self.init(NetworkFacts(untrained: architecture), from: parameter)
    }
  }

  let data: DatasetFacts
  private let isWhole: Bool

  /// Reports what is wrong with data and options.
  ///
  /// - Parameter isWhole: whether it trains for epochs, with all the options that this has.
  init(_ call: inout CheckedCall, isWhole: Bool = true) {
    data = call.facts("data") ?? DatasetFacts()
    self.isWhole = isWhole
    if data.masks == .some(.none) { call.report(DatasetError([.withoutMask(names: [])]), on: "data") }
    if let frames = data.frames, frames.count > 1, data.masks == .all {
      let sizes = frames.map { "\($0.width)×\($0.height)" }.sorted()
      call.report(DatasetError([.mixedSizes(sizes)]), on: "data")
    }
    guard isWhole else { return }
    if let held: DatasetFacts = call.facts("validation"), held.masks == .some(.none) || held.masks == .some(.some) {
      call.report(DatasetError([.withoutMask(names: [])]), on: "validation")
    }
    if call.isNone("validation") == true {
      if call.text("keep") == KeptWeights.best.rawValue { call.report(TrainingError.nothingToKeepBestBy, on: "keep") }
      if let patience = call.integer("patience"), patience > 0 {
        call.report(TrainingError.nothingToWaitFor, on: "patience")
      }
    }
    if call.truth("resume") == true, call.isNone("checkpoint") == true {
      call.report(
        Failure("nothing-to-resume", "`resume: true` needs `checkpoint:`, the file to go on from"), on: "resume")
    }
  }

  /// How large the networks are that the command makes; `nil` where the images' size or features aren't known.
  func scale(of call: CheckedCall) -> SystemScale? {
    guard let frame = data.frames?.first, data.frames?.count == 1, let features = data.features else { return nil }
    // The width decides neither sizes nor channels.
    return SystemScale(
      width: call.integer("width") ?? SystemScale().width, imageChannels: features.count,
      side: min(frame.width, frame.height))
  }

  /// The generator that is given, gone on from, or made.
  func start(_ role: String, _ call: inout CheckedCall) -> Start {
    if call.isNone("from") == false {
      if let given = ["network", "generator", "discriminator"].first(where: { call.isGiven($0) }) {
        call.report(Training.contradiction(given), on: given)
      }
      let earlier: NetworkFacts = call.facts("from") ?? NetworkFacts()
      if earlier.isTrained == false {
        call.report(
          .untrained(
            "this network has not been trained: there is nothing to go on from but its initial weights",
            on: "from"))
      }
      return Start(earlier, from: "from")
    }
    if call.isNone(role) == false { return Start(call.facts(role) ?? NetworkFacts(), from: role) }
    guard call.isNone(role) == true, call.isNone("from") == true, let scale = scale(of: call) else {
      return Start(NetworkFacts(), from: nil)
    }
    if takesNetworksToResume(call) {
      return Start(call.facts(TrainingParameters.resumeName) ?? NetworkFacts(), from: TrainingParameters.resumeName)
    }
    return Start(LearnedSystem.unet.architectures(scale).generator, from: nil)
  }

  /// As `TrainingRun.networkToResume`.
  private func takesNetworksToResume(_ call: CheckedCall) -> Bool {
    let saysHow = TrainingParameters.making.contains { call.isGiven($0.name) }
    return isWhole && call.isGiven(TrainingParameters.resumeName) && call.truth(TrainingParameters.resumeName) == nil
      && !saysHow
  }

  func startDiscriminator(beside generator: Start, _ call: inout CheckedCall) -> Start {
    if call.isNone("discriminator") == false {
      return Start(call.facts("discriminator") ?? NetworkFacts(), from: "discriminator")
    }
    if call.isNone("from") == false {
      switch (call.facts("from") as NetworkFacts?)?.partner {
      case .known(let architecture)?: return Start(architecture, from: "from")
      case .some(.none): call.report(Training.withoutDiscriminator, on: "from")
      default: break
      }
      return Start(NetworkFacts(), from: "from")
    }
    guard call.isNone("discriminator") == true, call.isNone("from") == true, var scale = scale(of: call) else {
      return Start(NetworkFacts(), from: nil)
    }
    if takesNetworksToResume(call) {
      let stopped: NetworkFacts? = call.facts(TrainingParameters.resumeName)
      let architecture: Architecture? = if case .known(let known)? = stopped?.partner { known } else { nil }
      return architecture.map { Start($0, from: TrainingParameters.resumeName) } ?? Start(NetworkFacts(), from: nil)
    }
    if generator.parameter != nil {
      guard let channels = generator.network.imageChannels else { return Start(NetworkFacts(), from: nil) }
      scale.imageChannels = channels
    }
    return LearnedSystem.pixelGAN.architectures(scale).discriminator.map { Start($0, from: nil) }
      ?? Start(NetworkFacts(), from: nil)
  }

  /// Reports networks that can't be trained in these roles, and images that they can't take.
  func report(_ generator: Start, _ discriminator: Start?, _ call: inout CheckedCall) {
    if let error = wrongRoles(generator.network, discriminator?.network, call) {
      let isOfGenerator = if case .wrongNetwork(let role, _) = error { role != "discriminator" } else { false }
      call.report(error, on: isOfGenerator ? generator.parameter : discriminator?.parameter)
      if case .wrongNetwork = error { return }
    }
    var reported: Set<NetworkError> = []
    func check(_ start: Start, _ frames: Set<ImageSize>?, on parameter: String?) {
      for frame in (frames ?? []).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }) {
        guard let error = start.network.misfit(frame, channels: data.features?.count) else { continue }
        if reported.insert(error).inserted { call.report(error, on: parameter) }
      }
    }
    check(generator, data.frames, on: generator.parameter ?? "data")
    if let discriminator, discriminator.network.architecture?.configuration.seesImage != false {
      check(discriminator, data.frames, on: discriminator.parameter ?? "data")
    }
    if let held: DatasetFacts = call.isGiven("validation") ? call.facts("validation") : nil {
      check(generator, held.frames, on: "validation")
    }
  }

  private func wrongRoles(
    _ generator: NetworkFacts, _ discriminator: NetworkFacts?, _ call: CheckedCall
  ) -> TrainingError? {
    guard let first = generator.architecture else { return nil }
    var options = TrainingOptions()
    let isEndKnown = discriminator?.unknownOptions.contains("output") == false
    if isEndKnown, let loss = call.isGiven("adversarial") ? call.text("adversarial") : nil {
      options.adversarial = AdversarialLoss(rawValue: loss) ?? options.adversarial
    }
    do throws(TrainingError) {
      try checkRoles(first, discriminator?.architecture, options)
    } catch {
      let areChannelsKnown = generator.imageChannels != nil && discriminator?.imageChannels != nil
      if case .channelsDiffer = error, !areChannelsKnown { return nil }
      return error
    }
    return nil
  }

  /// What is known of the network that comes out.
  func trained(_ start: Start, beside partner: NetworkFacts.Partner) -> NetworkFacts {
    var network = start.network
    network.partner = partner
    network.isTrained = true
    network.hasHistory = true
    network.features = data.features
    network.imageSide = data.square
    return network
  }
}
