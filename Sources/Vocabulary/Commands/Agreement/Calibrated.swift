import Language
import Methods

extension Command {
  static let calibrated = Command(
    "calibrated", "predictions whose probabilities a calibrator has mapped",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "maps of angiograms"),
      .argument("calibrator", .object(CalibratorValue.typeName), "what `calibrate` has fitted on others"),
    ],
    result: .object(PredictionsValue.typeName),
    help: Help(
      "Warns of angiograms that the calibrator was fitted on, and of others of their patients: on these it looks better than it "
        + "is. It knows an angiogram by its pixels, whatever its name.",
      examples: [
        "train, test = split (phantom 6 size: 64) test: 2", "net = train-net train width: 4 epochs: 1",
        "c = calibrate (predict net train) method: isotonic", "metrics (calibrated (predict net test) c)",
      ]),
    plan: plan, run: run)
}

private struct Plan {
  let found: PredictionsValue
  let calibrator: FittedCalibrator
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let result = (call.facts("predictions") as PredictionsFacts?).map { Known.predictions($0) }
  guard let found = call.object("predictions", as: PredictionsValue.self),
    let calibrator = call.object("calibrator", as: CalibratorValue.self)
  else { return Planned(nil, result: result) }
  return Planned(Plan(found: found, calibrator: calibrator.fitted), result: result)
}

private func run(_ plan: Plan, _ context: Context) -> Value {
  for leak in plan.calibrator.leaks(into: plan.found.samples) { context.host.warn(leak) }
  return .object(PredictionsValue(plan.calibrator.calibrated(plan.found.found)))
}
