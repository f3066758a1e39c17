import Angiography
import Figures
import Imaging
import Language

extension Command {
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
    plan: plan, run: run)
}

private struct Plan {
  let samples: [Sample]
  let methods: [(title: String, value: PredictionsValue)]
  let rows: Int
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let methods = call.record("methods", of: PredictionsValue.self) { title in
    Failure(
      "wrong-kind", "`methods:` holds predictions under their titles; “\(title)” is something else",
      hint: "`predict`, `dark-threshold` and `threshold` give predictions")
  }
  guard let methods, let rows = call.integer("rows") else { return Planned(nil) }
  if let found = call.object("x", as: PredictionsValue.self) {
    return Planned(Plan(samples: found.samples, methods: [(found.method, found)] + methods, rows: rows))
  }
  return Planned(
    call.object("x", as: DatasetValue.self).map { data in
      Plan(samples: data.dataset.samples, methods: methods, rows: rows)
    })
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let isMarked = plan.samples.contains { $0.mask != nil }
  let rows = try plan.samples.prefix(plan.rows).map { sample in
    var cells = [PanelCell(.angiogram(sample.image))]
    if isMarked {
      cells.append(PanelCell(sample.mask.map { .outlined(sample.image, [.truth($0)]) } ?? .empty))
    }
    for method in plan.methods { cells.append(try cell(of: method.value, for: sample)) }
    return PanelRow(title: sample.name, cells: cells)
  }
  let titles = ["angiogram"] + (isMarked ? ["ground truth"] : []) + plan.methods.map(\.title)
  return .object(FigureValue(try Figure.panel(rows: rows, columnTitles: titles)))
}

/// A method's outline on the angiogram, with its DSC where the truth is known.
private func cell(of found: PredictionsValue, for sample: Sample) throws -> PanelCell {
  guard let index = found.samples.firstIndex(where: { $0.name == sample.name }) else { return PanelCell(.empty) }
  let mask = Mask(found.maps[index], atLeast: Float(PredictionsValue.threshold))
  let picture = PanelCell.Content.outlined(sample.image, [.prediction(mask)])
  guard let truth = sample.mask else { return PanelCell(picture) }
  let dice = Confusion(prediction: mask, truth: truth, within: sample.judged()).dice
  return PanelCell(picture, caption: "DSC \(formatted(100 * dice, decimals: 1)) %")
}
