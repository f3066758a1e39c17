import Kernels

/// Whether a loss is a sum over all numbers or their mean.
public enum LossReduction: Sendable, Hashable {
  case mean, sum
}

/// Losses with their gradients with respect to the prediction. The first axis is that of a batch's images: their sums are added
/// in order, over all images of the batch where others have the rest of it.
public enum Losses {
  /// −Σ (y·log p + (1 − y)·log(1 − p)), Eq. 3 of the 2021 paper, or its mean as Keras takes it. As there, p is first
  /// clipped to [1e-7, 1 − 1e-7], and where it lay outside the gradient is 0.
  ///
  /// - Parameters:
  ///   - prediction: probabilities in [0, 1], any shape.
  ///   - target: labels in [0, 1], of the same shape.
  ///   - part: the images that these are; nil for a whole batch.
  public static func binaryCrossEntropy(
    prediction: Tensor, target: Tensor, reduction: LossReduction = .mean, part: BatchPart? = nil
  ) -> (value: Double, gradient: Tensor) {
    total(prediction, target, reduction, part) { prediction, target, count, gradient in
      LossKernels.binaryCrossEntropy(
        prediction, target, clip: 1e-7, gradientWeight: reduction == .mean ? 1 / Float(count) : 1, gradient: gradient)
    }
  }

  /// (1/n)·Σ (y − p)², Eq. 6 of the 2021 paper.
  public static func meanSquaredError(
    prediction: Tensor, target: Tensor, part: BatchPart? = nil
  ) -> (value: Double, gradient: Tensor) {
    total(prediction, target, .mean, part) { prediction, target, count, gradient in
      LossKernels.squaredError(prediction, target, gradientWeight: 2 / Float(count), gradient: gradient)
    }
  }

  /// - Parameter kernel: the sum over one image's numbers, given how many the whole batch has, and room for the gradient.
  private static func total(
    _ prediction: Tensor, _ target: Tensor, _ reduction: LossReduction, _ part: BatchPart?,
    _ kernel: (_ prediction: Region, _ target: Region, _ count: Int, _ gradient: Region) -> Double
  ) -> (value: Double, gradient: Tensor) {
    precondition(prediction.shape == target.shape, "prediction and target have one shape")
    let images = prediction.shape.first ?? 1
    let part = part ?? BatchPart(whole: images)
    precondition(part.images.count == images, "the predictions are the part's")
    let gradient = Tensor(uninitialised: prediction.shape)
    let count = prediction.count / max(images, 1) * part.count
    let sums = (0..<images).map { image in
      kernel(
        prediction.region.image(image, of: images), target.region.image(image, of: images), count,
        gradient.region.image(image, of: images))
    }
    let sum = part.ofAllImages(sums).reduce(0, +)
    return (reduction == .mean ? sum / Double(count) : sum, gradient)
  }
}
