import Language
import Methods

extension Command {
  static let reliability = Command(
    "reliability", "how far probabilities are what they say: of pixels called 30 %, are 30 % non-perfused?",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "maps of angiograms that have masks"),
      .option("bins", .integer(.within(Reliability.binCounts)), default: .number(15), "how many bins"),
      .option(
        "by", default: Reliability.Binning.width,
        "what is equal in all bins: their `width`, or about the `count` of pixels"),
    ],
    result: .object(ReliabilityValue.typeName),
    help: Help(
      "Graded pixels inside the fields of view, all images together. Maps of 0 and 1, as `dark-threshold` gives them, fill two "
        + "bins.",
      examples: [
        "eyes = phantom 4 size: 64", "net = train-net eyes width: 4 epochs: 1", "r = reliability (predict net eyes)",
        "print r.ece, r.mce, r.brier", "show r.figure",
      ],
      method:
        "ECE = Σ (nᵦ / n)·|observedᵦ − predictedᵦ| over bins b (Naeini et al. 2015), MCE the largest of these distances; "
        + "Brier = the mean of (probability − truth)² (Brier 1950)."),
    codes: [
      CodeEntry(
        "nothing-graded", "images without a pixel that counts",
        .circumstance("`reliability`, `calibrate` or `agreement` of masks of which nobody has graded any pixel"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  let found: PredictionsValue
  let bins: Int
  let binning: Reliability.Binning
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  call.reportUnmarkedPredictions("predictions")
  guard let found = call.object("predictions", as: PredictionsValue.self), let arguments = call.completeArguments
  else { return Planned(nil) }
  return Planned(Plan(found: found, bins: arguments.integer("bins"), binning: arguments.choice("by")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let tally = try ProbabilityTally(plan.found.found)
  guard let reliability = Reliability(tally, bins: plan.bins, by: plan.binning) else { throw Failure.nothingGraded }
  return .object(ReliabilityValue(reliability, of: plan.found.method))
}

extension Failure {
  /// No pixel counts.
  static let nothingGraded = Failure(
    "nothing-graded", "an image has no pixel that is graded and inside the field of view", hint: "leave it out")
}
