import Angiography
import Language
import Networks
import Tensors

extension Command {
  static let step = Command(
    "step", "one update of D and one of G, with everything they compute",
    [
      TrainingParameters.data, TrainingParameters.generator, TrainingParameters.discriminator,
      TrainingParameters.width, TrainingParameters.momentum, TrainingParameters.from,
      .option(
        "number", .integer(.atLeast(1)), default: .number(1), "which batch of the first epoch, from 1"),
    ] + TrainingParameters.learning.filter { $0.name != "epochs" && $0.name != "schedule" && $0.name != "statistics" }
      + TrainingParameters.adversarial + [Randomness.seedOption],
    result: .object(StepValue.typeName), isRandom: true,
    help: Help(
      "The same step that `train-gan` takes on the same batch, with Adam starting anew. Its maps are tensors to compute with; "
        + "`.figure` shows them, `.losses` has every term, `.gradients` the norm of each parameter's gradient, and "
        + "`.network` the networks after it, for `from:` of the next step.",
      examples: [
        "s = step (phantom 2 size: 64 seed: 1) width: 4 seed: 1", "show s.figure", "print s.losses, mean s.generated",
      ],
      method: "Eq. 1 to 7 on one batch: D learns L_D from the masks and from G's maps, then G learns L from what D now "
        + "says of them."),
    codes: [
      CodeEntry(
        "no-such-batch", "a batch behind the last of an epoch",
        .program("step (phantom 2 size: 128) width: 4 number: 9"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  let data: Dataset
  let generator: StartingNetwork.Source
  let discriminator: StartingNetwork.Source
  let options: TrainingOptions
  /// Images a step.
  let batch: Int
  /// From 1.
  let number: Int
  let seed: UInt64?
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let training = CheckedTraining(&call, isWhole: false)
  let generator = training.start("generator", &call)
  let discriminator = training.startDiscriminator(beside: generator, &call)
  training.reportMisfits(generator, discriminator, &call)
  if let count = training.learntCount, count > 0, let batch = call.integer("batch"), let number = call.integer("number")
  {
    let batches = (count + batch - 1) / batch
    if number > batches {
      let words = "there is no batch \(number): an epoch of these images has \(batches)"
      call.report(Failure("no-such-batch", words), on: "number")
    }
  }
  var network = training.trained(generator, beside: discriminator.facts.asPartner)
  network.hasHistory = false
  let result = Known(.object(StepValue.typeName), facts: StepFacts(network: network))
  guard let data = training.dataset, let generator = generator.model, let discriminator = discriminator.model,
    let arguments = call.completeArguments
  else { return Planned(nil, result: result) }
  return Planned(
    Plan(
      data: data, generator: generator, discriminator: discriminator,
      options: TrainingParameters.stepOptions(from: arguments), batch: arguments.integer("batch"),
      number: arguments.integer("number"), seed: Randomness.seed(of: arguments)), result: result)
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let stream = Randomness.stream(seed: plan.seed, context)
  TrainingWarnings.warnOfEmptyMasks(in: plan.data, context.host)
  let generator = try plan.generator(stream)
  let batches = try TrainingBatches(
    plan.data, batch: plan.batch, withTerritory: generator.architecture.labelChannels > 1,
    stream: stream.substream("batches"))
  let batch = batches.batch(epoch: 1, index: plan.number - 1)
  let trace = try traceStep(
    generator: generator, discriminator: try plan.discriminator(stream), images: batch.images,
    labels: batch.labels, options: plan.options)
  return .object(StepValue(trace: trace, features: plan.data.features))
}
