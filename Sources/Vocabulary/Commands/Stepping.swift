import Angiography
import Language
import Networks
import Tensors

/// Learning taken apart: `step`.
enum Stepping {
  static var commands: [Command] { [step] }

  static let step = Command(
    "step", "one update of D and one of G, with everything they compute",
    [
      TrainingParameters.data,
      TrainingParameters.network("generator", "G; left out, a U-Net of the given width"),
      TrainingParameters.network("discriminator", "D; left out, a pixel discriminator of the given width"),
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
    check: TrainingChecks.step
  ) { arguments, context in
    let work = try TrainingRun(arguments, context, isWhole: false)
    let batches = try TrainingBatches(
      work.dataset, batch: arguments.integer("batch"), stream: work.stream.substream("batches"))
    let number = arguments.integer("number")
    guard number <= batches.batchesPerEpoch else {
      throw noBatch(number, of: batches.batchesPerEpoch)
    }
    let batch = batches.batch(epoch: 1, index: number - 1)
    var options = TrainingOptions()
    options.rate = Float(arguments.number("rate"))
    options.beta1 = Float(arguments.number("beta1"))
    options.beta2 = Float(arguments.number("beta2"))
    options.epsilon = Float(arguments.number("epsilon"))
    options.dice = Float(arguments.number("dice"))
    options.crossEntropy = arguments.choice("bce")
    let trace = try traceStep(
      generator: try Training.startingGenerator("generator", arguments, work),
      discriminator: try Training.startingDiscriminator(arguments, work), images: batch.images, labels: batch.labels,
      options: TrainingParameters.adversarialOptions(from: arguments, in: options))
    return .object(StepValue(trace: trace, features: work.dataset.features))
  }

  static func noBatch(_ number: Int, of count: Int) -> Failure {
    Failure("no-such-batch", "there is no batch \(number): an epoch of these images has \(count)")
  }
}
