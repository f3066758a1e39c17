import Tensors

/// A loss and its gradient with respect to the prediction.
package struct Loss {
  package var value: Double
  package var gradient: Tensor
}

/// Equations 3 to 7 of the method, on `[batch, height, width, 1]` tensors.
package enum MethodLosses {
  /// L_bce, Eq. 3: the mean over pixels, or the sum over an image's pixels averaged over the batch.
  package static func crossEntropy(_ prediction: Tensor, _ truth: Tensor, reduction: CrossEntropyReduction) -> Loss {
    let mean = Losses.binaryCrossEntropy(prediction: prediction, target: truth)
    guard reduction == .sum else { return Loss(value: mean.value, gradient: mean.gradient) }
    let pixels = prediction.count / prediction.shape[0]
    return Loss(value: mean.value * Double(pixels), gradient: mean.gradient * Float(pixels))
  }

  /// L_DC and L_DP, Eq. 4 to 6, against one target for every value: 1 for "real", 0 for "generated".
  package static func squaredError(_ prediction: Tensor, against target: Float) -> Loss {
    squaredError(prediction, against: Tensor(prediction.shape, filledWith: target))
  }

  /// L_DP, Eq. 5 and 6, against a target per pixel.
  package static func squaredError(_ prediction: Tensor, against target: Tensor) -> Loss {
    let loss = Losses.meanSquaredError(prediction: prediction, target: target)
    return Loss(value: loss.value, gradient: loss.gradient)
  }

  /// Y_DP of a generated label map, Eq. 7 in the reading `rule`.
  package static func pixelTarget(generated: Tensor, truth: Tensor, rule: PixelTarget) -> Tensor {
    let values = zip(generated.values, truth.values).map { (probability, label) -> Float in
      switch rule {
      case .agreement: isPositive(probability) == isPositive(label) ? 1 : 0
      case .xor: isPositive(probability) == isPositive(label) ? 0 : 1
      case .soft: 1 - abs(probability - label)
      }
    }
    return Tensor(generated.shape, values: values)
  }

  /// 1 where the probability is at least 0.5, else 0.
  package static func thresholded(_ probabilities: Tensor) -> Tensor {
    probabilities.map { isPositive($0) ? 1 : 0 }
  }

  /// The decision threshold of method §7.
  package static func isPositive(_ probability: Float) -> Bool { probability >= 0.5 }
}
