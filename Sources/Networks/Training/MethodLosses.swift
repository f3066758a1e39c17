import Tensors

/// A loss and its gradient with respect to the prediction.
package struct Loss {
  package var value: Double
  package var gradient: Tensor
}

/// Equations 3 to 7 of the method, on `[batch, height, width, 1]` tensors. Pixels that nobody has judged count in none of them:
/// `judged` is 1 in the others, of the prediction's shape, and nil where these are all.
package enum MethodLosses {
  /// L_bce, Eq. 3: the mean over pixels, or the sum over an image's pixels averaged over the batch.
  package static func crossEntropy(
    _ prediction: Tensor, _ truth: Tensor, reduction: CrossEntropyReduction, judged: Tensor? = nil,
    part: BatchPart? = nil
  ) -> Loss {
    if let judged, reduction == .sum {
      let sum = Losses.binaryCrossEntropy(
        prediction: prediction, target: truth, reduction: .sum, weights: judged, part: part)
      let images = part?.count ?? prediction.shape[0]
      return Loss(value: sum.value / Double(images), gradient: sum.gradient * (1 / Float(images)))
    }
    let mean = Losses.binaryCrossEntropy(prediction: prediction, target: truth, weights: judged, part: part)
    guard reduction == .sum else { return Loss(value: mean.value, gradient: mean.gradient) }
    let pixels = prediction.count / prediction.shape[0]
    return Loss(value: mean.value * Double(pixels), gradient: mean.gradient * Float(pixels))
  }

  /// What G's maps cost against their masks, as sums over the maps, and a gradient for each.
  ///
  /// - Parameters:
  ///   - drawn: under `NetworkOutput.probability`, and under `territory` where G draws that too.
  ///   - truths: `[batch, height, width, maps]`, non-perfusion first.
  static func segmentation(
    _ drawn: [String: Tensor], _ truths: Tensor, judged: Tensor?, options: TrainingOptions, part: BatchPart
  ) -> (crossEntropy: Double, dice: Double?, gradients: [String: Tensor]) {
    var (crossEntropy, dice, gradients) = (0.0, nil as Double?, [String: Tensor]())
    let names = [NetworkOutput.probability, NetworkOutput.territory].filter { drawn[$0] != nil }
    for (channel, name) in names.enumerated() {
      let loss = segmentation(
        drawn.named(name), truths.channel(channel), judged: judged, options: options, part: part)
      crossEntropy += loss.crossEntropy
      if let overlap = loss.dice { dice = (dice ?? 0) + overlap }
      gradients[name] = loss.gradient
    }
    return (crossEntropy, dice, gradients)
  }

  /// What one map costs against its masks: L_bce, and 1 − the soft DSC where that has a weight.
  static func segmentation(
    _ prediction: Tensor, _ truth: Tensor, judged: Tensor?, options: TrainingOptions, part: BatchPart
  ) -> (crossEntropy: Double, dice: Double?, gradient: Tensor) {
    let entropy = crossEntropy(prediction, truth, reduction: options.crossEntropy, judged: judged, part: part)
    guard options.dice > 0 else { return (entropy.value, nil, entropy.gradient) }
    let overlap = dice(prediction, truth, judged: judged, part: part)
    var gradient = entropy.gradient
    gradient.add(overlap.gradient, times: options.dice)
    return (entropy.value, overlap.value, gradient)
  }

  /// 1 − (2·Σ p·y + 1) / (Σ p + Σ y + 1), the sums over an image's pixels, the mean over the batch's images (Milletari et
  /// al., 3DV 2016, without squares). The ones give an image without non-perfusion a gradient.
  package static func dice(
    _ prediction: Tensor, _ truth: Tensor, judged: Tensor? = nil, part: BatchPart? = nil
  ) -> Loss {
    if let judged {
      var loss = dice(prediction * judged, truth * judged, part: part)
      loss.gradient = loss.gradient * judged
      return loss
    }
    let images = prediction.shape[0]
    let part = part ?? BatchPart(whole: images)
    let all = Double(part.count)
    let pixels = prediction.count / images
    let (p, y) = (prediction.values, truth.values)
    var gradient = [Float](repeating: 0, count: p.count)
    var values: [Double] = []
    for image in 0..<images {
      var (shared, sum) = (0.0, 0.0)
      for index in (image * pixels)..<((image + 1) * pixels) {
        shared += Double(p[index]) * Double(y[index])
        sum += Double(p[index]) + Double(y[index])
      }
      let (top, bottom) = (2 * shared + 1, sum + 1)
      values.append((1 - top / bottom) / all)
      for index in (image * pixels)..<((image + 1) * pixels) {
        gradient[index] = Float((top / bottom - 2 * Double(y[index])) / bottom / all)
      }
    }
    return Loss(
      value: part.ofAllImages(values).reduce(0, +), gradient: Tensor(prediction.shape, values: gradient))
  }

  /// L_DC and L_DP, Eq. 4 to 6, against one target for every value: 1 for "real", 0 for "generated".
  package static func adversarial(
    _ answer: Tensor, against target: Float, _ kind: AdversarialLoss, judged: Tensor? = nil, part: BatchPart? = nil
  ) -> Loss {
    adversarial(answer, against: Tensor(answer.shape, filledWith: target), kind, judged: judged, part: part)
  }

  /// The same against a target per value: L_DP of a generated map.
  package static func adversarial(
    _ answer: Tensor, against target: Tensor, _ kind: AdversarialLoss, judged: Tensor? = nil, part: BatchPart? = nil
  ) -> Loss {
    let loss =
      switch kind {
      case .mse: Losses.meanSquaredError(prediction: answer, target: target, weights: judged, part: part)
      case .bce: Losses.binaryCrossEntropy(prediction: answer, target: target, weights: judged, part: part)
      }
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

extension Tensor {
  /// One of the last axis' channels, `[batch, height, width, 1]`.
  func channel(_ channel: Int) -> Tensor {
    let channels = shape[shape.count - 1]
    precondition((0..<channels).contains(channel), "a tensor has that channel")
    if channels == 1 { return self }
    let values = values
    return Tensor(
      shape.dropLast() + [1], values: stride(from: channel, to: values.count, by: channels).map { values[$0] })
  }
}
