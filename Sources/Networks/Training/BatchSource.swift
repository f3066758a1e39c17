import Tensors

/// Where a training gets its batches from.
public protocol BatchSource: Sendable {
  /// At least 1; the last batch of an epoch may hold fewer images.
  var batchesPerEpoch: Int { get }

  /// Batch `index` (from 0) of epoch `epoch` (from 1): images `[batch, height, width, channels]` with values in
  /// [0, 1] and label maps `[batch, height, width, 1]` of 0 and 1.
  ///
  /// The same `epoch` and `index` always give the same bits; within an epoch, indices come in order.
  func batch(epoch: Int, index: Int) -> (images: Tensor, labels: Tensor)

  /// Images of batch `index` (from 0) without augmentation, `[batch, height, width, channels]`: what batch norm's
  /// population statistics are measured on. All batches together hold every training image once.
  func plainImages(index: Int) -> Tensor
}

extension BatchSource {
  /// For sources that do not augment.
  public func plainImages(index: Int) -> Tensor { batch(epoch: 1, index: index).images }
}
