import Imaging
import Tensors

/// What a network learns from: what it sees of an image and its label, all of the frame's size.
public struct TrainingPair: Sendable, Hashable {
  /// The dataset's features in their order.
  public let channels: [Plane]
  /// 1 where there is non-perfusion, else 0; between them near an edge that is softened.
  public let label: Plane
  /// The same of the territory that holds it; `nil` where nobody has marked one.
  public let territory: Plane?
  /// 0 in the pixels that nobody could grade, 1 in the others; `nil` where there are no such pixels.
  public let judged: Plane?
}

extension Sample {
  /// The frame of this sample at a working size; `nil` means its own pixels.
  public func frame(workingSize: Int?) -> WorkingFrame {
    WorkingFrame(originalWidth: image.width, originalHeight: image.height, workingSize: workingSize)
  }

  /// The image at the size that networks see, resampled once from its own pixels (bilinear, antialiased).
  public func workingImage(size: Int?, change: GeometricChange = .none) -> Plane {
    let frame = frame(workingSize: size)
    if change == .none && frame.width == image.width && frame.height == image.height { return image }
    return image.resampled(
      width: frame.width, height: frame.height, through: frame.mapToOriginal(change),
      displacedBy: change.elastic?.displacement(width: frame.width, height: frame.height))
  }

  /// The mask at the size that networks see (nearest neighbour); `nil` when there is none.
  public func workingMask(size: Int?, change: GeometricChange = .none) -> Mask? {
    mask.map { moved($0, size: size, change: change) }
  }

  /// The territory at the size that networks see (nearest neighbour); `nil` when there is none.
  public func workingTerritory(size: Int?, change: GeometricChange = .none) -> Mask? {
    territory.map { moved($0, size: size, change: change) }
  }

  /// The retina that can be graded at the size that networks see (nearest neighbour).
  func workingGradable(size: Int?, change: GeometricChange = .none) -> Mask {
    moved(gradable, size: size, change: change)
  }

  /// The field of view at the size that networks see (nearest neighbour).
  public func workingField(size: Int?, change: GeometricChange = .none) -> Mask {
    moved(fieldOfView, size: size, change: change)
  }

  /// 0 where nobody could grade the pixel, at the size that networks see (nearest neighbour), else 1; what moved in from
  /// outside is known to be no non-perfusion. `nil` where all could be graded.
  func workingJudgement(size: Int?, change: GeometricChange = .none) -> Plane? {
    guard let ungraded, ungraded.pixels.contains(true) else { return nil }
    return moved(ungraded, size: size, change: change).complement.plane
  }

  private func moved(_ mask: Mask, size: Int?, change: GeometricChange) -> Mask {
    let frame = frame(workingSize: size)
    if change == .none && frame.width == mask.width && frame.height == mask.height { return mask }
    return mask.resampled(
      width: frame.width, height: frame.height, through: frame.mapToOriginal(change),
      displacedBy: change.elastic?.displacement(width: frame.width, height: frame.height))
  }

  /// What networks see: the features of the image as changed, not the features' maps changed along with it.
  ///
  /// So an augmented image looks to the network as a patient's would who came that way: texture is measured on the pixels
  /// that are there, a change of tone reaches every channel through the same formula as in prediction, and what moved in
  /// from outside is outside the field of view. It also keeps no maps in memory; ten channels cost a small part of a
  /// training step.
  public func workingChannels(
    _ features: [Feature], size: Int?, change: GeometricChange = .none, tone: ToneChange = .none
  ) -> [Plane] {
    let image = workingImage(size: size, change: change)
    if features == [.grey] && tone == .none { return [image] }
    let field = workingField(size: size, change: change)
    return Feature.planes(features, of: tone.applied(to: image, within: field), within: field)
  }
}

extension Dataset {
  /// The samples that carry a mask; others teach nothing and cannot be measured.
  public var labelledSamples: [Sample] { samples.filter { $0.mask != nil } }

