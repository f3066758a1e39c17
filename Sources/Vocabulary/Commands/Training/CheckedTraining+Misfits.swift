import Language
import Networks

extension CheckedTraining {
  /// Reports networks that can't be trained in these roles, and images that they can't take.
  func reportMisfits(_ generator: StartingNetwork, _ discriminator: StartingNetwork?, _ call: inout CheckedCall) {
    if let error = wrongRoles(generator.facts, discriminator?.facts, call) {
      let isOfGenerator = if case .wrongNetwork(let role, _) = error { role != "discriminator" } else { false }
      call.report(error, on: isOfGenerator ? generator.parameter : discriminator?.parameter)
      if case .wrongNetwork = error { return }
    }
    var reported: Set<NetworkError> = []
    func check(_ network: StartingNetwork, _ frames: Set<ImageSize>?, on parameter: String?) {
      for frame in (frames ?? []).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }) {
        guard let error = network.facts.misfit(frame, channels: data.features?.count) else { continue }
        guard reported.insert(error).inserted else { continue }
        call.report(CheckFinding(error, on: parameter, hint: network.facts.wayOut(of: error)))
      }
    }
    reportIdleMaking(generator, discriminator, &call)
    // What has no mask is not learnt from, whatever its size.
    let frames = data.masks == .some(.some) ? nil : data.frames
    check(generator, frames, on: generator.parameter ?? "data")
    if let discriminator, discriminator.facts.architecture?.configuration.seesImage != false {
      check(discriminator, frames, on: discriminator.parameter ?? "data")
    }
    if let held: DatasetFacts = call.isGiven("validation") ? call.facts("validation") : nil {
      check(generator, held.frames, on: "validation")
    }
  }

  /// Reports what is said of networks that are to be made where all of them are given.
  private func reportIdleMaking(
    _ generator: StartingNetwork, _ discriminator: StartingNetwork?, _ call: inout CheckedCall
  ) {
    let bringers = [generator.parameter, discriminator.map(\.parameter) ?? generator.parameter]
    guard bringers.allSatisfy({ $0 != nil && $0 != TrainingParameters.resumeName }) else { return }
    for option in TrainingParameters.making.map(\.name) where call.isGiven(option) {
      call.report(
        Failure(
          "idle-option", "`\(option):` is of networks that are made, and these are given", hint: "leave it out"),
        on: option)
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
}
