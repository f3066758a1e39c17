import Language
import Tensors

extension TensorError: CodedError {
  /// Of grids that don't lie on each other; images and masks give it too.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "shape-mismatch", "two grids of different sizes in one operation",
      .program("x = (phantom 1 size: 64)[0].image + (phantom 1 size: 128)[0].image"))
  ]
}
