import Tensors

/// What batch norm uses when a trained network predicts.
public enum BatchStatistics: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default, Keras's: averages that moved along while the weights still changed.
  case running
  /// Measured anew with the final weights over the training images as they are, without augmentation (Wu and Johnson,
  /// *Rethinking "Batch" in BatchNorm*, 2021). With batches of 2 and short runs, running averages lag and are noisy.
  case population
}

extension Model {
  /// The model with batch norm's means and variances measured over all of a source's plain batches, weights unchanged.
  ///
  /// A layer's mean is the average of its batches' means, its variance the average of their mean squares less the
  /// mean's square, so that differences between batches count. Costs a forward pass over the images.
  func withPopulationStatistics(of source: any BatchSource) throws(NetworkError) -> Model {
    let statistics = graph.parameterSpecs.filter { !$0.isTrainable && $0.name.hasSuffix(Self.meanSuffix) }
      .map { String($0.name.dropLast(Self.meanSuffix.count)) }
    guard !statistics.isEmpty else { return self }
    // The engine adds (1 − momentum) of a batch's statistics to what is there; on top of zeros that is all there is.
    let share = 1 - architecture.batchNormMomentum
    var sums: [String: (mean: Tensor, square: Tensor)] = [:]
    var plans: [[Int]: Plan] = [:]
    for index in 0..<source.batchesPerEpoch {
      let images = source.plainImages(index: index)
      let inputs = [NetworkInput.image: images]
      if plans[images.shape] == nil {
        plans[images.shape] = try plan(for: inputs.mapValues(\.shape), mode: .training)
      }
      guard let plan = plans[images.shape] else { preconditionFailure("the plan was just made") }
      var measured = parameters
      for layer in statistics {
        measured[layer + Self.meanSuffix] = measured[layer + Self.meanSuffix] * 0
        measured[layer + Self.varianceSuffix] = measured[layer + Self.varianceSuffix] * 0
      }
      _ = plan.forward(inputs, &measured)
      for layer in statistics {
        let mean = measured[layer + Self.meanSuffix] / share
        let square = measured[layer + Self.varianceSuffix] / share + mean * mean
        let sum = sums[layer]
        sums[layer] = (sum.map { $0.mean + mean } ?? mean, sum.map { $0.square + square } ?? square)
      }
    }
    var settled = self
    let count = Float(source.batchesPerEpoch)
    for (layer, sum) in sums {
      let mean = sum.mean / count
      settled.parameters[layer + Self.meanSuffix] = mean
      settled.parameters[layer + Self.varianceSuffix] = (sum.square / count - mean * mean).map { max($0, 0) }
    }
    return settled
  }

  private static let meanSuffix = ".running-mean"
  private static let varianceSuffix = ".running-variance"
}
