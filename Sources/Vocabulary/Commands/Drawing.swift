import Angiography
import Figures
import Imaging
import Language
import Networks

/// Figures of images and the tables beside them: `sheet panel overlay paper-table`.
enum Drawing {
  static var commands: [Command] { [sheet, panel, overlay, paperTable] }

  static let sheet = Command(
    "sheet", "angiograms side by side, with the outlines of their masks",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms"),
      .option("count", .integer(.within(1...400)), default: .number(12), "at most so many are drawn"),
      .option("outlines", .truth, default: .truth(true), "draw the masks"),
    ],
    result: .object(FigureValue.typeName),
    help: Help("Fig. 1 of the paper: how much non-perfusion varies.", examples: ["show (sheet (phantom 2 size: 64))"])
  ) { arguments, _ in
    let data: DatasetValue = arguments.require("data")
    return .object(
      FigureValue(
        try Figure.contactSheet(
          data.dataset.samples, limit: arguments.integer("count"), outlined: arguments.truth("outlines"))))
  }

  static let panel = Command(
    "panel", "one row an image, one column a method: Fig. 4 of the paper",
    [
      .argument(
        "x", .either([.object(DatasetValue.typeName), .object(PredictionsValue.typeName)]),
        "angiograms with masks, or the predictions of one method"),
      .option(
        "methods", .record, default: .record(Record()), "predictions by column title: [\"U-Net\": a, \"cGAN\": b]"),
      .option("rows", .integer(.within(1...100)), default: .number(6), "at most so many images"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Columns: the angiogram, the ground truth where there is one, then each method's mask with its DSC.",
      examples: ["d = phantom 2 size: 64", "show (panel d methods: [\"dark\": (dark-threshold d)])"]),
    check: PredictionChecks.record("methods", of: PredictionsValue.typeName, noPredictions)
  ) { arguments, _ in
    .object(FigureValue(try methodPanel(arguments)))
  }

  @Sendable private static func noPredictions(_ title: String) -> Failure {
    Failure(
      "wrong-kind", "`methods:` holds predictions under their titles; “\(title)” is something else",
      hint: "`predict`, `dark-threshold` and `threshold` give predictions")
  }

  @Sendable private static func noMetrics(_ title: String) -> Failure {
    Failure(
      "wrong-kind", "paper-table takes metrics under their titles; “\(title)” is something else",
      hint: "`metrics` gives metrics of predictions")
  }

  private static func methodPanel(_ arguments: Arguments) throws -> Figure {
    var methods: [(title: String, found: PredictionsValue)] = []
    var samples: [Sample] = []
    if let found = arguments.object("x", as: PredictionsValue.self) {
      methods.append((found.method, found))
      samples = found.samples
    } else {
      let data: DatasetValue = arguments.require("x")
      samples = data.dataset.samples
    }
    if case .record(let record) = arguments["methods"] {
      for title in record.names {
        guard case .object(let object)? = record[title], let found = object as? PredictionsValue else {
          throw noPredictions(title)
        }
        methods.append((title, found))
      }
    }
    let isMarked = samples.contains { $0.mask != nil }
    let rows = try samples.prefix(arguments.integer("rows")).map { sample in
      var cells = [PanelCell(.angiogram(sample.image))]
      if isMarked {
        cells.append(PanelCell(sample.mask.map { .outlined(sample.image, [.truth($0)]) } ?? .empty))
      }
      for method in methods { cells.append(try cell(of: method.found, for: sample)) }
      return PanelRow(title: sample.name, cells: cells)
    }
    let titles = ["angiogram"] + (isMarked ? ["ground truth"] : []) + methods.map(\.title)
    return try Figure.panel(rows: rows, columnTitles: titles)
  }

  /// A method's outline on the angiogram, with its DSC where the truth is known.
  private static func cell(of found: PredictionsValue, for sample: Sample) throws -> PanelCell {
    guard let index = found.samples.firstIndex(where: { $0.name == sample.name }) else { return PanelCell(.empty) }
    let mask = Mask(found.maps[index], atLeast: Float(Prediction.threshold))
    let picture = PanelCell.Content.outlined(sample.image, [.prediction(mask)])
    guard let truth = sample.mask else { return PanelCell(picture) }
    let dice = Confusion(prediction: mask, truth: truth, within: sample.judged()).dice
    return PanelCell(picture, caption: "DSC \(formatted(100 * dice, decimals: 1)) %")
  }

  static let overlay = Command(
    "overlay", "where a prediction and the truth agree: found, missed, false",
    [
      .argument(
        "x", .either([.object(PredictionsValue.typeName), .object(ImageValue.typeName)]), "predictions, or an angiogram"
      ),
      .argument(
        "mask", .optional(.object(MaskValue.typeName)), default: Value.none, "for an angiogram: the predicted mask"),
      .argument(
        "truth", .optional(.object(MaskValue.typeName)), default: Value.none, "for an angiogram: the true mask"),
      .option("rows", .integer(.within(1...100)), default: .number(4), "at most so many predictions"),
    ],
    result: .object(FigureValue.typeName),
    help: Help(
      "Predictions are drawn in a row each; an image alone with one or two masks gives one picture.",
      examples: ["show (overlay (dark-threshold (phantom 2 size: 64)))"])
  ) { arguments, _ in
    if let found = arguments.object("x", as: PredictionsValue.self) {
      return .object(FigureValue(try agreementPanel(found, rows: arguments.integer("rows"))))
    }
    let image: ImageValue = arguments.require("x")
    guard let mask = arguments.object("mask", as: MaskValue.self)?.mask else {
      throw Failure("missing-argument", "overlay of an image needs a mask to lay over it")
    }
    guard let truth = arguments.object("truth", as: MaskValue.self)?.mask else {
      return .object(FigureValue(try Figure.outlined(image: image.plane, [.prediction(mask)])))
    }
    return .object(FigureValue(try Figure.overlay(image: image.plane, prediction: mask, truth: truth)))
  }

  static func agreementPanel(_ found: PredictionsValue, rows count: Int) throws -> Figure {
    let masks = found.masks()
    let rows = try found.samples.indices.prefix(count).map { index -> PanelRow in
      let sample = found.samples[index]
      let judged: PanelCell =
        if let truth = sample.mask {
          PanelCell(
            .agreement(
              try Agreement(
                image: sample.image, prediction: masks[index], truth: truth, fieldOfView: sample.judged())))
        } else {
          PanelCell(.outlined(sample.image, [.prediction(masks[index])]))
        }
      return PanelRow(
        title: sample.name,
        cells: [PanelCell(.angiogram(sample.image)), PanelCell(.probability(found.maps[index])), judged])
    }
    return try Figure.panel(rows: rows, columnTitles: ["angiogram", found.method, "agreement"])
  }

  static let paperTable = Command(
    "paper-table", "metrics in the form of the paper's Table 1, with the paper's rows below",
    [
      .argument("metrics", .record, "metrics by row title: [\"ours\": m]"),
      .option("paper", .truth, default: .truth(true), "add the rows of the 2021 paper"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "The paper's numbers come from its own private images: other images, so they can't be compared directly.",
      examples: ["show (paper-table [\"dark\": (metrics (dark-threshold (phantom 4 size: 64)))])"],
      method: "Table 1 of the 2021 paper: mean ± standard deviation over 31 test images, in percent."),
    check: PredictionChecks.record("metrics", of: MetricsValue.typeName, noMetrics)
  ) { arguments, _ in
    guard case .record(let record) = arguments["metrics"] else {
      preconditionFailure("the signature asks for a record")
    }
    var rows = try record.names.map { title -> [TableValue.Cell] in
      guard case .object(let object)? = record[title], let metrics = object as? MetricsValue else {
        throw noMetrics(title)
      }
      let cells = Measure.paper.map { measure -> TableValue.Cell in
        let found = metrics.report.summary(of: measure)
        return .text(
          meanText(
            found.mean.map { 100 * $0 }, found.standardDeviation.map { 100 * $0 }, decimals: 2, over: found.count,
            of: found.total))
      }
      let pooled = metrics.report.summary(of: .dice).pooled
      return [.text(title)] + cells + [pooled.map { .number(100 * $0, decimals: 2) } ?? .empty]
    }
    if arguments.truth("paper") {
      rows += table1Of2021.map { published in
        let cells = Measure.paper.map { measure -> TableValue.Cell in
          published(measure).map { .text(meanText($0.mean, $0.deviation, decimals: 2)) } ?? .empty
        }
        return [.text("the 2021 paper: \(published.method)")] + cells + [.empty]
      }
    }
    return .object(
      TableValue(
        title: "mean ± SD over images (images with a value / all, where some have none), in percent",
        columns: ["method"] + Measure.paper.map(\.symbol) + ["pooled DSC"], rows: rows))
  }
}
