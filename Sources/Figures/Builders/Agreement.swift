import Angiography
import Imaging

/// Where a prediction and the truth agree and where they do not, pixel by pixel inside the field of view.
public struct Agreement: Sendable, Hashable {
  public let image: Plane
  public let prediction: Mask
  public let truth: Mask
  /// Pixels outside are dimmed and not judged; `nil` means that all count.
  public let fieldOfView: Mask?

  /// - Throws: `figure-sizes-differ` when a mask and the image differ in size.
  public init(image: Plane, prediction: Mask, truth: Mask, fieldOfView: Mask? = nil) throws(FigureError) {
    try prediction.check(on: image, what: "the prediction")
    try truth.check(on: image, what: "the truth")
    try fieldOfView?.check(on: image, what: "the field of view")
    self.image = image
    self.prediction = prediction
    self.truth = truth
    self.fieldOfView = fieldOfView
  }
}

extension Agreement {
  private static let veil = 0.65

  /// Translucent colours of true positives, false negatives and false positives; dimming outside the field of view.
  func colours() -> ColourPixels {
    let alpha = UInt8((Self.veil * 255).rounded())
    var bytes = [UInt8](repeating: 0, count: image.width * image.height * 4)
    for index in image.pixels.indices {
      if let fieldOfView, !fieldOfView.pixels[index] {
        bytes[index * 4 + 3] = 110
        continue
      }
      let colour: Colour
      switch (prediction.pixels[index], truth.pixels[index]) {
      case (true, true): colour = Palette.truePositive
      case (false, true): colour = Palette.falseNegative
      case (true, false): colour = Palette.falsePositive
      case (false, false): continue
      }
      bytes[index * 4] = colour.red
      bytes[index * 4 + 1] = colour.green
      bytes[index * 4 + 2] = colour.blue
      bytes[index * 4 + 3] = alpha
    }
    return ColourPixels(width: image.width, height: image.height, bytes: bytes)
  }

  var outlines: [Outline] { [.truth(truth), .prediction(prediction)] }

  /// Contours are drawn in pictures this wide or wider, in points; in smaller ones they would cover the colours.
  static let outlinedWidth: Double = 180

  func legend(width: Double) -> [LegendEntry] {
    [
      LegendEntry(sign: .area(Palette.truePositive), text: "true positive"),
      LegendEntry(sign: .area(Palette.falseNegative), text: "false negative (missed)"),
      LegendEntry(sign: .area(Palette.falsePositive), text: "false positive"),
    ] + (width >= Self.outlinedWidth ? outlines.map(\.legend) : [])
  }
}
