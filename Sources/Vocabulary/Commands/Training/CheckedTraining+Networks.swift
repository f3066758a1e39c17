import Angiography
import Language
import Networks

// The networks that a training starts with.
extension CheckedTraining {
  /// How large the networks are that the command makes; `nil` where the images' size or features aren't known.
  func scale(of call: CheckedCall) -> SystemScale? {
    let unsaid = SystemScale()
    // They decide neither sizes nor channels.
    let width = call.integer("width") ?? unsaid.width
    let momentum = call.number("bn-momentum").map { Float($0) } ?? unsaid.batchNormMomentum
    if let dataset { return SystemScale(width: width, batchNormMomentum: momentum, for: dataset) }
    guard let frame = data.frames?.first, data.frames?.count == 1, let features = data.features else { return nil }
    return SystemScale(
      width: width, imageChannels: features.count, side: min(frame.width, frame.height), batchNormMomentum: momentum)
  }

  /// The generator that is given, gone on from, or made.
  func start(_ role: String, _ call: inout CheckedCall) -> StartingNetwork {
    if call.isNone("from") == false {
      if let given = ["network", "generator", "discriminator"].first(where: { call.isGiven($0) }) {
        call.report(contradiction(given), on: given)
      }
      let earlier: NetworkFacts = call.facts("from") ?? NetworkFacts()
      if earlier.isTrained == false {
        let words = "this network has not been trained: there is nothing to go on from but its initial weights"
        call.report(.untrained(words, on: "from"))
      }
      return given(earlier, by: "from", call)
    }
    if call.isNone(role) == false { return given(call.facts(role), by: role, call) }
    guard call.isNone(role) == true, call.isNone("from") == true else { return StartingNetwork() }
    if takesNetworksToResume(call) {
      return given(call.facts(TrainingParameters.resumeName), by: TrainingParameters.resumeName, call)
    }
    return scale(of: call).map(madeGenerator) ?? StartingNetwork()
  }

  /// The discriminator that is given, gone on from, or made.
  func startDiscriminator(beside generator: StartingNetwork, _ call: inout CheckedCall) -> StartingNetwork {
    if call.isNone("discriminator") == false { return given(call.facts("discriminator"), by: "discriminator", call) }
    if call.isNone("from") == false {
      if let partner = startPartner(of: "from", call) { return partner }
      call.report(withoutDiscriminator, on: "from")
      return StartingNetwork()
    }
    guard call.isNone("discriminator") == true, call.isNone("from") == true else { return StartingNetwork() }
    if takesNetworksToResume(call), let partner = startPartner(of: TrainingParameters.resumeName, call) {
      return partner
    }
    guard var scale = scale(of: call) else { return StartingNetwork() }
    if generator.parameter != nil {
      guard let channels = generator.facts.imageChannels else { return StartingNetwork() }
      scale.imageChannels = channels
    }
    return madeDiscriminator(scale)
  }

  private func madeGenerator(_ scale: SystemScale) -> StartingNetwork {
    let system = LearnedSystem.unet
    return StartingNetwork(NetworkFacts(untrained: system.architectures(scale).generator)) {
      try system.networks(scale, stream: $0).generator
    }
  }

  private func madeDiscriminator(_ scale: SystemScale) -> StartingNetwork {
    let system = LearnedSystem.pixelGAN
    return StartingNetwork(NetworkFacts(untrained: judge(system.architectures(scale)))) {
      judge(try system.networks(scale, stream: $0))
    }
  }

  /// The network that a parameter brings.
  private func given(_ facts: NetworkFacts?, by parameter: String, _ call: CheckedCall) -> StartingNetwork {
    StartingNetwork(
      facts ?? NetworkFacts(), from: parameter, model: call.object(parameter, as: NetworkValue.self)?.model)
  }

  /// The discriminator beside the network that a parameter brings; `nil` where there is none.
  private func startPartner(of parameter: String, _ call: CheckedCall) -> StartingNetwork? {
    let network: NetworkFacts = call.facts(parameter) ?? NetworkFacts()
    switch network.partner {
    case .none: return nil
    case .unknown: return StartingNetwork(from: parameter)
    case .known(let architecture):
      return StartingNetwork(
        NetworkFacts(untrained: architecture), from: parameter,
        model: call.object(parameter, as: NetworkValue.self)?.discriminator)
    }
  }

  /// Whether its networks are those of an interrupted one: nothing is said of how to make others.
  private func takesNetworksToResume(_ call: CheckedCall) -> Bool {
    let parameter = TrainingParameters.resumeName
    let saysHow = TrainingParameters.making.contains { call.isGiven($0.name) }
    return isWhole && call.isGiven(parameter) && call.truth(parameter) == nil && !saysHow
  }
}

/// The discriminator of a system that has one.
private func judge<Network>(_ made: (generator: Network, discriminator: Network?)) -> Network {
  guard let discriminator = made.discriminator else {
    preconditionFailure("the pixel-discriminating GAN has a discriminator")
  }
  return discriminator
}

private func contradiction(_ given: String) -> Failure {
  Failure(
    "contradiction", "`from:` goes on with its own networks; `\(given):` names another", hint: "leave one of them out")
}

private let withoutDiscriminator = Failure(
  "no-discriminator", "the network to go on from was trained without a discriminator",
  hint: "give `generator:` instead of `from:`")
