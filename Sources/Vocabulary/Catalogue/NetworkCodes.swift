import Language

/// Codes of mistakes with networks, their training and their comparison.
let networkCodes: [CodeEntry] = [
  // MARK: Networks
  CodeEntry(
    "network-size-not-supported", "images of a size that a network can't take",
    .program("train-net (phantom 2 size: 100)")),
  CodeEntry(
    "network-channels-differ", "images with another number of channels than a network takes",
    .program("train-net (features (phantom 2 size: 64)) network: (unet width: 4)")),
  CodeEntry(
    "not-a-generator", "a discriminator where a network is needed that draws maps",
    .program("predict (pixel-discriminator width: 4) (phantom 1 size: 128)")),
  CodeEntry(
    "network-untrained", "a network that has learnt nothing is used as if it had",
    .program("predict (unet width: 4) (phantom 1 size: 64)")),
  CodeEntry("untrained", "the history of a network that has none", .program("curves (unet width: 4)")),
  CodeEntry(
    "no-discriminator", "the discriminator of a network that was trained without one",
    .program("print (unet width: 4).discriminator")),
  CodeEntry(
    "no-answer", "an answer that a discriminator doesn't give",
    .program(
      "s = step (phantom 2 size: 64) width: 4 discriminator: (patch-discriminator width: 4)\nprint s.dd-real")),
  CodeEntry(
    "network-option-out-of-range", "an option of a network outside of its range",
    .circumstance("The commands that make networks refuse it before")),
  CodeEntry(
    "not-a-batch", "a tensor that is no batch of images", .circumstance("A mistake of cnp, not of the program")),
  CodeEntry(
    "pixels-not-finite", "images with pixels that are no numbers", .circumstance("No image file holds such pixels")),
  CodeEntry(
    "map-too-small", "a map that an operation of a network leaves without a pixel",
    .circumstance("The networks' rules for sizes find it before")),
  CodeEntry(
    "unknown-network-input", "an input that a network doesn't have",
    .circumstance("A mistake of cnp, not of the program")),
  // MARK: Training
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
    "nothing-to-resume", "a training to go on with, and no file to go on from",
    .program("train-net (phantom 2 size: 64) resume: true")),
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
    "no-such-batch", "a batch behind the last of an epoch", .program("step (phantom 2 size: 128) width: 4 number: 9")),
  CodeEntry(
    "loss-not-finite", "a loss that has become infinite or NaN", .circumstance("A learning rate that is far too high")),
  CodeEntry(
    "no-training-images", "nothing to train on", .circumstance("A dataset without images; `load` refuses to make one")),
  CodeEntry(
    "labels-do-not-match", "images and masks of different sizes in a batch",
    .circumstance("A mistake of cnp, not of the program")),
  CodeEntry(
    "training-option-out-of-range", "an option of a training outside of its range",
    .circumstance("The training commands refuse it before")),
  CodeEntry(
    "validation-failed", "a measurement on the validation images that failed",
    .circumstance("A validation image that can't be measured")),
  // MARK: Comparing
  CodeEntry("no-systems", "a comparison of nothing", .program("compare (phantom 6 size: 64) systems: []")),
  CodeEntry(
    "repeated-system", "a system that is named twice",
    .program("compare (phantom 6 size: 64) systems: [\"unet\", \"unet\"]")),
  CodeEntry(
    "unknown-baseline", "a baseline that is not compared",
    .program("compare (phantom 6 size: 64) systems: [\"unet\"] baseline: \"cgan\"")),
  CodeEntry(
    "comparison-interrupted", "the results of a comparison that was stopped", .circumstance("Ctrl-C in `compare`")),
  CodeEntry(
    "ensemble-too-small", "a rotation of held-out patients with one network only",
    .program("compare (phantom 6 size: 64) systems: [\"unet\"] hold-out: rotating")),
]
