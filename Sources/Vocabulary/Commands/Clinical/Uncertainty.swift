import Angiography
import Imaging
import Language
import Methods

extension Command {
  static let uncertainty = Command(
    "uncertainty", "several maps of each angiogram, and so how sure a method is",
    [
      .argument(
        "segmenter", .either([.object(NetworkValue.typeName), .object(SegmenterValue.typeName)]),
        "a trained network, or what `compare` has fitted"),
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "by", default: MapDraws.Source.augmentation,
        "augmentation: the picture turned and mirrored, eight ways; ensemble: the members of one that `compare … ensemble: 4` has fitted"
      ),
    ],
    result: .object(UncertaintyValue.typeName),
    help: Help(
      "`.predictions` is the mean of the maps, `.deviations` their standard deviation in each pixel. `ischemic-index` takes it and gives every "
        + "area an interval; `learn-intervals` finds how wide that has to be.",
      examples: [
        "eyes = phantom 24 size: 64", "net = train-net eyes width: 4 epochs: 2", "u = uncertainty net eyes", "show u",
        "i = learn-intervals u", "show (ischemic-index u intervals: i)",
      ],
      method: "Test-time augmentation; deep ensembles (Lakshminarayanan, Pritzel and Blundell 2017)."),
    codes: [
      CodeEntry(
        "one-member", "the members of an ensemble that has one",
        .program("eyes = phantom 4 size: 64\nuncertainty (train-net eyes width: 4 epochs: 1) eyes by: ensemble"))
    ]
  ) { arguments, context in
    var data = try Angiograms.dataset(arguments["data"], context)
    let segmenter =
      arguments.object("segmenter", as: NetworkValue.self).map {
        SegmenterValue(FittedNetwork($0.network), title: $0.model.architecture.name)
      } ?? arguments.require("segmenter", as: SegmenterValue.self)
    if let network = segmenter.fitted.networks.first {
      if !network.features.isEmpty { data.features = network.features }
      // A dataset says itself what networks see; one image is seen as those that were learnt from.
      if arguments.object("data", as: DatasetValue.self) == nil { data.workingSize = network.imageSide }
    }
    let draws = try segmenter.fitted.draws(of: data, from: arguments.choice("by")) { done, total in
      if context.host.isCancelled { throw Failure("interrupted", "uncertainty was interrupted after \(done) maps") }
      context.host.report(Progress("uncertainty", done: done, of: total))
    }
    return .object(UncertaintyValue(draws, method: segmenter.label, samples: data.samples))
  }

  static let learnIntervals = Command(
    "learn-intervals", "how wide intervals of areas have to be, from eyes whose truth is known",
    [
      .argument(
        "uncertainty", .object(UncertaintyValue.typeName),
        "maps of angiograms with masks that the method has not learnt from"),
      .option(
        "level", .number(.one, .within(0.5...0.99)), default: .number(0.95),
        "the chance that an interval is to hold the truth"),
    ],
    result: .object(IntervalsValue.typeName),
    help: Help(
      "An interval is the area ± a factor times its spread: of the area over the maps, and of an outline that is placed to within half a "
        + "pixel. The factor is the quantile that split conformal prediction takes from these eyes. 95 % needs 19 of them "
        + "or more, of the kind that it is to be applied to, and none that the method has learnt from.",
      examples: [
        "eyes = phantom 24 size: 64", "u = uncertainty (fit-method eyes) (phantom 24 size: 64 seed: 5)",
        "print learn-intervals u level: 80%",
      ],
      method: "Split conformal prediction, normalised (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018)."),
    codes: [
      CodeEntry(
        "too-few-eyes", "intervals of a level that so few eyes can't show",
        .program("eyes = phantom 4 size: 64\nlearn-intervals (uncertainty (fit-method eyes) eyes)"))
    ]
  ) { arguments, _ in
    let value = arguments.require("uncertainty", as: UncertaintyValue.self)
    let means = value.draws.means
    var eyes: [(area: Double, truth: Double, spread: Double)] = []
    for (index, sample) in value.samples.enumerated() {
      guard let truth = sample.mask else {
        throw Failure("mask-missing", "nobody has marked “\(sample.name)”: there is no truth to learn from")
      }
      let found = Mask(means[index], atLeast: Float(PredictionsValue.threshold))
      eyes.append(
        (
          Double(found.area(within: sample.gradable)), Double(truth.area(within: sample.gradable)),
          value.spread(of: index, marked: found)
        ))
    }
    return .object(
      IntervalsValue(
        try AreaIntervals(level: arguments.number("level"), learntFrom: eyes), method: value.method))
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
