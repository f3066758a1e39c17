import Angiography
import Imaging
import Kernels
import Networks

extension LearnedSystem: Segmenter {
  package var isRandom: Bool { true }

  package func architectures(at scale: SystemScale) -> [Architecture] {
    let made = architectures(scale)
    return [made.generator] + (made.discriminator.map { [$0] } ?? [])
  }

  package func fit(to training: TrainingSet, _ fit: Fit) throws -> any FittedSegmenter {
    let dataset = try training.all
    let networks = try networks(fit.settings.scale(for: dataset), stream: fit.stream)
    return FittedNetwork(
      try fit.trainings.train(
        fit.settings.start?.model ?? networks.generator, against: networks.discriminator, on: dataset,
        unlabelled: training.unlabelledBesideValidation, validatedOn: training.validation, fit))
  }
}

/// A trained network as a segmenter.
package struct FittedNetwork: FittedSegmenter {
  let network: TrainedNetwork
  /// Whether the mean over eight turns of a picture is taken.
  package let augmentsTests: Bool

  package init(_ network: TrainedNetwork, augmentsTests: Bool = false) {
    self.network = network
    self.augmentsTests = augmentsTests
  }

  package var networks: [TrainedNetwork] { [network] }
  package var mapUse: MapUse? { MapUse(augmentsTests: augmentsTests, preparation: MapPreparation(), level: 0.5) }

  package func probabilityMaps(of dataset: Dataset) throws -> [Plane] {
    try probabilityMaps(of: dataset) { _, _ in }
  }

  package func augmentingTests(_ does: Bool) -> any FittedSegmenter {
    FittedNetwork(network, augmentsTests: does)
  }

  package func doubts(about sample: Sample) -> [String] {
    network.usual?.doubts(about: ImageTraits(of: sample)) ?? []
  }

  private var turns: [QuarterTurn] { augmentsTests ? QuarterTurn.all : [.asItIs] }

  package func probabilityMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Plane] {
    let maps = try network.model.probabilityMaps(of: dataset, averagedOver: turns, progress: progress)
    // Outside the field of view there is no retina to mark.
    return computed(maps.count) { maps[$0].cleared(outside: dataset.samples[$0].fieldOfView) }
  }
}
