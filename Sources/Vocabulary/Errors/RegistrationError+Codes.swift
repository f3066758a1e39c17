import Angiography
import Language

extension RegistrationError: CodedError {
  /// Of angiograms that can't be laid on each other.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "too-few-vessels", "an angiogram with too few vessels to be registered by",
      .program("eye = (phantom 1 size: 128)[0]\nregister (smooth eye sigma: 20) to: eye")),
    CodeEntry(
      "too-little-overlap", "two angiograms that share too little of the retina",
      .circumstance("Frames of neighbouring parts of the retina")),
    CodeEntry(
      "no-alignment", "two angiograms whose vessels don't match: other eyes, a mirrored one",
      .program("eyes = phantom 2 size: 128\nregister eyes[1].image to: eyes[0].image")),
    CodeEntry(
      "other-eye", "a left eye where the baseline is a right one, or the other way round",
      .program(
        "eye = (phantom 1 size: 64)[0].image\nregister [image: eye, eye: \"OS\"] to: [image: eye, eye: \"OD\"]")),
  ]
}

extension ChangeError: CodedError {
  /// Of visits that can't be compared by a registration.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "registration-misfit", "an image or a mask of another size than that which was registered",
      .program(
        "eye = (phantom 1 size: 128)[0]\nr = register (move eye rotate: 5deg) to: eye\n"
          + "warp (phantom 1 size: 64)[0].mask r")),
    CodeEntry(
      "nothing-in-common", "two visits without a pixel that is gradable in both",
      .program(
        "eye = (phantom 1 size: 128)[0]\nlater = move eye rotate: 5deg\nr = register later to: eye\n"
          + "none-of-it = later.field and not later.field\n"
          + "change eye [image: later.image, mask: later.mask, field: none-of-it] registration: r")),
  ]
}
