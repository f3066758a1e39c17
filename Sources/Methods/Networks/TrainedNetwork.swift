import Angiography
import Networks

/// A network, before or after training: the generator, the discriminator trained beside it, and how training went.
package struct TrainedNetwork: Sendable {
  package let model: Model
  /// The discriminator of a GAN.
  package let discriminator: Model?
  /// One record an epoch; empty before training.
  package let history: [EpochRecord]
  /// What it learnt to see of an image; empty before training.
  package let features: [Feature]
  package let wasInterrupted: Bool
  /// Side in pixels of the square images that it learnt from; `nil` where they were none, or nobody has said.
  package let imageSide: Int?
  /// What its images were like; `nil` where nobody has looked.
  package let usual: UsualTraits?
  /// Where an interrupted training stopped, to go on from.
  package let checkpoint: Checkpoint?

  package init(
    _ model: Model, discriminator: Model?, history: [EpochRecord], features: [Feature], wasInterrupted: Bool,
    imageSide: Int? = nil, usual: UsualTraits? = nil, checkpoint: Checkpoint? = nil
  ) {
    self.model = model
    self.discriminator = discriminator
    self.history = history
    self.features = features
    self.wasInterrupted = wasInterrupted
    self.imageSide = imageSide
    self.usual = usual
    self.checkpoint = checkpoint
  }

  /// Whole epochs trained so far.
  package var wholeEpochs: Int { history.count - ((checkpoint?.stepsBegun ?? 0) > 0 ? 1 : 0) }

  /// The same without where training stopped, and without the epoch that it had begun.
  package var settled: TrainedNetwork {
    TrainedNetwork(
      model, discriminator: discriminator, history: Array(history.prefix(wholeEpochs)), features: features,
      wasInterrupted: wasInterrupted, imageSide: imageSide, usual: usual)
  }

  /// Whether another network is shown the same of an image: the same channels, of a square of the same size.
  package func seesTheSame(as other: TrainedNetwork) -> Bool {
    features == other.features && imageSide == other.imageSide
  }

  /// Worked on training; `nil` where a part of that came from a file.
  package var seconds: Double? {
    history.reduce(0) { sum, record in sum.flatMap { sum in record.seconds.map { sum + $0 } } }
  }
}

extension TrainedNetwork {
  /// As a file holds it: a discriminator alone stands in its own place.
  package var saved: SavedNetwork {
    let isGenerator = model.architecture.isGenerator
    return SavedNetwork(
      generator: isGenerator ? model : nil, discriminator: isGenerator ? discriminator : model, history: history,
      channels: features.map(\.description), wasInterrupted: wasInterrupted, imageSide: imageSide,
      imageTraits: usual?.ranges ?? [], checkpoint: checkpoint)
  }

  /// `nil` where the file holds neither a generator nor a discriminator.
  package init?(_ saved: SavedNetwork) throws(FeatureError) {
    guard let model = saved.generator ?? saved.discriminator else { return nil }
    var features: [Feature] = []
    for name in saved.channels { features.append(try Feature(name)) }
    self.init(
      model, discriminator: saved.generator == nil ? nil : saved.discriminator, history: saved.history,
      features: features, wasInterrupted: saved.wasInterrupted, imageSide: saved.imageSide,
      usual: saved.imageTraits.count == ImageTraits.names.count ? UsualTraits(ranges: saved.imageTraits) : nil,
      checkpoint: saved.checkpoint)
  }
}

extension TrainedNetwork: Codable {
  package func encode(to encoder: any Encoder) throws { try saved.encode(to: encoder) }

  package init(from decoder: any Decoder) throws {
    guard let network = try TrainedNetwork(try SavedNetwork(from: decoder)) else {
      throw SavingError.notANetwork(path: nil)
    }
    self = network
  }
}
