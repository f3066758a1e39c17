import Language
import Networks

extension CommandGroup {
  /// Learning from masks, and comparing what learns.
  static let training = CommandGroup(
    "training", [.trainNet, .trainGAN, .trainSystem, .fitMethod, .compare, .step], chapter: "Networks",
    codes: TrainingError.codes + CheckedTraining.codes)
}
