import Angiography
import Imaging
import Language
import Methods
import Networks

/// From networks to masks to measures: `predict threshold dark-threshold metrics areas`.
public enum Prediction {
  /// Where a probability becomes a mark (§6).
  public static let threshold = Predictions.threshold

  static var commands: [Command] { [predict, thresholdCommand, darkThreshold, metrics, areas] }

  static let predict = Command(
    "predict", "the probability of non-perfusion in every pixel",
    [
      .argument("network", .object(NetworkValue.typeName), "a trained network"),
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "size", .optional(.integer(.within(16...4096))), default: Value.none,
        "side in pixels of the square that the network sees; left out, the dataset's, else the one it was trained at"
      ),
    ],
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Networks see images at the working size; each map is resampled to its image's own size. One image gives "
        + "predictions of one image; those of a folder may have different sizes.",
      examples: [
        "eyes = phantom 4 size: 64", "net = train-net eyes width: 4 epochs: 1",
        "found = predict net (phantom 2 size: 64)",
        "show (predict net eyes[0])", "file = save eyes[0].image \"eye.png\"", "one = predict net file",
      ]),
    check: PredictionChecks.predict
  ) { arguments, context in
    let network: NetworkValue = arguments.require("network")
    var seen = try Angiograms.dataset(arguments["data"], context)
    if !arguments.isNone("size") {
      seen.workingSize = arguments.integer("size")
    } else if arguments.object("data", as: DatasetValue.self) == nil {
      seen.workingSize = network.imageSide
    }
    // A trained network sees what it learnt to see, whatever the dataset was prepared for.
    if !network.features.isEmpty { seen.features = network.features }
    let maps = try network.model.probabilityMaps(of: seen) { done, total in
      if context.host.isCancelled { throw Failure("interrupted", "predict was interrupted after \(done) images") }
      context.host.report(Progress("predict", done: done, of: total))
    }
    return .object(
      PredictionsValue(method: network.model.architecture.name, samples: seen.samples, maps: maps))
  }

  static let thresholdCommand = Command(
    "threshold", "the pixels whose value is at least a level",
    [
      .argument(
        "x", .either([.object(ImageValue.typeName), .object(PredictionsValue.typeName)]), "a map, or predictions"),
      .argument("level", .number(.one, .within(0...1)), default: .number(threshold), "the level"),
    ],
    help: Help(
      "An image gives a mask; predictions give predictions whose maps are 0 and 1.",
      examples: ["m = threshold (phantom 1 size: 64)[0].image 0.4"]),
    check: PredictionChecks.threshold
  ) { arguments, _ in
    let level = Float(arguments.number("level"))
    if let image = arguments.object("x", as: ImageValue.self) {
      return .object(MaskValue(Mask(image.plane, atLeast: level)))
    }
    let found: PredictionsValue = arguments.require("x")
    return .object(
      PredictionsValue(
        method: found.method, samples: found.samples, maps: found.maps.map { Mask($0, atLeast: level).plane }))
  }

  static let darkThreshold = Command(
    "dark-threshold", "the simplest method: what is darker than its surroundings",
    [
      .argument("data", Angiograms.accepts, Angiograms.help),
      .option(
        "tuned-on", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms with masks whose best threshold is used; left out, the best one for `data` itself, with its masks in hand"
      ),
      .option(
        "level", .optional(.number(.one, .above(0))), default: Value.none,
        "a threshold of your own, as a fraction of the background"),
    ],
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Marks a pixel where the mean of its 7×7 neighbourhood is below a fraction of its 81×81 background, inside the "
        + "field of view, in the image's own pixels. It learns nothing but one number, and is the floor under every "
        + "other method.",
      examples: [
        "eyes = phantom 4 size: 64", "metrics (dark-threshold eyes)",
        "one = dark-threshold eyes[0].image tuned-on: eyes",
      ]),
    check: PredictionChecks.darkThreshold
  ) { arguments, context in
    let data = try Angiograms.dataset(arguments["data"], context)
    let given = arguments.object("tuned-on", as: DatasetValue.self)?.dataset
    let tuned = given ?? data
    let level: Float
    if arguments.isNone("level") {
      TrainingWarnings.warnOfEmptyMasks(in: tuned, context.host)
      if let given { TrainingWarnings.warnOfLeaks(from: given, to: data, context.host) }
      guard let best = DarkThreshold.best(over: tuned.samples) else {
        throw nothingToTuneOn
      }
      level = best.threshold
    } else {
      level = Float(arguments.number("level"))
    }
    let maps = FittedDarkThreshold(threshold: level).probabilityMaps(of: data)
    return .object(
      PredictionsValue(
        method: "dark threshold \(formatted(Double(level), decimals: 3))", samples: data.samples, maps: maps))
  }

  static let nothingToTuneOn = Failure(
    "mask-missing", "none of these angiograms has a mask to find the best threshold with",
    hint: "give `tuned-on:` a dataset with masks, or `level:` a number")

  static let metrics = Command(
    "metrics", "how well predictions agree with the masks: DSC, SEN, SPE, ACC",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "what a method marked"),
      .argument(
        "data", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms whose masks are the truth; left out, those that were predicted"),
      .option("within", default: CountedPixels.fieldOfView, "which pixels count"),
      .option("threshold", .number(.one, .within(0...1)), default: .number(threshold), "where a probability is a mark"),
    ],
    result: .object(MetricsValue.typeName),
    help: Help(
      "Measures are taken at each image's own size, then averaged over the images (± standard deviation, n in the "
        + "denominator); pooled values count all pixels of all images together.",
      examples: ["metrics (dark-threshold (phantom 4 size: 64))"],
      method: "SEN = TP/(TP+FN) (8), SPE = TN/(FP+TN) (9), ACC = (TP+TN)/(TP+FP+TN+FN) (10), DSC = 2·|P ∩ T| / "
        + "(|P| + |T|) (11). Where prediction and truth are both empty, DSC is 1 and SEN is left out of its mean."),
    check: PredictionChecks.metrics
  ) { arguments, _ in
    let found: PredictionsValue = arguments.require("predictions")
    let masks = found.masks(atLeast: arguments.number("threshold"))
    let truth = try matched(found, with: arguments.object("data", as: DatasetValue.self))
    let report = try MetricsReport(predictions: masks, samples: truth, within: arguments.choice("within"))
    return .object(MetricsValue(report))
  }

  /// The samples to measure against: those predicted, or the ones of the same names in another dataset.
  private static func matched(_ found: PredictionsValue, with data: DatasetValue?) throws -> [Sample] {
    guard let data else { return found.samples }
    let byName = Dictionary(data.dataset.samples.map { ($0.name, $0) }) { first, _ in first }
    return try found.samples.map { sample in
      guard let truth = byName[sample.name] else {
        throw Failure("sample-missing", "“\(sample.name)” was predicted, but \(data.summary) has no image of that name")
      }
      guard truth.image.width == sample.image.width, truth.image.height == sample.image.height else {
        throw Failure(
          "mask-size-differs",
          "“\(sample.name)” was predicted at \(sample.image.width)×\(sample.image.height), the truth is "
            + "\(truth.image.width)×\(truth.image.height)")
      }
      return truth
    }
  }

  static let areas = Command(
    "areas", "how much of each field of view is marked",
    [.argument("predictions", .object(PredictionsValue.typeName), "what a method marked")],
    result: .object(TableValue.typeName),
    help: Help(
      "A row an image: marked pixels inside the field of view, their share of it, and mm² where mm-per-pixel is known. "
        + "On angiograms without non-perfusion every marked pixel is a false one. A saved CSV has no row of means.",
      examples: ["areas (dark-threshold (phantom 4 size: 64))"])
  ) { arguments, _ in
    let found: PredictionsValue = arguments.require("predictions")
    let marked = FalsePositiveArea(predictions: found.masks(), samples: found.samples)
    let fractions = marked.fractions
    let areas = marked.areas.map(\.squareMillimetres)
    let hasScale = areas.contains { $0 != nil }
    func row(_ first: TableValue.Cell, _ pixels: TableValue.Cell, _ share: TableValue.Cell, _ area: TableValue.Cell)
      -> [TableValue.Cell]
    {
      [first, pixels, share] + (hasScale ? [area] : [])
    }
    var rows = found.samples.indices.map { index -> [TableValue.Cell] in
      row(
        .text(found.samples[index].name), .number(Double(marked.areas[index].pixels), decimals: 0),
        .number(100 * fractions[index], decimals: 2), areas[index].map { .number($0, decimals: 3) } ?? .empty)
    }
    func moments(_ values: [Double], decimals: Int) -> TableValue.Cell {
      guard let mean = meanAndDeviation(values) else { return .empty }
      return .text(meanText(mean.mean, mean.deviation, decimals: decimals))
    }
    if !fractions.isEmpty {
      rows.append(
        row(
          .text("mean ± SD"), .empty, moments(fractions.map { 100 * $0 }, decimals: 2),
          moments(areas.compactMap { $0 }, decimals: 3)))
    }
    let columns = ["image", "marked, px", "marked, % of the field of view"] + (hasScale ? ["marked, mm²"] : [])
    return .object(TableValue(columns: columns, rows: rows, summaryRowCount: fractions.isEmpty ? 0 : 1))
  }
}
