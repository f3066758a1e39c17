import Angiography
import Base
import Imaging
import Networks
import Tensors

extension TrainingJob {
  /// What makes this training the one it is: another may not go on from its state.
  ///
  /// - Parameters:
  ///   - validation: the images that decide which weights are kept, or when training ends.
  ///   - start: the state that it goes on from.
  ///   - stopped: the network that was stopped there. Given again as the one to start with, as in
  ///     `net = train-net d from: net resume: net`, it stands for what the training began with and the name no longer has.
  func subject(
    _ generator: Model, _ discriminator: Model?, decidedOn validation: Dataset?, from start: Checkpoint?,
    _ stopped: TrainedNetwork?
  ) -> TrainingSubject {
    func beginning(_ network: Model?, stopped: Model?, _ name: String) -> String {
      let digest = digest(ofWeights: network)
      guard let start, let stopped, digest == self.digest(ofWeights: stopped) else { return digest }
      return start.subject[name] ?? digest
    }
    let names = (generator: "starting weights of the generator", discriminator: "starting weights of the discriminator")
    let preparation = "augmentation, working size, features or batches"
    let subject: TrainingSubject = [
      "images or masks": digest(ofSamplesIn: dataset),
      preparation: digestOfPreparation(orAsIn: start?.subject[preparation]),
      "random numbers": digestOfStream,
      "images to validate on": validation.map(digest(ofSamplesIn:)) ?? "",
      names.generator: beginning(generator, stopped: stopped?.model, names.generator),
      names.discriminator: beginning(discriminator, stopped: stopped?.discriminator, names.discriminator),
    ]
    // A training without them is what it was before there were any.
    guard let unlabelled else { return subject }
    return subject.adding("unlabelled images", digest(ofSamplesIn: unlabelled))
  }

  private func digest(ofSamplesIn dataset: Dataset) -> String {
    var digest = FNV1a()
    for sample in dataset.samples {
      digest.add(sample.name)
      digest.add(sample.image.pixels)
      if let mask = sample.mask { digest.add(mask.plane.pixels) }
      if let territory = sample.territory { digest.add(territory.plane.pixels) }
      if let ungraded = sample.ungraded, ungraded.area > 0 { digest.add(ungraded.plane.pixels) }
    }
    return digest.text
  }

  /// - Parameter earlier: of a state. One that was kept before there was a change that is off says nothing of it.
  private func digestOfPreparation(orAsIn earlier: String?) -> String {
    let augmentations = dataset.augmentation?.identities ?? ["nil"]
    let digests = augmentations.map { augmentation in
      var digest = FNV1a()
      digest.add("\(dataset.workingSize ?? 0) \(augmentation) \(dataset.features) \(batch)")
      return digest.text
    }
    return digests.first { $0 == earlier } ?? digests[0]
  }

  private var digestOfStream: String {
    var digest = FNV1a()
    var draw = stream.substream("fingerprint")
    digest.add("\(draw.next()) \(draw.next())")
    return digest.text
  }

  private func digest(ofWeights network: Model?) -> String {
    guard let network else { return "" }
    var digest = FNV1a()
    for name in network.parameters.names { digest.add(network.parameters[name].values) }
    return digest.text
  }
}
