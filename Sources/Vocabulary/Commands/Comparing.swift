import Angiography
import Figures
import Imaging
import Language
import Methods
import Networks
import Tensors

/// Methods under one protocol: `compare boxes roc precision-recall extremes`.
enum Comparing {
  /// Those that draw.
  static var figures: [Command] { [boxes, roc, precisionRecall] }

  static let compare = Command(
    "compare", "train several systems on the same images and rank them",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms with masks: cut into folds, or trained on"),
      .option(
        "systems", .list(of: .choice(Segmenters.all.map(\.name))),
        default: .list(LearnedSystem.all.prefix(5).map { .text($0.name) }), "which, by their names in quotes"),
      .option(
        "test", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms with masks to rank on; left out, cross-validation"),
      .option("folds", .integer(.within(2...1000)), default: .number(5), "without `test:`, how many parts"),
      .option(
        "by", .choice(SplitUnit.allCases.map(\.rawValue) + ["auto"]), default: .text("auto"),
        "what folds keep together; auto: the case where every image has one, else the image"),
      .option(
        "also", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "more angiograms to train on in every fold: eyes without non-perfusion, say"),
      .option(
        "ensemble", .integer(.within(1...100)), default: .number(1),
        "networks trained for each system and fold, from different weights; their probabilities are averaged"),
      .option(
        "hold-out", default: HoldOut.none,
        "rotating: each network of the ensemble leaves out another part of the training patients, who validate it and "
          + "choose the level at which a probability becomes a mark"),
      TrainingParameters.keep, TrainingParameters.patience,
      .option("baseline", .optional(.text), default: Value.none, "the system tested against; left out, the first"),
      .option(
        "empty-masks", default: EmptyMasks.metricsReloaded, "what overlaps and distances of empty masks are worth"),
      TrainingParameters.width, TrainingParameters.momentum,
    ] + TrainingParameters.learning + TrainingParameters.adversarial + [
      TrainingParameters.background,
      .option(
        "checkpoint", .optional(.text), default: Value.none,
        "a folder to keep the state of every training in; the comparison goes on from there after an interruption"),
      .option(
        TrainingParameters.resumeName, .optional(.object(ComparisonValue.typeName)), default: Value.none,
        "go on with a comparison that was stopped: what it has learnt is not learnt again"),
      Randomness.seedOption,
    ],
    result: .object(ComparisonValue.typeName), isRandom: true,
    help: Help(
      "Every system sees the same splits, the same order of batches and the same augmentation, and starts from the same "
        + "weights where it has the same generator. Scores are taken at each image's own size inside the field of view. With "
        + "`hold-out: rotating` probabilities are shifted so that the level chosen on training patients becomes 0.5. "
        + "Ctrl-C keeps what has been learnt. `.table` has the paper's measures, `.details` the rest, `.predictions` the maps for `panel`.",
      examples: [
        "c = compare (phantom 6 size: 64) systems: [\"unet\", \"dark-threshold\"] folds: 2 width: 4 epochs: 1",
        "show c.details",
      ],
      method:
        "Table 1 of the 2021 paper under one protocol: mean ± SD over images (§6). The 95 % interval is a BCa bootstrap "
        + "over patients, of 10,000 draws or, up to eight patients, of all that there can be; the same numbers give the same "
        + "interval. p is Wilcoxon's signed-rank test of the patients' mean DSC, exact with ties "
        + "too, with Holm's correction."
    ),
    check: ComparingChecks.compare
  ) { arguments, context in
    let run = try ComparisonRun(arguments, context)
    return .object(try run.compare())
  }

