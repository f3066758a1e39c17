import Tensors

/// The work of a whole training, counted before its first step: steps, what is measured at an epoch's end, and what comes
/// after the last one.
package struct TrainingWork: Sendable, Hashable {
  package let epochs: Int
  package let stepsPerEpoch: Int
  /// Of a step; where an epoch's last batch is smaller, on average.
  package let step: Work
  /// What a step has to do beside that where it learns from unlabelled angiograms too.
  package let unlabelled: Work
  /// Steps before the first that does; all of them where none does.
  package let labelledSteps: Int
  package let epochEnd: Work
  package let finish: Work

  /// - Parameters:
  ///   - images: that it learns from, at least 1, of `height` × `width` pixels; `batch` of them a step.
  ///   - validated: images that it is measured on after every epoch.
  ///   - ranks: that share the images of every batch; the work is that of one of them.
  ///   - unlabelled: images without labels of a step that learns from them.
  /// - Throws: `sizeNotSupported`.
  package init(
    of generator: Architecture, against discriminator: Architecture?, images: Int, batch: Int, height: Int, width: Int,
    validatedOn validated: Int = 0, sharedBy ranks: Int = 1, unlabelled: Int = 0, _ options: TrainingOptions
  ) throws(NetworkError) {
    precondition(images > 0 && batch > 0, "there is something to learn from")
    epochs = options.epochs
    stepsPerEpoch = (images + batch - 1) / batch
    let drawing = try generator.work(height: height, width: width)
    let judging = try discriminator.map { network throws(NetworkError) in
      try network.work(height: height, width: width)
    }
    // The rank with most images of a batch is waited for.
    func most(of batch: Int) -> Int { (batch + min(ranks, batch) - 1) / min(ranks, batch) }
    let last = images - (stepsPerEpoch - 1) * batch
    let mean = Double((stepsPerEpoch - 1) * most(of: batch) + most(of: last)) / Double(stepsPerEpoch)
    // A backward pass is two forward passes: the gradients of maps and those of weights. D goes forward and backward on
    // the real and on the generated map in each of its steps, and in G's step forward and back to the map alone.
    let discriminatorPasses = Double(6 * options.discriminatorSteps + 2)
    var step = (drawing * 3 + (judging ?? Work()) * discriminatorPasses).onBatch(of: mean)
    step.moved =
      Double(generator.trainableCount) + Double((discriminator?.trainableCount ?? 0) * options.discriminatorSteps)
    self.step = step
    let learning = unlabelled > 0 ? options.unlabelled : nil
    // D goes forward once, and back to the map where what it says there counts.
    let unlabelledPasses = learning.map { $0.adversarialWeight > 0 ? 2.0 : 1 } ?? 0
    self.unlabelled =
      learning == nil
      ? Work()
      : (drawing * 3 + (judging ?? Work()) * unlabelledPasses).onBatch(of: Double(most(of: unlabelled)))
    labelledSteps = stepsPerEpoch * min(learning.map { $0.firstEpoch - 1 } ?? epochs, epochs)
    let statistics =
      options.statistics == .population ? drawing.onBatch(of: mean) * Double(stepsPerEpoch) : Work()
    epochEnd = validated > 0 ? statistics + drawing * Double(validated) : Work()
    // The weights that are kept as the best were measured with their statistics.
    finish = options.keep == .best && validated > 0 ? Work() : statistics
  }

  /// Everything.
  package var whole: Work {
    (step * Double(stepsPerEpoch) + epochEnd) * Double(epochs)
      + unlabelled * Double(stepsPerEpoch * epochs - labelledSteps) + finish
  }
}
