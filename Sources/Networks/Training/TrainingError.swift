/// What can stop a training.
public enum TrainingError: Error, Sendable, Hashable {
  /// An option of the training is outside what it accepts.
  case optionOutOfRange(option: String, value: String, allowed: String)
  /// `keep: best` was asked for and nothing measures which epoch is best.
  case nothingToKeepBestBy
  /// `patience` was given and nothing measures what to wait for.
  case nothingToWaitFor
  /// The adversarial loss needs a discriminator that ends in a sigmoid.
  case crossEntropyOfScores
  /// Unlabelled angiograms are learnt from by a discriminator's answers for each pixel, and there are none.
  case unlabelledNeedsPixels(discriminator: String?)
  /// With this target of D's its answers for pixels are no confidence.
  case unlabelledNeedsAgreement
  /// Unlabelled angiograms would be learnt from after the last epoch.
  case unlabelledTooLate(first: Int, epochs: Int)
  /// A checkpoint is of another training.
  case checkpointDiffers(String)
  /// The file of a checkpoint holds a training that has come further than this one will.
  case checkpointLonger(file: String, done: Int, epochs: Int)
  /// A checkpoint could not be written.
  case checkpointNotWritten(code: String, message: String)
  /// The source of batches has none.
  case noBatches
  /// A batch's images and label maps don't belong together.
  case labelsDoNotMatch(images: [Int], labels: [Int])
  /// A batch holds pixels that are NaN or infinite.
  case pixelsNotFinite(what: String, epoch: Int, step: Int)
  /// A loss, or the gradients it gave, is NaN or infinite; `layer` is the first whose map is not finite, `parameter` the
  /// first weights that are not.
  case notFinite(loss: String, epoch: Int, step: Int, layer: String?, parameter: String?)
  /// The networks given can't be trained in these roles.
  case wrongNetwork(role: String, found: String)
  /// The generator and the discriminator expect images of different channels.
  case channelsDiffer(generator: Int, discriminator: Int)
  /// A network refused its input.
  case network(NetworkError)
  /// The measurement on the validation images failed.
  case validation(message: String)
}

extension TrainingError {
  /// With the place where the step was, both from 1.
  init(_ error: StepError, epoch: Int, step: Int) {
    switch error {
    case .network(let error): self = .network(error)
    case .notFinite(let loss, let layer, let parameter):
      self = .notFinite(loss: loss, epoch: epoch, step: step, layer: layer, parameter: parameter)
    }
  }

  public var code: String {
    switch self {
    case .optionOutOfRange: "training-option-out-of-range"
    case .nothingToKeepBestBy: "keep-best-needs-validation"
    case .nothingToWaitFor: "patience-needs-validation"
    case .crossEntropyOfScores: "adversarial-loss-needs-sigmoid"
    case .unlabelledNeedsPixels: "unlabelled-needs-pixels"
    case .unlabelledNeedsAgreement: "unlabelled-needs-agreement"
    case .unlabelledTooLate: "unlabelled-too-late"
    case .checkpointDiffers: "checkpoint-differs"
    case .checkpointLonger: "checkpoint-longer"
    case .checkpointNotWritten(let code, _): code
    case .noBatches: "no-training-images"
    case .labelsDoNotMatch: "labels-do-not-match"
    case .pixelsNotFinite: "pixels-not-finite"
    case .notFinite: "loss-not-finite"
    case .wrongNetwork: "wrong-network"
    case .channelsDiffer: "network-channels-differ"
    case .network(let error): error.code
    case .validation: "validation-failed"
    }
  }

  public var message: String {
    switch self {
    case .optionOutOfRange(let option, let value, let allowed): "\(option) is \(value), but must be \(allowed)"
    case .nothingToKeepBestBy: "keep: best keeps the epoch of the best validation DSC, but there is no validation set"
    case .nothingToWaitFor:
      "patience counts epochs without a better validation DSC, but there is no validation set"
    case .crossEntropyOfScores:
      "adversarial: bce needs probabilities, but this discriminator ends without a sigmoid"
    case .unlabelledNeedsPixels(let discriminator):
      "unlabelled angiograms are learnt from by what a discriminator says of each pixel, and "
        + (discriminator.map { "this \($0) says nothing of pixels" } ?? "this network learns without one")
    case .unlabelledNeedsAgreement:
      "with pixel-target: xor the discriminator learns to answer 1 where the generator is wrong, so it can't tell what to "
        + "trust"
    case .unlabelledTooLate(let first, let epochs):
      "unlabelled angiograms would be learnt from from epoch \(first) on, and there are \(epochs)"
    case .checkpointDiffers(let difference): "this is not the training that was stopped: \(difference)"
    case .checkpointLonger(let file, let done, let epochs):
      "\(file) holds a training of \(done) epochs, which this one of \(epochs) would replace"
    case .checkpointNotWritten(_, let message): "the checkpoint could not be written: \(message)"
    case .noBatches: "there is nothing to train on: the dataset has no images"
    case .labelsDoNotMatch(let images, let labels):
      "a batch of images \(images) came with label maps \(labels); expected \(Array(images.prefix(3)) + [1])"
    case .pixelsNotFinite(let what, let epoch, let step):
      "the \(what) of epoch \(epoch), step \(step) hold NaN or infinite pixels"
    case .notFinite(let loss, let epoch, let step, let layer, let parameter):
      "\(loss) is not finite in epoch \(epoch), step \(step)"
        + (layer.map { "; the first layer that made such a number is \($0)" } ?? "")
        + (parameter.map { "; the first weights that hold one are \($0)" } ?? "")
    case .wrongNetwork(let role, let found): "the \(role) can't be \(found)"
    case .channelsDiffer(let generator, let discriminator):
      "the generator takes images of \(generator) channels, the discriminator of \(discriminator)"
    case .network(let error): error.message
    case .validation(let message): "the measurement on the validation images failed: \(message)"
    }
  }

  public var hint: String? {
    switch self {
    case .nothingToKeepBestBy: "give validation: a dataset, or keep: last"
    case .nothingToWaitFor: "give validation: a dataset, or patience: 0"
    case .crossEntropyOfScores: "give the discriminator output: sigmoid, or adversarial: mse"
    case .unlabelledNeedsPixels:
      "`pixel-discriminator` answers for each pixel: the systems pixel-gan and pixel-only-gan"
    case .unlabelledNeedsAgreement: "leave pixel-target: out, or give pixel-target: soft"
    case .unlabelledTooLate: "give fewer in unlabelled-from:, or more epochs:"
    case .checkpointDiffers:
      "repeat the command as it was, or with `resume: NETWORK` alone, which brings its networks; another training needs a "
        + "network or a checkpoint file of its own"
    case .checkpointLonger(_, let done, _):
      "give another file, or go on with the same training by `resume: true` and \(done) epochs or more"
    case .notFinite: "try a lower rate"
    case .pixelsNotFinite: "every pixel should lie in [0, 1]"
    case .network(let error): error.hint
    case .wrongNetwork(let role, _):
      role == "discriminator"
        ? "discriminators are \(Architecture.names(areGenerators: false))"
        : "generators are \(Architecture.names(areGenerators: true))"
    case .channelsDiffer(let generator, _): "give the discriminator channels: \(generator)"
    case .checkpointNotWritten, .optionOutOfRange, .noBatches, .labelsDoNotMatch, .validation:
      nil
    }
  }
}
