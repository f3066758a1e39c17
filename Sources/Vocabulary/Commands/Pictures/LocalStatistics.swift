import Imaging
import Language

extension Command {
  static let localStatistics = [
    local("local-mean", "the mean in a square around each pixel") { picture, side, _ in
      picture.plane.windowMean(side: side, within: picture.field)
    },
    local("local-deviation", "the standard deviation in a square around each pixel (÷ n)") { picture, side, _ in
      picture.plane.windowDeviation(side: side, within: picture.field)
    },
    local("local-entropy", "the entropy of the grey values in a square around each pixel, in bits", hasLevels: true) {
      picture, side, levels in histograms(picture, side, levels).entropy
    },
    local("local-uniformity", "how alike the grey values in a square around each pixel are", hasLevels: true) {
      picture, side, levels in histograms(picture, side, levels).uniformity
    },
  ]

  private static func local(
    _ name: String, _ summary: String, hasLevels: Bool = false,
    _ compute: @escaping @Sendable (Picture, Int, Int) -> Plane
  ) -> Command {
    let levels = Parameter.option(
      "levels", .integer(.within(2...1024)), default: .number(16),
      "bins of equal width from 0 to 1; others count at its ends")
    let formula =
      hasLevels
      ? " Entropy is −Σ p log₂ p, uniformity Σ p² (Haralick's angular second moment), over the levels' shares p." : ""
    return Command(
      name, summary, [Picture.parameter, .window] + (hasLevels ? [levels] : []) + [Picture.within],
      result: .object(ImageValue.typeName),
      help: Help(
        "Only pixels that count are taken: at the rim of the field and of the picture there are fewer. 0 elsewhere."
          + formula,
        examples: ["show (\(name) (phantom 1 size: 64)[0] window: 9)"]), rules: [.oddWindow]
    ) { arguments, _ in
      let picture = try Picture(arguments)
      return picture.value(compute(picture, arguments.integer("window"), hasLevels ? arguments.integer("levels") : 0))
    }
  }

  private static func histograms(_ picture: Picture, _ side: Int, _ levels: Int) -> WindowHistograms {
    WindowHistograms(picture.plane, levels: levels, over: 0...1, side: side, within: picture.field)
  }
}
