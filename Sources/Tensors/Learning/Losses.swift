import Kernels

/// Whether a loss is a sum over all numbers or their mean.
public enum LossReduction: Sendable, Hashable {
  case mean, sum
}

/// Losses with their gradients with respect to the prediction.
public enum Losses {
  /// −Σ (y·log p + (1 − y)·log(1 − p)), Eq. 3 of the 2021 paper, or its mean as Keras takes it. As there, p is first
  /// clipped to [1e-7, 1 − 1e-7], and where it lay outside the gradient is 0.
  ///
  /// - Parameters:
  ///   - prediction: probabilities in [0, 1], any shape.
  ///   - target: labels in [0, 1], of the same shape.
  public static func binaryCrossEntropy(
    prediction: Tensor, target: Tensor, reduction: LossReduction = .mean
  ) -> (value: Double, gradient: Tensor) {
    precondition(prediction.shape == target.shape, "prediction and target have one shape")
    let weight = reduction == .mean ? 1 / Float(prediction.count) : 1
    let gradient = Tensor(uninitialised: prediction.shape)
    let sum = LossKernels.binaryCrossEntropy(
      prediction.region, target.region, clip: 1e-7, gradientWeight: weight, gradient: gradient.region)
    return (reduction == .mean ? sum / Double(prediction.count) : sum, gradient)
  }

  /// (1/n)·Σ (y − p)², Eq. 6 of the 2021 paper.
  public static func meanSquaredError(prediction: Tensor, target: Tensor) -> (value: Double, gradient: Tensor) {
    precondition(prediction.shape == target.shape, "prediction and target have one shape")
    let gradient = Tensor(uninitialised: prediction.shape)
    let sum = LossKernels.squaredError(
      prediction.region, target.region, gradientWeight: 2 / Float(prediction.count), gradient: gradient.region)
    return (sum / Double(prediction.count), gradient)
  }
}
