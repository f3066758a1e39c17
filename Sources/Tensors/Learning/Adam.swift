import Kernels

/// What Adam remembers between steps.
public struct AdamState: Sendable {
  /// Running mean of the gradients.
  public var firstMoment: Parameters
  /// Running mean of their squares.
  public var secondMoment: Parameters
  /// Steps taken.
  public var step: Int

  public init(for parameters: Parameters) {
    self.init(firstMoment: .zeros(like: parameters), secondMoment: .zeros(like: parameters), step: 0)
  }

  public init(firstMoment: Parameters, secondMoment: Parameters, step: Int) {
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
    self.step = step
  }
}

/// One step of Adam (Kingma & Ba 2015) in Keras's form, ε outside the bias correction:
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← p − rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε).
///
/// Parameters that are not trainable stay as they are. The gradients start again from zero.
///
/// - Returns: the first parameter whose gradient held NaN or infinity, which are then in its weights too; else nil.
@discardableResult
public func adamStep(
  parameters: inout Parameters, clearing gradients: inout Parameters, state: inout AdamState, rate: Float,
  beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7
) -> String? {
  precondition(parameters.specs == gradients.specs, "every parameter has its gradient")
  state.step += 1
  // Powers by multiplication: the C library's pow may differ between processors.
  var decay1 = 1.0
  var decay2 = 1.0
  for _ in 0..<state.step {
    decay1 *= Double(beta1)
    decay2 *= Double(beta2)
  }
  let stepRate = Float(Double(rate) * (1 - decay2).squareRoot() / (1 - decay1))
  var firstNotFinite: String?
  for index in parameters.specs.indices where parameters.specs[index].isTrainable {
    Observer.watching(parameters.specs[index].name, "Adam", .update) {
      let isFinite = AdamKernel(rate: stepRate, beta1: beta1, beta2: beta2, epsilon: epsilon).update(
        parameters.tensors[index].mutableRegion, clearing: gradients.tensors[index].mutableRegion,
        firstMoment: state.firstMoment.tensors[index].mutableRegion,
        secondMoment: state.secondMoment.tensors[index].mutableRegion)
      if !isFinite && firstNotFinite == nil { firstNotFinite = parameters.specs[index].name }
    }
  }
  return firstNotFinite
}
