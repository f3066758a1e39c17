import Angiography
import Figures
import Language

extension Command {
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
      return .object(FigureValue(try found.agreementPanel(rows: arguments.integer("rows"))))
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
}

extension PredictionsValue {
  /// Where prediction and truth agree, in a row each, of at most so many.
  func agreementPanel(rows count: Int) throws -> Figure {
    let masks = masks()
    let rows = try samples.indices.prefix(count).map { index -> PanelRow in
      let sample = samples[index]
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
        cells: [PanelCell(.angiogram(sample.image)), PanelCell(.probability(maps[index])), judged])
    }
    let isJudged = samples.prefix(count).contains { $0.mask != nil }
    return try Figure.panel(rows: rows, columnTitles: ["angiogram", method, isJudged ? "agreement" : "marked"])
  }
}
