import Angiography
import Imaging
import Language

extension Command {
  static let metrics = Command(
    "metrics", "how well predictions agree with the masks: DSC, SEN, SPE, ACC",
    [
      .argument("predictions", .object(PredictionsValue.typeName), "what a method marked"),
      .argument(
        "data", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms whose masks are the truth; left out, those that were predicted"),
      .option("within", default: CountedPixels.fieldOfView, "which pixels count"),
      .option(
        "threshold", .number(.one, .within(0...1)), default: .number(PredictionsValue.threshold),
        "where a probability is a mark"),
    ],
    result: .object(MetricsValue.typeName),
    help: Help(
      "Measures are taken at each image's own size, then averaged over the images (± standard deviation, n in the "
        + "denominator); pooled values count all pixels of all images together.",
      examples: ["metrics (dark-threshold (phantom 4 size: 64))"],
      method: "SEN = TP/(TP+FN) (8), SPE = TN/(FP+TN) (9), ACC = (TP+TN)/(TP+FP+TN+FN) (10), DSC = 2·|P ∩ T| / "
        + "(|P| + |T|) (11). Where prediction and truth are both empty, DSC is 1 and SEN is left out of its mean.",
      explanation: .measures),
    codes: [
      CodeEntry(
        "sample-missing", "an image that was predicted, but is not among those to measure against",
        .program("metrics (dark-threshold (phantom 2 size: 64)) (phantom 1 size: 64)"))
    ],
    plan: plan, run: run)
}

private struct Plan {
  let masks: [Mask]
  /// As many as masks, each of its size.
  let truth: [Sample]
  let within: CountedPixels
}

private func plan(_ call: inout CheckedCall) throws -> Planned<Plan> {
  call.reportUnmarkedTruth(of: "predictions")
  guard let found = call.object("predictions", as: PredictionsValue.self), let arguments = call.completeArguments
  else { return Planned(nil) }
  let truth = try found.truth(in: arguments.object("data"))
  return Planned(
    Plan(
      masks: found.masks(atLeast: arguments.number("threshold")), truth: truth, within: arguments.choice("within")))
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  .object(MetricsValue(try MetricsReport(predictions: plan.masks, samples: plan.truth, within: plan.within)))
}

extension Explanation {
  static let measures = Explanation(
    commands: ["metrics", "paper-table", "compare"], title: "The measures (§6 of the 2021 paper)",
    text: """
        SEN = TP / (TP + FN)                           (8)
        SPE = TN / (FP + TN)                           (9)
        ACC = (TP + TN) / (TP + FP + TN + FN)         (10)
        DSC = 2·|P ∩ T| / (|P| + |T|)                 (11)

      Each image gives its own; the table has the mean ± the standard deviation (divided by n) over the images, in percent.

      The reading in force:
        Pixels inside the field of view count.
        A map is brought to its image's own size, then cut at 0.5.
        Where mask and prediction are both empty, DSC is 1 and the table says how many such images there were; SEN is then
        undefined and left out of its mean. `empty-masks:` of compare has other conventions. HD95 is a distance between two
        outlines: images where mask or prediction is empty have none, and means say how many images they are over.
        Pooled numbers count all images' pixels together; few images make the mean unstable, not the pooled one.
      """)
}
