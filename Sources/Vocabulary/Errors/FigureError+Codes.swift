import Figures
import Language

extension FigureError: CodedError {
  /// Of figures that can't be drawn.
  static let codes: [CodeEntry] = [
    CodeEntry("figure-empty", "a figure with nothing to draw", .program("curves [:]")),
    CodeEntry(
      "figure-sizes-differ", "two images of different sizes in one picture",
      .program("overlay (phantom 1 size: 64)[0].image (phantom 1 size: 128)[0].mask")),
    CodeEntry(
      "figure-ragged-row", "a row of a panel without a cell for each column",
      .circumstance("A mistake of cnp, not of the program")),
    CodeEntry(
      "figure-too-large", "a figure with more pixels than can be drawn",
      .circumstance("Hundreds of images in one figure that is saved as PNG")),
    CodeEntry(
      "figure-not-drawn", "a figure that the drawing library refuses", .circumstance("Memory that runs out, say")),
  ]
}
