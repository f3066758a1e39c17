import Angiography
import Language
import Methods

extension Command {
  static let calibrate = Command(
    "calibrate", "fit what makes probabilities what they say",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "maps of training angiograms that have masks"),
      .option(
        "method", default: Calibrator.Method.temperature,
        "one number for all logits, or any function that never falls: `isotonic` needs more images"),
    ],
    result: .object(CalibratorValue.typeName),
    help: Help(
      "Fit it on training cases only, best on those that the network has not learnt from; `calibrated` applies it, and `save` "
        + "keeps it as .json, exact to the bit. It doesn't change which of two pixels is the likelier. Temperature leaves "
        + "masks at 0.5 as they are; isotonic regression may move them, and can give 0 and 1.",
      examples: [
        "train, test = split (phantom 6 size: 64) test: 2", "net = train-net train width: 4 epochs: 1",
        "c = calibrate (predict net train)", "found = calibrated (predict net test) c",
        "print c, (reliability found).ece",
      ],
      method:
        "Temperature: σ(logit / T) with the least log-loss (Guo et al. 2017). Isotonic: pooled adjacent violators (Zadrozny "
        + "& Elkan 2002), linear between pools."),
    plan: plan, run: run)
}

private struct Plan {
  let found: PredictionsValue
  let method: Calibrator.Method
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  call.reportUnmarkedPredictions("predictions")
  guard let found = call.object("predictions", as: PredictionsValue.self), let arguments = call.completeArguments
  else { return Planned(nil) }
  return Planned(Plan(found: found, method: arguments.choice("method")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  TrainingWarnings.warnOfEmptyMasks(in: Dataset(name: plan.found.method, samples: plan.found.samples), context.host)
  guard let fitted = try FittedCalibrator(plan.method, on: plan.found.found) else { throw Failure.nothingGraded }
  if case .temperature(let scaling) = fitted.calibrator, scaling.isAtAnEnd {
    context.host.warn(
      "the temperature stands at the end of its range, \(formatted(scaling.temperature, decimals: 2)): no temperature suits "
        + "these maps; `method: isotonic` may")
  }
  return .object(CalibratorValue(fitted))
}
