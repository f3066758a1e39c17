import Kernels

/// Whether a loss is a sum over all numbers or their mean.
public enum LossReduction: Sendable, Hashable {
  case mean, sum
}

/// Losses with their gradients with respect to the prediction. The first axis is that of a batch's images: their sums are added
/// in order, over all images of the batch where others have the rest of it.
///
/// Where numbers have weights, a mean is that of the weighted losses over the sum of all weights: 0, without a gradient, where
/// nothing has any.
public enum Losses {
  /// −Σ (y·log p + (1 − y)·log(1 − p)), Eq. 3 of the 2021 paper, or its mean as Keras takes it. As there, p is first
  /// clipped to [1e-7, 1 − 1e-7], and where it lay outside the gradient is 0.
  ///
  /// - Parameters:
  ///   - prediction: probabilities in [0, 1], any shape.
  ///   - target: labels in [0, 1], of the same shape.
  ///   - weights: of each number, from 0, of the same shape; nil where all count alike.
  ///   - part: the images that these are; nil for a whole batch.
  public static func binaryCrossEntropy(
    prediction: Tensor, target: Tensor, reduction: LossReduction = .mean, weights: Tensor? = nil, part: BatchPart? = nil
  ) -> (value: Double, gradient: Tensor) {
    total(prediction, target, weights, reduction, part) { prediction, target, weights, scale, gradient in
      LossKernels.binaryCrossEntropy(
        prediction, target, weights: weights, clip: 1e-7, gradientWeight: scale, gradient: gradient)
    }
  }

  /// (1/n)·Σ (y − p)², Eq. 6 of the 2021 paper.
  ///
  /// - Parameter weights: of each number, from 0, of the same shape; nil where all count alike.
  public static func meanSquaredError(
    prediction: Tensor, target: Tensor, weights: Tensor? = nil, part: BatchPart? = nil
  ) -> (value: Double, gradient: Tensor) {
    total(prediction, target, weights, .mean, part) { prediction, target, weights, scale, gradient in
      LossKernels.squaredError(prediction, target, weights: weights, gradientWeight: 2 * scale, gradient: gradient)
    }
  }

  /// - Parameter kernel: the sum over one image's numbers, given what a number's gradient is multiplied by, and room for the
  ///   gradient.
  private static func total(
    _ prediction: Tensor, _ target: Tensor, _ weights: Tensor?, _ reduction: LossReduction, _ part: BatchPart?,
    _ kernel: (_ prediction: Region, _ target: Region, _ weights: Region?, _ scale: Float, _ gradient: Region) -> Double
  ) -> (value: Double, gradient: Tensor) {
    precondition(prediction.shape == target.shape, "prediction and target have one shape")
    precondition(weights.map { $0.shape == prediction.shape } ?? true, "each number has its weight")
    let images = prediction.shape.first ?? 1
    let part = part ?? BatchPart(whole: images)
    precondition(part.images.count == images, "the predictions are the part's")
    let gradient = Tensor(uninitialised: prediction.shape)
    // Numbers of the whole batch, each as much as it weighs.
    let count =
      weights.map { weights in
        part.ofAllImages((0..<images).map { Reduction.sum(weights.region.image($0, of: images)) }).reduce(0, +)
      } ?? Double(prediction.count / max(images, 1) * part.count)
    let scale: Float = reduction == .sum ? 1 : count > 0 ? 1 / Float(count) : 0
    let sums = (0..<images).map { image in
      kernel(
        prediction.region.image(image, of: images), target.region.image(image, of: images),
        weights?.region.image(image, of: images), scale, gradient.region.image(image, of: images))
    }
    let sum = part.ofAllImages(sums).reduce(0, +)
    return (reduction == .sum ? sum : count > 0 ? sum / count : 0, gradient)
  }
}
