import Language
import Networks

extension Command {
  static let trainSystem = Command(
    "train-system", "train a system of the paper's Table 1, or an ablation",
    [
      TrainingParameters.data,
      .option(
        "system", .choice(LearnedSystem.all.map(\.name)), default: .text(LearnedSystem.pixelGAN.name),
        LearnedSystem.all.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")),
      TrainingParameters.width, TrainingParameters.momentum,
    ] + TrainingParameters.learning + TrainingParameters.keeping + TrainingParameters.adversarial
      + TrainingParameters.semiSupervised + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Makes the system's networks and trains them, alone or against each other. Systems with the same generator start "
        + "from the same weights and see the same batches for the same seed.",
      examples: ["net = train-system (phantom 4 size: 64) system: cgan-aspp width: 4 epochs: 1"],
      method: "FCN-8s, U-Net, cGAN, cGAN + ASPP and the pixel-discriminating GAN (Table 1), and the pixel "
        + "discriminator's encoder alone, its pixels alone, and a discriminator of single pixels."),
    plan: plan, run: TrainingRun.train)
}

private func plan(_ call: inout CheckedCall) -> Planned<TrainingPlan> {
  let training = CheckedTraining(&call)
  call.reportUnlabelled()
  call.reportUnlabelledSizes(beside: training.dataset)
  guard let name = call.text("system"), let system = LearnedSystem.named(name), let scale = training.scale(of: call)
  else { return Planned(nil, result: .network(NetworkFacts(isTrained: true, hasHistory: true))) }
  let made = system.architectures(scale)
  let generator = StartingNetwork(NetworkFacts(untrained: made.generator))
  training.reportMisfits(
    generator, made.discriminator.map { StartingNetwork(NetworkFacts(untrained: $0)) }, &call)
  call.reportUnlabelled(without: made.discriminator.map { NetworkFacts(untrained: $0) })
  return Planned(
    training.plan({ try system.networks(scale, stream: $0) }, TrainingParameters.contestOptions, call),
    result: .network(training.trained(generator, beside: made.discriminator.map { .known($0) } ?? .none)))
}
