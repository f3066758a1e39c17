import Tensors

/// Where a training gets its batches from.
public protocol BatchSource: Sendable {
  /// At least 1; the last batch of an epoch may hold fewer images.
  var batchesPerEpoch: Int { get }

  /// Batch `index` (from 0) of epoch `epoch` (from 1): images `[batch, height, width, channels]` with values in
  /// [0, 1] and label maps `[batch, height, width, maps]` with values in [0, 1], a map for each that the network draws. Where
  /// there are pixels that nobody has judged, all batches have one map more, which is 1 in the others: no loss counts them.
  ///
  /// The same `epoch` and `index` always give the same bits; within an epoch, indices come in order.
  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor)

  /// Images of batch `index` (from 0) without augmentation, `[batch, height, width, channels]`: what batch norm's
  /// population statistics are measured on. All batches together hold every training image once.
  func plainImages(index: Int) -> Tensor

  /// Images in batch `index`, the same in every epoch.
  func imageCount(ofBatch index: Int) -> Int
  /// Some images of a batch and their label maps, the same bits as in the whole of it.
  func batch(epoch: Int, index: Int, images: Range<Int>) -> (images: Tensor, labels: Tensor)
  /// Some images of a batch without augmentation.
  func plainImages(index: Int, images: Range<Int>) -> Tensor
}

extension BatchSource {
  /// For sources that do not augment.
  public func plainImages(index: Int) -> Tensor { batch(epoch: 1, index: index).images }
}

/// For sources that make a whole batch as fast as a part of it.
extension BatchSource {
  public func imageCount(ofBatch index: Int) -> Int { plainImages(index: index).shape.first ?? 0 }

  public func batch(epoch: Int, index: Int, images: Range<Int>) -> (images: Tensor, labels: Tensor) {
    let whole = batch(epoch: epoch, index: index)
    // What does not fit together is refused by whoever learns from it.
    guard let count = whole.images.shape.first, images != 0..<count, whole.labels.shape.first == count else {
      return whole
    }
    return (whole.images.rows(images), whole.labels.rows(images))
  }

  public func plainImages(index: Int, images: Range<Int>) -> Tensor { plainImages(index: index).rows(images) }
}
