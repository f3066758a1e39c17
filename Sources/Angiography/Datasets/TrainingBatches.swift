import Base
import Imaging
import Kernels
import Networks
import Tensors

/// A dataset's images and masks as batches for training, shuffled and augmented anew in every epoch.
///
/// Every batch is drawn from streams of its own, so that batch k of epoch e is the same whatever was asked before.
public struct TrainingBatches: BatchSource {
  private let dataset: Dataset
  private let labelled: [Int]
  /// Images that lesions are pasted from; none where nothing is pasted.
  private let donors: [Int]
  private let batch: Int
  /// Whether labels have the territory as their second channel.
  private let withTerritory: Bool
  /// Whether labels end in a channel of the pixels that somebody has judged: where there are others.
  private let withJudgement: Bool
  /// Of its images as networks see them, in pixels.
  package let height, width: Int
  private let order: RandomStream
  private let changes: RandomStream

  /// - Parameters:
  ///   - batch: images a step, at least 1; the last batch of an epoch keeps what is left (method §7).
  ///   - withTerritory: labels have it as their second channel.
  /// - Throws: `mask-missing` when no sample has a mask, `territory-missing` when one of those has none and it is asked for,
  ///   `mixed-sizes` when the images would not make a batch,
  ///   `out-of-memory` when a batch is more than there is room for.
  public init(
    _ dataset: Dataset, batch: Int, withTerritory: Bool = false, stream: RandomStream
  ) throws(DatasetError) {
    precondition(batch > 0, "a batch holds at least one image")
    labelled = dataset.samples.indices.filter { dataset.samples[$0].mask != nil }
    guard !labelled.isEmpty else { throw DatasetError([.withoutMask(names: dataset.samples.map(\.name))]) }
    let without = labelled.map { dataset.samples[$0] }.filter(\.lacksTerritory)
    guard !withTerritory || without.isEmpty else { throw DatasetError([.withoutTerritory(names: without.map(\.name))]) }
    let frames = labelled.map { dataset.samples[$0].frame(workingSize: dataset.workingSize) }
    let sizes = Set(frames.map { "\($0.width)×\($0.height)" })
    guard sizes.count == 1 else { throw DatasetError([.mixedSizes(sizes.sorted())]) }
    // A batch lies there as planes, as channels beside each other, and as one tensor.
    let floats = 3 * min(batch, labelled.count) * frames[0].width * frames[0].height * (dataset.features.count + 1)
    do throws(MemoryError) {
      try AvailableMemory.require(
        bytes: floats * MemoryLayout<Float>.stride,
        for: "a batch of \(min(batch, labelled.count)) images of \(frames[0].width) × \(frames[0].height)",
        hint: "a smaller `batch:` or smaller images need less")
    } catch {
      throw DatasetError([.outOfMemory(error)])
    }
    self.dataset = dataset
    donors = (dataset.augmentation?.paste ?? 0) > 0 ? dataset.lesionDonors : []
    self.batch = batch
    self.withTerritory = withTerritory
    withJudgement = labelled.contains { dataset.samples[$0].ungraded?.pixels.contains(true) == true }
    (height, width) = (frames[0].height, frames[0].width)
    order = stream.substream("order")
    changes = stream.substream("changes")
  }

  /// Images that are learnt from.
  package var imageCount: Int { labelled.count }
  /// Images in a step, of which the last of an epoch may have fewer.
  package var imagesInStep: Int { batch }

  public var batchesPerEpoch: Int { (labelled.count + batch - 1) / batch }

  public func imageCount(ofBatch index: Int) -> Int { places(index).count }

  public func plainImages(index: Int) -> Tensor { plainImages(index: index, images: 0..<imageCount(ofBatch: index)) }

  public func plainImages(index: Int, images: Range<Int>) -> Tensor {
    let chosen = Array(labelled[places(index)].dropFirst(images.lowerBound).prefix(images.count))
    return Tensor.stacked(computed(chosen.count) { dataset.networkInput(chosen[$0]) })
  }

  public func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor) {
    batch(epoch: epoch, index: index, images: 0..<imageCount(ofBatch: index))
  }

  public func batch(epoch: Int, index: Int, images: Range<Int>) -> (images: Tensor, labels: Tensor) {
    var shuffling = order.substream(epoch)
    let chosen = Array(shuffling.shuffled(labelled)[places(index)].dropFirst(images.lowerBound).prefix(images.count))
    // Features of an image can take as long as its share of a step: one image a thread.
    let pairs = computed(chosen.count) { place -> TrainingPair? in
      var drawing = changes.substream(epoch).substream(chosen[place]).generator
      return dataset.trainingPair(chosen[place], pastedFrom: donors, using: &drawing)
    }.compactMap { $0 }
    return (
      Tensor.stacked(pairs.map { Tensor(channels: $0.channels) }),
      Tensor.stacked(pairs.map { Tensor(channels: labels(of: $0)) })
    )
  }

  /// The maps that a network draws, then which pixels count.
  private func labels(of pair: TrainingPair) -> [Plane] {
    let maps = [pair.label] + (withTerritory ? [pair.territory].compactMap(\.self) : [])
    return withJudgement ? maps + [pair.judged ?? Plane(width: width, height: height, filledWith: 1)] : maps
  }

  /// Where a batch's images are among all, in an epoch's order.
  private func places(_ index: Int) -> Range<Int> { (index * batch)..<min((index + 1) * batch, labelled.count) }
}
