import Language
import Networks

extension Command {
  static let trainGAN = Command(
    "train-gan", "train a generator against the masks and a discriminator",
    [
      TrainingParameters.data, TrainingParameters.generator, TrainingParameters.discriminator,
      TrainingParameters.width, TrainingParameters.momentum, TrainingParameters.from,
    ] + TrainingParameters.learning + TrainingParameters.keeping + TrainingParameters.adversarial
      + TrainingParameters.semiSupervised + [Randomness.seedOption],
    result: .object(NetworkValue.typeName), isRandom: true,
    help: Help(
      "Each batch, D takes a step on the real and on the generated maps, then G takes one against the masks and D. "
        + "With `unlabelled:` G also learns from angiograms without masks, where D trusts its map. "
        + "Ctrl-C stops after the current step and keeps the networks so far.",
      examples: [
        "net = train-gan (phantom 4 size: 128) width: 4 epochs: 1",
        "cgan = train-gan (phantom 4 size: 64) width: 4 epochs: 1 discriminator: (patch-discriminator width: 4)",
        "more = train-gan (phantom 2 size: 64) unlabelled: (phantom 6 size: 64 seed: 9) width: 4 epochs: 2",
      ],
      method: "L = α·L_bce + β·L_DC + γ·L_DP (Eq. 1) for G, L_D = L_DC + L_DP (Eq. 2) for D. Y_DP (Eq. 7): the paper's "
        + "sentence and its ⊕ disagree; the sentence holds by default, `pixel-target: xor` gives the formula. With a "
        + "discriminator that gives one of the two answers, its term alone remains.",
      explanation: .adversarialTraining),
    plan: plan, run: TrainingRun.train)
}

private func plan(_ call: inout CheckedCall) -> Planned<TrainingPlan> {
  let training = CheckedTraining(&call)
  call.reportUnlabelled()
  let generator = training.start("generator", &call)
  let discriminator = training.startDiscriminator(beside: generator, &call)
  training.reportMisfits(generator, discriminator, &call)
  call.reportUnlabelled(without: discriminator.facts)
  call.reportUnlabelledSizes(beside: training.dataset)
  let result = Known.network(training.trained(generator, beside: discriminator.facts.asPartner))
  guard let g = generator.model, let d = discriminator.model else { return Planned(nil, result: result) }
  return Planned(training.plan({ (try g($0), try d($0)) }, TrainingParameters.contestOptions, call), result: result)
}
