import Angiography
import Imaging
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

  package init(_ network: TrainedNetwork) { self.network = network }

  package var networks: [TrainedNetwork] { [network] }

  package func probabilityMaps(of dataset: Dataset) throws -> [Plane] {
    try network.model.probabilityMaps(of: dataset)
  }

  package func probabilityMaps(
    of dataset: Dataset, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Plane] {
    try network.model.probabilityMaps(of: dataset, progress: progress)
  }
}
