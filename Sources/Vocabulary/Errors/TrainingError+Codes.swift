import Language
import Networks

extension TrainingError: CodedError {
  /// Of trainings.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "wrong-network", "a network in a role that it can't have",
      .program("train-gan (phantom 2 size: 128) generator: (pixel-discriminator width: 4)")),
    CodeEntry(
      "adversarial-loss-needs-sigmoid", "a cross-entropy of answers that are no probabilities",
      .program(
        "train-gan (phantom 2 size: 128) width: 4 adversarial: bce\n"
          + "  discriminator: (pixel-discriminator width: 4 output: linear)")),
    CodeEntry(
      "keep-best-needs-validation", "the best epoch asked for, and nothing to tell it by",
      .program("train-net (phantom 2 size: 64) keep: best")),
    CodeEntry(
      "patience-needs-validation", "patience asked for, and nothing to wait for",
      .program("train-net (phantom 2 size: 64) patience: 3")),
    CodeEntry(
      "unlabelled-needs-pixels", "angiograms without masks, and no discriminator that answers for each pixel",
      .program(
        "train-system (phantom 2 size: 64) system: cgan width: 4\n  unlabelled: (phantom 2 size: 64 seed: 9)")),
    CodeEntry(
      "unlabelled-needs-agreement", "angiograms without masks, and a discriminator taught where the generator errs",
      .program(
        "train-gan (phantom 2 size: 64) width: 4 pixel-target: xor\n  unlabelled: (phantom 2 size: 64 seed: 9)")),
    CodeEntry(
      "unlabelled-too-late", "angiograms without masks that would be learnt from after the last epoch",
      .program(
        "train-gan (phantom 2 size: 64) width: 4 epochs: 3\n  unlabelled: (phantom 2 size: 64 seed: 9) unlabelled-from: 4"
      )),
    CodeEntry(
      "checkpoint-differs", "a checkpoint of another training",
      .program(
        """
        train-net (phantom 2 size: 64) width: 4 epochs: 1 checkpoint: "a" seed: 1
        train-net (phantom 2 size: 64) width: 4 epochs: 1 checkpoint: "a" seed: 2 resume: true
        """)),
    CodeEntry(
      "checkpoint-longer", "a file that holds a training which has come further than this one will",
      .program(
        """
        train-net (phantom 2 size: 64) width: 4 epochs: 2 checkpoint: "a" seed: 1
        train-net (phantom 2 size: 64) width: 4 epochs: 1 checkpoint: "a" seed: 1
        """)),
    CodeEntry("checkpoint-not-written", "a checkpoint that could not be written", .circumstance("A full disk, say")),
    CodeEntry(
      "loss-not-finite", "a loss that has become infinite or NaN", .circumstance("A learning rate that is far too high")
    ),
    CodeEntry(
      "no-training-images", "nothing to train on", .circumstance("A dataset without images; `load` refuses to make one")
    ),
    CodeEntry(
      "labels-do-not-match", "images and masks of different sizes in a batch",
      .circumstance("A mistake of cnp, not of the program")),
    CodeEntry(
      "training-option-out-of-range", "an option of a training outside of its range",
      .circumstance("The training commands refuse it before")),
    CodeEntry(
      "validation-failed", "a measurement on the validation images that failed",
      .circumstance("A validation image that can't be measured")),
  ]
}
