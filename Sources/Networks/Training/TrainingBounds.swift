import Base

/// What the options of a training may be: commands declare these bounds, and a training checks them.
public enum TrainingBounds {
  public static let epochs = Bounds.within(1...1_000_000_000)
  /// Images a step.
  public static let batch = Bounds.within(1...256)
  public static let rate = Bounds.above(0)
  /// Adam's β₁ and β₂.
  public static let decay = Bounds.within(0.0..<1)
  /// Adam's ε.
  public static let epsilon = Bounds.above(0)
  /// Of a term of the loss: α, β, γ, and that of the soft DSC.
  public static let weight = Bounds.atLeast(0)
  public static let patience = Bounds.atLeast(0)
  /// D's steps before each of G's.
  public static let discriminatorSteps = Bounds.within(1...1000)
  /// T_semi of unlabelled angiograms: D's answers lie in [0, 1].
  public static let trust = Bounds.within(0.0..<1)
  /// λ_semi.
  public static let unlabelledWeight = Bounds.above(0)
  /// The first epoch that learns from unlabelled angiograms.
  public static let firstEpoch = Bounds.atLeast(1)
}

extension TrainingOptions {
  /// Throws `optionOutOfRange` for the first option no training can run with.
  public func validate() throws(TrainingError) {
    try check("epochs", epochs, in: TrainingBounds.epochs)
    try check("rate", rate, in: TrainingBounds.rate)
    try check("beta1", beta1, in: TrainingBounds.decay)
    try check("beta2", beta2, in: TrainingBounds.decay)
    try check("epsilon", epsilon, in: TrainingBounds.epsilon)
    for (name, weight) in [("alpha", alpha), ("beta", beta), ("gamma", gamma), ("dice", dice)] {
      try check(name, weight, in: TrainingBounds.weight)
    }
    try check("patience", patience, in: TrainingBounds.patience)
    try check("d-steps", discriminatorSteps, in: TrainingBounds.discriminatorSteps)
    guard let unlabelled else { return }
    try check("unlabelled-from", unlabelled.firstEpoch, in: TrainingBounds.firstEpoch)
    try check("trust", unlabelled.trust, in: TrainingBounds.trust)
    try check("unlabelled-weight", unlabelled.weight, in: TrainingBounds.unlabelledWeight)
    try check("unlabelled-adversarial", unlabelled.adversarialWeight, in: TrainingBounds.weight)
    guard unlabelled.firstEpoch <= epochs else {
      throw .unlabelledTooLate(first: unlabelled.firstEpoch, epochs: epochs)
    }
  }

  private func check(_ option: String, _ value: Int, in bounds: Bounds) throws(TrainingError) {
    guard bounds.contains(Double(value)) else {
      throw .optionOutOfRange(option: option, value: "\(value)", allowed: "a whole number\(bounds.words())")
    }
  }

  /// What is not finite lies within no bounds.
  private func check(_ option: String, _ value: Float, in bounds: Bounds) throws(TrainingError) {
    guard value.isFinite, bounds.contains(Double(value)) else {
      throw .optionOutOfRange(option: option, value: "\(value)", allowed: "a number\(bounds.words())")
    }
  }
}
