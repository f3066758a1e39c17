import Angiography
import Base
import Imaging
import Language
import Methods

extension Command {
  static let uncertainty = Command(
    "uncertainty", "several maps of each angiogram, and so how sure a method is",
    [
      FittedArgument.parameter,
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "by", default: MapDraws.Source.augmentation,
        "augmentation: the picture turned and mirrored, eight ways; ensemble: the members of one that `compare … ensemble: 4` or `ensemble` has made"
      ),
    ],
    result: .object(UncertaintyValue.typeName),
    help: Help(
      "`.predictions` is what is predicted from all of the maps: of networks as `predict` with `tta: true`, or of the whole ensemble; of what has none "
        + "the mean of the maps. `.deviations` are the "
        + "maps' standard deviation in each pixel: 0 where they agree, and where nothing is ever marked, as around the fovea. `ischemic-index` takes it and gives every "
        + "area an interval; `learn-intervals` finds how wide that has to be.",
      examples: [
        "net = train-net (phantom 16 size: 64) width: 4 epochs: 2",
        "known = phantom 24 size: 64 seed: 5", "i = learn-intervals (uncertainty net known)",
        "u = uncertainty net (phantom 4 size: 64 seed: 6)", "show u", "show (ischemic-index u intervals: i)",
      ],
      method: "Test-time augmentation; deep ensembles (Lakshminarayanan, Pritzel and Blundell 2017).",
      explanation: .intervalsOfAreas),
    codes: [
      CodeEntry(
        "one-member", "the members of an ensemble that has one",
        .program("eyes = phantom 4 size: 64\nuncertainty (train-net eyes width: 4 epochs: 1) eyes by: ensemble"))
    ]
  ) { arguments, context in
    let given = try Angiograms.dataset(arguments["data"], context)
    let segmenter = FittedArgument.segmenter(of: arguments)
    let data = segmenter.seen(given, warning: context.host)
    let draws = try segmenter.fitted.draws(of: data, from: arguments.choice("by")) { done, total in
      if context.host.isCancelled { throw Failure("interrupted", "uncertainty was interrupted after \(done) maps") }
      context.host.report(Progress("uncertainty", done: done, of: total))
    }
    return .object(
      UncertaintyValue(draws, method: segmenter.label, origin: try contentDigest(of: segmenter), samples: data.samples))
  }
}

extension UncertaintyValue {
  /// Of the area that is marked in one image, in pixels.
  func spread(of index: Int, marked: Mask) -> Double {
    AreaIntervals.spread(
      areas: draws.areas(of: index, in: samples[index]),
      perimeter: marked.intersection(samples[index].gradable).components().properties.reduce(0) { $0 + $1.perimeter })
  }
}
