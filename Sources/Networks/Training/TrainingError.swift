/// What can stop a training.
public enum TrainingError: Error, Sendable, Hashable {
  /// An option of the training is outside what it accepts.
  case optionOutOfRange(option: String, value: String, allowed: String)
  /// `keep: best` was asked for and nothing measures which epoch is best.
  case nothingToKeepBestBy
  /// The source of batches has none.
  case noBatches
  /// A batch's images and label maps don't belong together.
  case labelsDoNotMatch(images: [Int], labels: [Int])
  /// A batch holds pixels that are NaN or infinite.
  case pixelsNotFinite(what: String, epoch: Int, step: Int)
  /// A loss, or the gradients it gave, is NaN or infinite; `parameter` is the first that is not finite either.
  case notFinite(loss: String, epoch: Int, step: Int, parameter: String?)
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
  public var code: String {
    switch self {
    case .optionOutOfRange: "training-option-out-of-range"
    case .nothingToKeepBestBy: "keep-best-needs-validation"
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
    case .noBatches: "there is nothing to train on: the dataset has no images"
    case .labelsDoNotMatch(let images, let labels):
      "a batch of images \(images) came with label maps \(labels); expected \(Array(images.prefix(3)) + [1])"
    case .pixelsNotFinite(let what, let epoch, let step):
      "the \(what) of epoch \(epoch), step \(step) hold NaN or infinite pixels"
    case .notFinite(let loss, let epoch, let step, let parameter):
      "\(loss) is not finite in epoch \(epoch), step \(step)"
        + (parameter.map { "; the first values that are not finite are those of \($0)" } ?? "")
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
    case .notFinite: "try a lower rate"
    case .pixelsNotFinite: "every pixel should lie in [0, 1]"
    case .network(let error): error.hint
    case .optionOutOfRange, .noBatches, .labelsDoNotMatch, .wrongNetwork, .channelsDiffer, .validation: nil
    }
  }
}
