/// What a network learns from: an image and its label, both of the frame's size.
public struct TrainingPair: Sendable, Hashable {
  /// Grey in [0, 1], 0 outside the image.
  public let image: Plane
  /// 1 where there is non-perfusion, else 0.
  public let label: Plane
}

extension Sample {
  /// The frame of this sample at a working size; `nil` means its own pixels.
  public func frame(workingSize: Int?) -> WorkingFrame {
    WorkingFrame(originalWidth: image.width, originalHeight: image.height, workingSize: workingSize)
  }

  /// The image as networks see it, resampled once from its own pixels (bilinear, antialiased).
  public func workingImage(size: Int?, change: GeometricChange = .none) -> Plane {
    let frame = frame(workingSize: size)
    if change == .none && frame.width == image.width && frame.height == image.height { return image }
    return image.resampled(width: frame.width, height: frame.height, through: frame.mapToOriginal(change))
  }

  /// The mask as networks see it (nearest neighbour); `nil` when there is none.
  public func workingMask(size: Int?, change: GeometricChange = .none) -> Mask? {
    guard let mask else { return nil }
    let frame = frame(workingSize: size)
    return mask.resampled(width: frame.width, height: frame.height, through: frame.mapToOriginal(change))
  }
}

extension Dataset {
  /// The samples that carry a mask; others teach nothing and cannot be measured.
  public var labelledSamples: [Sample] { samples.filter { $0.mask != nil } }

  /// Image and label of a sample at the working size, augmented by a fresh draw where the dataset asks for it.
  ///
  /// Each is resampled once from its original pixels, so that size and augmentation blur only once. `nil` when nobody
  /// has marked the sample. Without an augmentation nothing is drawn from `generator`.
  public func trainingPair(_ index: Int, using generator: inout some RandomNumberGenerator) -> TrainingPair? {
    let change = augmentation?.draw(using: &generator) ?? .none
    return pair(index, change: change)
  }

  /// Image and label of a sample at the working size, unchanged otherwise; `nil` when nobody has marked it.
  public func plainPair(_ index: Int) -> TrainingPair? { pair(index, change: .none) }

  private func pair(_ index: Int, change: GeometricChange) -> TrainingPair? {
    let sample = samples[index]
    guard let mask = sample.workingMask(size: workingSize, change: change) else { return nil }
    return TrainingPair(image: sample.workingImage(size: workingSize, change: change), label: mask.plane)
  }

  /// The image of a sample as networks see it, without augmentation.
  public func workingImage(_ index: Int) -> Plane { samples[index].workingImage(size: workingSize) }

  /// A prediction made at the working size, resampled to the sample's original pixels (bilinear).
  public func restored(_ prediction: Plane, to index: Int) -> Plane {
    samples[index].frame(workingSize: workingSize).restored(prediction)
  }
}