  static let boxes = Command(
    "boxes", "the score of every image, by method",
    [
      .argument("comparison", .object(ComparisonValue.typeName), "what `compare` gave"),
      .option("score", default: Measure.dice, "which score"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "A dot an image, a box from the lower to the upper quartile, a line at the median.",
      examples: [
        "c = compare (phantom 6 size: 64) systems: [\"dark-threshold\"] folds: 2", "show (boxes c)",
      ])
  ) { arguments, _ in
    let comparison: ComparisonValue = arguments.require("comparison")
    let score: Measure = arguments.choice("score")
    let scale = score.isFraction ? 100.0 : 1
    let groups = try comparison.ranked.map { entry in
      Figure.Group(entry.title, entry.scores.values(of: score).compactMap { $0.map { scale * $0 } })
    }
    return .object(
      FigureValue(
        try Figure.boxes(
          groups, yLabel: score.isFraction ? "\(score.symbol), %" : score.symbol,
          yRange: score == .hausdorff95 || score == .areaError ? nil : 0...100,
          caption: "\(score.symbol) of each image, \(comparison.protocolText)")))
  }

  static let roc = Command(
    "roc", "sensitivity against false positives at every threshold, by method",
    [curvesArgument], result: .object(FigureValue.typeName),
    help: Help(
      "All pixels inside the fields of view together; the area under each curve stands beside its name.",
      examples: ["show (roc (dark-threshold (phantom 4 size: 64)))"]),
    check: PredictionChecks.measured("x")
  ) { arguments, _ in
    let curves = try operatingCurves(arguments)
    var series = curves.map { title, curve in
      Series(
        "\(title), AUC \(curve.area.map { formatted($0, decimals: 3) } ?? "–")",
        x: curve.points.map(\.falsePositiveRate), y: curve.points.map(\.recall))
    }
    series.append(Series("guessing", x: [0, 1], y: [0, 1], style: .dashed, colour: Palette.faintInk))
    return .object(
      FigureValue(
        try Figure.curves(
          series: series, xLabel: "1 − specificity", yLabel: "sensitivity", yRange: 0...1,
          caption: "ROC over all pixels inside the fields of view")))
  }

  static let precisionRecall = Command(
    "precision-recall", "precision against sensitivity at every threshold, by method",
    [curvesArgument], result: .object(FigureValue.typeName),
    help: Help(
      "All pixels inside the fields of view together; the average precision stands beside each name.",
      examples: ["show (precision-recall (dark-threshold (phantom 4 size: 64)))"]),
    check: PredictionChecks.measured("x")
  ) { arguments, _ in
    let curves = try operatingCurves(arguments)
    var series = curves.map { title, curve in
      // At the first threshold nothing is found, and no precision is measured.
      Series(
        "\(title), AP \(curve.averagePrecision.map { formatted($0, decimals: 3) } ?? "–")",
        x: curve.points.dropFirst().map(\.recall), y: curve.points.dropFirst().map(\.precision))
    }
    let share = curves[0].curve.prevalence
    series.append(Series("guessing", x: [0, 1], y: [share, share], style: .dashed, colour: Palette.faintInk))
    return .object(
      FigureValue(
        try Figure.curves(
          series: series, xLabel: "recall (sensitivity)", yLabel: "precision", yRange: 0...1,
          caption: "Precision and recall over all pixels inside the fields of view")))
  }

  private static let curvesArgument = Parameter.argument(
    "x", .either([.object(ComparisonValue.typeName), .object(PredictionsValue.typeName)]),
    "a comparison, or the predictions of one method")

  private static func operatingCurves(_ arguments: Arguments) throws -> [(title: String, curve: OperatingCurves)] {
    let found: [(String, PredictionsValue)] =
      if let comparison = arguments.object("x", as: ComparisonValue.self) {
        try comparison.ranked.map { ($0.title, $0.predictions) }
      } else {
        [arguments.require("x")].map { (found: PredictionsValue) in (found.method, found) }
      }
    return try found.map { ($0, try OperatingCurves(maps: $1.maps, samples: $1.samples)) }
  }

  static let extremes = Command(
    "extremes", "the images a method does best, median and worst on",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "what a method marked"),
      .option("score", default: Measure.dice, "by which score"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Angiogram, probability and agreement of three images: what is found, missed and false.",
      examples: ["show (extremes (dark-threshold (phantom 4 size: 64)))"]),
    check: PredictionChecks.measured("predictions")
  ) { arguments, _ in
    let found: PredictionsValue = arguments.require("predictions")
    let score: Measure = arguments.choice("score")
    let scores = try MethodScores(predictions: found.masks(), samples: found.samples).values(of: score)
    let isLowerBetter = score == .hausdorff95
    let ranked = scores.indices.filter { scores[$0] != nil }.sorted { left, right in
      let (a, b) = (scores[left] ?? 0, scores[right] ?? 0)
      // The error of an area is best near zero.
      if score == .areaError { return abs(a) < abs(b) }
      return isLowerBetter ? a < b : a > b
    }
    guard let best = ranked.first, let worst = ranked.last else {
      throw Failure("no-scores", "none of these images has a \(score.symbol)")
    }
    let places = [("best", best), ("median", ranked[ranked.count / 2]), ("worst", worst)]
    let rows = try places.map { name, index -> PanelRow in
      let sample = found.samples[index]
      guard let truth = sample.mask else { preconditionFailure("an image with a score has a mask") }
      let prediction = Mask(found.maps[index], atLeast: Float(Prediction.threshold))
      let agreement = try Agreement(
        image: sample.image, prediction: prediction, truth: truth, fieldOfView: sample.judged())
      let value = scores[index].map { formatted(score.isFraction ? 100 * $0 : $0, decimals: 1) } ?? "–"
      return PanelRow(
        title: "\(name): \(sample.name)",
        cells: [
          PanelCell(.angiogram(sample.image)), PanelCell(.probability(found.maps[index])),
          PanelCell(.agreement(agreement), caption: "\(score.symbol) \(value)\(score.isFraction ? " %" : "")"),
        ])
    }
    return .object(
      FigureValue(try Figure.panel(rows: rows, columnTitles: ["angiogram", found.method, "agreement"])))
  }
}
