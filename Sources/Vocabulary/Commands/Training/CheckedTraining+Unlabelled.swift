import Angiography
import Language
import Networks

// What is wrong with angiograms to learn from without masks.
extension CheckedCall {
  /// Reports options of unlabelled angiograms where there are none, and an epoch to begin with that comes after the last.
  mutating func reportUnlabelled() {
    let frames = TrainingParameters.unlabelledName
    if isNone(frames) == true {
      for option in TrainingParameters.semiSupervised.map(\.name) where option != frames && isGiven(option) {
        report(
          Failure(
            "idle-option", "`\(option):` says nothing where no angiograms are learnt from without masks",
            hint: "give them by `\(frames):`, or leave it out"), on: option)
      }
      return
    }
    if let first = integer("unlabelled-from"), let epochs = integer("epochs"), first > epochs {
      report(TrainingError.unlabelledTooLate(first: first, epochs: epochs), on: "unlabelled-from")
    }
    if text("pixel-target") == PixelTarget.xor.rawValue {
      report(TrainingError.unlabelledNeedsAgreement, on: "pixel-target")
    }
  }

  /// Reports that the discriminator of a training says nothing of pixels, or that there is none.
  mutating func reportUnlabelled(without discriminator: NetworkFacts?) {
    guard isNone(TrainingParameters.unlabelledName) == false else { return }
    guard let discriminator else {
      report(TrainingError.unlabelledNeedsPixels(discriminator: nil), on: TrainingParameters.unlabelledName)
      return
    }
    guard let network = discriminator.architecture, !discriminator.unknownOptions.contains("answers"),
      !network.isGenerator, !network.judgesPixels
    else { return }
    report(TrainingError.unlabelledNeedsPixels(discriminator: network.name), on: TrainingParameters.unlabelledName)
  }

  /// Reports unlabelled angiograms that networks would see at another size than the labelled ones, where both are at hand.
  mutating func reportUnlabelledSizes(beside data: Dataset?) {
    let parameter = TrainingParameters.unlabelledName
    guard let data, let more = object(parameter, as: DatasetValue.self)?.dataset else { return }
    let samples = data.labelledSamples + more.samples
    let frames = samples.map { $0.frame(workingSize: data.workingSize) }
    let sizes = Set(frames.map { "\($0.width)×\($0.height)" })
    if sizes.count > 1 { report(DatasetError([.mixedSizes(sizes.sorted())]), on: parameter) }
  }
}