  /// Channels and label of a sample at the working size, augmented by a fresh draw where the dataset asks for it.
  ///
  /// Image and mask are resampled once from its original pixels, so that size and augmentation blur only once. `nil` when nobody
  /// has marked the sample. Without an augmentation nothing is drawn from `generator`. A lesion of another sample is pasted
  /// after the sample has moved and before tones change and features are taken, so that they see it as part of the image.
  ///
  /// - Parameter donors: `lesionDonors`, where they are at hand.
  public func trainingPair(
    _ index: Int, pastedFrom donors: [Int]? = nil, using generator: inout some RandomNumberGenerator
  ) -> TrainingPair? {
    let (change, tone) = augmentation?.draw(using: &generator) ?? (.none, .none)
    let sample = samples[index]
    guard let mask = sample.workingMask(size: workingSize, change: change) else { return nil }
    // Where nothing is marked, nothing is occluded.
    let territory =
      sample.workingTerritory(size: workingSize, change: change) ?? (mask.pixels.contains(true) ? nil : mask)
    let judged = sample.workingJudgement(size: workingSize, change: change)
    guard let lesion = drawnLesion(for: index, among: donors, using: &generator) else {
      let channels = sample.workingChannels(features, size: workingSize, change: change, tone: tone)
      return TrainingPair(
        channels: channels, label: softened(mask), territory: territory.map(softened), judged: judged)
    }
    var eye = WorkingEye(
      image: sample.workingImage(size: workingSize, change: change), mask: mask, territory: territory,
      gradable: sample.workingGradable(size: workingSize, change: change))
    lesion.paste(into: &eye, using: &generator)
    let field = sample.workingField(size: workingSize, change: change)
    let channels = Feature.planes(features, of: tone.applied(to: eye.image, within: field), within: field)
    return TrainingPair(
      channels: channels, label: softened(eye.mask), territory: eye.territory.map(softened), judged: judged)
  }

  /// What networks see of a sample, whether somebody has marked it or not, augmented by a fresh draw where the dataset asks for it,
  /// and which of its pixels somebody can grade.
  func unlabelledInput(
    _ index: Int, using generator: inout some RandomNumberGenerator
  ) -> (channels: [Plane], judged: Plane?) {
    let (change, tone) = augmentation?.draw(using: &generator) ?? (.none, .none)
    let sample = samples[index]
    return (
      sample.workingChannels(features, size: workingSize, change: change, tone: tone),
      sample.workingJudgement(size: workingSize, change: change)
    )
  }

  /// A mask as networks learn it: its edges spread as the augmentation asks, so that half-way between its sides it is 0.5.
  private func softened(_ mask: Mask) -> Plane {
    guard let width = augmentation?.soften, width > 0 else { return mask.plane }
    return mask.plane.gaussianMean(sigma: width).mapped { min(max($0, 0), 1) }
  }

  /// The grey of a sample at the size that networks see, without augmentation.
  public func workingImage(_ index: Int) -> Plane { samples[index].workingImage(size: workingSize) }

  /// What networks see of a sample, without augmentation: `[1, height, width, channels]`.
  public func networkInput(_ index: Int) -> Tensor {
    Tensor(channels: samples[index].workingChannels(features, size: workingSize))
  }

  /// A prediction made at the working size, resampled to the sample's original pixels (bilinear).
  public func restored(_ prediction: Plane, to index: Int) -> Plane {
    samples[index].frame(workingSize: workingSize).restored(prediction)
  }
}

extension Tensor {
  /// Planes of one size as the channels of an image: `[1, height, width, channels]`.
  init(channels: [Plane]) {
    let (width, height, count) = (channels[0].width, channels[0].height, channels.count)
    var values = [Float](repeating: 0, count: width * height * count)
    for (channel, plane) in channels.enumerated() {
      for i in plane.pixels.indices { values[i * count + channel] = plane.pixels[i] }
    }
    self.init([1, height, width, count], values: values)
  }
}
