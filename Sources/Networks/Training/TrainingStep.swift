import Tensors

/// What one kind of training does with one batch. The trainer's loop is the same for all of them; a new system is a new
/// conformance.
package protocol TrainingStep {
  /// The network that predicts, then the discriminator trained beside it, if there is one.
  var learners: [Learner] { get }

  /// Learns from one batch: images `[batch, height, width, channels]`, label maps `[batch, height, width, maps]`, and behind
  /// these, where there are pixels that nobody has judged, a map that is 1 in the others.
  ///
  /// - Parameters:
  ///   - unlabelled: more images, of which nobody has labels; nil where this step learns from none.
  ///   - part: which images of the batch these are; the others are with other ranks, and all come to the same step.
  ///   - rateShare: of the initial learning rate, in (0, 1].
  mutating func learn(
    images: Tensor, labels: Tensor, unlabelled: UnlabelledBatch?, part: BatchPart, rateShare: Float
  ) throws(StepError) -> StepReport

  /// Goes on from where the learners stood.
  mutating func restore(_ states: [LearnerState])
}

extension TrainingStep {
  /// Learns from labels alone.
  ///
  /// - Parameter part: nil for a whole batch.
  package mutating func learn(
    images: Tensor, labels: Tensor, part: BatchPart? = nil, rateShare: Float = 1
  ) throws(StepError) -> StepReport {
    try learn(
      images: images, labels: labels, unlabelled: nil, part: part ?? BatchPart(whole: images.shape[0]),
      rateShare: rateShare)
  }

  /// The network that predicts, as trained so far.
  package var generator: Model { learners[0].model }
  /// The discriminator trained beside it.
  package var discriminator: Model? { learners.count > 1 ? learners[1].model : nil }
}

extension Tensor {
  /// Of labels, the map of the pixels that somebody has judged, behind the maps that a network draws; nil where it is missing,
  /// and all are.
  func judged(behind maps: Int) -> Tensor? { shape[shape.count - 1] > maps ? channel(maps) : nil }

  /// Without what nobody has judged: 0 there.
  func within(_ judged: Tensor?) -> Tensor { judged.map { self * $0 } ?? self }
}

extension [Learner] {
  mutating func restore(_ states: [LearnerState]) {
    precondition(states.count == count, "every learner has its state")
    for index in indices { self[index].restore(states[index]) }
  }
}

/// What can go wrong within a step, before the trainer adds which step it was.
package enum StepError: Error {
  case network(NetworkError)
  /// `layer` is the first whose map is not finite; `parameter` the first weights that are not.
  case notFinite(loss: String, layer: String?, parameter: String?)
}

extension StepReport {
  /// The losses, and the pixels of the whole batch that the DSC of G's map counts.
  init(
    generator: GeneratorLoss, discriminator: DiscriminatorLoss? = nil, generated: Tensor, labels: Tensor,
    part: BatchPart
  ) {
    let (probabilities, truths) = (generated.values, labels.values)
    let pixels = probabilities.count / part.images.count
    // Of each image: predicted, true, and both.
    var counts: [Double] = []
    for image in 0..<part.images.count {
      var (predicted, truth, shared) = (0, 0, 0)
      for index in (image * pixels)..<((image + 1) * pixels) {
        let isPredicted = MethodLosses.isPositive(probabilities[index])
        let isTrue = MethodLosses.isPositive(truths[index])
        predicted += isPredicted ? 1 : 0
        truth += isTrue ? 1 : 0
        shared += isPredicted && isTrue ? 1 : 0
      }
      counts += [Double(predicted), Double(truth), Double(shared)]
    }
    let all = part.ofAllImages(counts)
    func total(_ place: Int) -> Int { stride(from: place, to: all.count, by: 3).reduce(0) { $0 + Int(all[$1]) } }
    self.init(
      generator: generator, discriminator: discriminator, predictedPixels: total(0), truePixels: total(1),
      sharedPixels: total(2))
  }
}
