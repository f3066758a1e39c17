import Tensors

/// What batch norm uses when a trained network predicts.
public enum BatchStatistics: String, Sendable, Hashable, Codable, CaseIterable {
  /// The default. Measured anew with the final weights over the training images as they are, without augmentation (Wu and
  /// Johnson, *Rethinking "Batch" in BatchNorm*, 2021). With batches of 2 and short runs, running averages lag and are noisy:
  /// a U-Net of width 8 on 48 phantoms of 128² has a DSC of 0.64 with these and 0.11 with those after 8 epochs.
  case population
  /// Keras's: averages that moved along while the weights still changed.
  case running
}

extension Model {
  /// The model with batch norm's means and variances measured over all of a source's plain batches, weights unchanged.
  ///
  /// A layer's mean is that of all pixels of all images; its variance is the mean of the batches' variances plus the
  /// variance of their means, so that differences between batches count. Costs a forward pass over the images, which
  /// ranks share.
  ///
  /// - Parameters:
  ///   - isCancelled: asked before every batch.
  ///   - report: told after every batch how many are done, and of how many.
  /// - Returns: `nil` where it was cancelled.
  package func withPopulationStatistics(
    of source: any BatchSource, isCancelled: () -> Bool = { false }, report: (Int, Int) -> Void = { _, _ in }
  ) throws(NetworkError) -> Model? {
    var moments: [LayerMoments] = graph.parameterSpecs.filter { $0.name.hasSuffix(Model.meanSuffix) }
      .map { LayerMoments(layer: String($0.name.dropLast(Model.meanSuffix.count))) }
    guard !moments.isEmpty else { return self }
    // The engine adds (1 − momentum) of a batch's statistics to what is there; on top of zeros that is all there is.
    let share = Double(1 - architecture.configuration.batchNormMomentum)
    // By images of a batch, height and width.
    var plans: [[Int]: Plan] = [:]
    for index in 0..<source.batchesPerEpoch {
      if isCancelled() { return nil }
      let part = BatchPart(of: source.imageCount(ofBatch: index))
      let images = source.plainImages(index: index, images: part.images)
      let inputs = [NetworkInput.image: images]
      let shape = [part.count] + images.shape.dropFirst()
      if plans[shape] == nil {
        plans[shape] = try plan(for: inputs.mapValues(\.shape), mode: .training, part: part)
      }
      guard let plan = plans[shape] else { preconditionFailure("the plan was just made") }
      var measured = parameters
      for moment in moments { moment.clear(in: &measured) }
      _ = plan.forward(inputs, &measured)
      let pixels = try pixelsByLayer(height: images.shape[1], width: images.shape[2])
      for position in moments.indices {
        let count = part.count * (pixels[moments[position].layer] ?? 1)
        moments[position].add(measured, share: share, count: count, weight: Double(part.count))
      }
      report(index + 1, source.batchesPerEpoch)
    }
    var settled = self
    for moment in moments { moment.put(into: &settled.parameters) }
    return settled
  }

  /// The share of what batch norm's running averages began with that is still in them after so many steps of training:
  /// momentum to the power of steps, 0 without batch norm.
  public func initialShare(ofRunningAveragesAfter steps: Int) -> Double {
    guard graph.parameterSpecs.contains(where: { $0.name.hasSuffix(Model.meanSuffix) }) else { return 0 }
    return Self.share(left: Double(batchNormMomentum), after: steps)
  }

  /// The share of the running averages that batch norm keeps at each step.
  public var batchNormMomentum: Float { architecture.configuration.batchNormMomentum }

  /// The largest of the usual momenta that leaves less than a hundredth after so many steps; `nil` where there is none.
  public static func momentum(forgettingWithin steps: Int) -> Double? {
    [0.99, 0.98, 0.97, 0.95, 0.9, 0.8].first { share(left: $0, after: steps) < 0.01 }
  }

  private static func share(left momentum: Double, after steps: Int) -> Double {
    var share = 1.0
    for _ in 0..<steps where share > 1e-6 { share *= momentum }
    return share
  }

  /// Height × width of each layer's map.
  private func pixelsByLayer(height: Int, width: Int) throws(NetworkError) -> [String: Int] {
    let layers = try layers(height: height, width: width)
    return Dictionary(layers.map { ($0.name, $0.outputShape[1] * $0.outputShape[2]) }) { first, _ in first }
  }
}

/// The mean and variance of one batch norm's input, gathered batch by batch in double precision.
private struct LayerMoments {
  let layer: String
  private var means: [(values: [Double], weight: Double)] = []
  private var variances: [[Double]] = []

  init(layer: String) { self.layer = layer }

  func clear(in parameters: inout Parameters) {
    parameters[layer + Model.meanSuffix] = Tensor(parameters[layer + Model.meanSuffix].shape)
    parameters[layer + Model.varianceSuffix] = Tensor(parameters[layer + Model.varianceSuffix].shape)
  }

  /// - Parameters:
  ///   - count: values a channel that the batch's statistics are over; the engine's variance has count − 1 below.
  ///   - weight: of this batch among the others.
  mutating func add(_ measured: Parameters, share: Double, count: Int, weight: Double) {
    let biased = Double(max(count - 1, 1)) / Double(count)
    means.append((measured[layer + Model.meanSuffix].values.map { Double($0) / share }, weight))
    variances.append(measured[layer + Model.varianceSuffix].values.map { Double($0) / share * biased })
  }

  func put(into parameters: inout Parameters) {
    let total = means.reduce(0) { $0 + $1.weight }
    let channels = means[0].values.count
    var mean = [Float](repeating: 0, count: channels)
    var variance = mean
    for channel in 0..<channels {
      let average = means.reduce(0) { $0 + $1.weight * $1.values[channel] } / total
      let spread = zip(means, variances).reduce(0) { sum, batch in
        let gap = batch.0.values[channel] - average
        return sum + batch.0.weight * (batch.1[channel] + gap * gap)
      }
      mean[channel] = Float(average)
      variance[channel] = Float(spread / total)
    }
    parameters[layer + Model.meanSuffix] = Tensor([channels], values: mean)
    parameters[layer + Model.varianceSuffix] = Tensor([channels], values: variance)
  }
}
