import Imaging
import Language

extension Command {
  static let smooth = Command(
    "smooth", "the mean around each pixel under a Gaussian",
    [
      Picture.parameter,
      .option("sigma", .number(.pixels, .within(0.1...100)), default: .number(2, .pixels), "the Gaussian's width σ"),
      Picture.within,
    ],
    result: .object(ImageValue.typeName),
    help: Help(
      "Σ g·w·v ÷ Σ g·w, with w 1 for pixels that count and 0 for others (normalised convolution, Knutsson and Westin 1993): "
        + "nothing leaks in from outside, where the result is 0. The Gaussian is cut at 4 σ.",
      examples: ["eye = (phantom 1 size: 64)[0]", "show (smooth eye sigma: 3)", "show (smooth eye.image sigma: 3px)"])
  ) { arguments, _ in
    let picture = try Picture(arguments)
    return picture.value(picture.plane.gaussianMean(sigma: arguments.number("sigma"), within: picture.field))
  }
}
