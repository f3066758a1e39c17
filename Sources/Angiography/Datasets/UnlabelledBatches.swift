import Imaging
import Kernels
import Networks
import Tensors

/// A dataset's images, masks or none, as batches to be learnt from without labels: all of them in a random order, then all in
/// another, without end, each changed anew as the dataset asks for it. What masks there are is not looked at.
///
/// Every step is drawn from streams of its own, so that step k is the same whatever was asked before.
public struct UnlabelledBatches: UnlabelledSource {
  private let dataset: Dataset
  public let imagesInStep: Int
  /// Whether some image has pixels that nobody can grade.
  private let hasUngraded: Bool
  private let height, width: Int
  private let order: RandomStream
  private let changes: RandomStream

  /// - Parameters:
  ///   - batch: images a step, at least 1; all of them where there are fewer.
  ///   - height, width: of the labelled images as networks see them, in pixels.
  /// - Throws: `nothing-unlabelled` where there are no images, `mixed-sizes` where one is of another size than the labelled ones.
  public init(
    _ dataset: Dataset, batch: Int, height: Int, width: Int, stream: RandomStream
  ) throws(DatasetError) {
    precondition(batch > 0, "a batch holds at least one image")
    guard !dataset.samples.isEmpty else { throw DatasetError([.nothingUnlabelled]) }
    let frames = dataset.samples.map { $0.frame(workingSize: dataset.workingSize) }
    let sizes = Set(frames.map { "\($0.width)×\($0.height)" }).union(["\(width)×\(height)"])
    guard sizes.count == 1 else { throw DatasetError([.mixedSizes(sizes.sorted())]) }
    self.dataset = dataset
    imagesInStep = min(batch, dataset.samples.count)
    hasUngraded = dataset.samples.contains { $0.ungraded?.pixels.contains(true) == true }
    (self.height, self.width) = (height, width)
    order = stream.substream("order")
    changes = stream.substream("changes")
  }

  public func batch(step: Int, images: Range<Int>) -> (images: Tensor, judged: Tensor?) {
    let count = dataset.samples.count
    // Which pass over all images each is of, and which image it is.
    let chosen = images.map { image -> (pass: Int, sample: Int) in
      let (pass, place) = (step * imagesInStep + image).quotientAndRemainder(dividingBy: count)
      var shuffling = order.substream(pass)
      return (pass, shuffling.shuffled(0..<count)[place])
    }
    let inputs = computed(chosen.count) { place in
      var drawing = changes.substream(chosen[place].pass).substream(chosen[place].sample).generator
      return dataset.unlabelledInput(chosen[place].sample, using: &drawing)
    }
    return (
      Tensor.stacked(inputs.map { Tensor(channels: $0.channels) }),
      hasUngraded
        ? Tensor.stacked(
          inputs.map { Tensor(channels: [$0.judged ?? Plane(width: width, height: height, filledWith: 1)]) }) : nil
    )
  }
}
