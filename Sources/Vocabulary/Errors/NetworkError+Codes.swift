import Language
import Networks

extension NetworkError: CodedError {
  /// Of networks and what they are given.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "network-size-not-supported", "images of a size that a network can't take",
      .program("train-net (phantom 2 size: 100)")),
    CodeEntry(
      "network-channels-differ", "images with another number of channels than a network takes",
      .program("train-net (features (phantom 2 size: 64)) network: (unet width: 4)")),
    CodeEntry(
      "not-a-generator", "a discriminator where a network is needed that draws maps",
      .program("predict (pixel-discriminator width: 4) (phantom 1 size: 128)")),
    CodeEntry(
      "network-option-out-of-range", "an option of a network outside of its range",
      .circumstance("The commands that make networks refuse it before")),
    CodeEntry(
      "not-a-batch", "a tensor that is no batch of images", .circumstance("A mistake of cnp, not of the program")),
    CodeEntry(
      "pixels-not-finite", "images with pixels that are no numbers", .circumstance("No image file holds such pixels")),
  ]
}
