import Language
import Networks

extension CommandGroup {
  /// Learning from masks, and comparing what learns.
  static let training = CommandGroup(
    "training", Training.commands + [Comparing.compare] + Stepping.commands, chapter: "Networks",
    codes: TrainingError.codes + resuming + comparing)

  /// Of what is gone on with, and of single steps.
  private static let resuming: [CodeEntry] = [
    CodeEntry(
      "nothing-to-resume", "a training to go on with, and no file to go on from",
      .program("train-net (phantom 2 size: 64) resume: true")),
    CodeEntry(
      "no-such-batch", "a batch behind the last of an epoch", .program("step (phantom 2 size: 128) width: 4 number: 9")),
  ]

  private static let comparing: [CodeEntry] = [
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
}
