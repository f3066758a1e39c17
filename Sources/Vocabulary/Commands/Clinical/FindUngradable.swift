import Angiography
import Imaging
import Language

extension Command {
  static let findUngradable = Command(
    "find-ungradable", "angiograms with what of them nobody can grade: dark rims, lids, blur, glare",
    [.argument("data", ChangedAngiograms.accepts, ChangedAngiograms.help)],
    result: ChangedAngiograms.result,
    help: Help(
      "Adds to `ungraded`, the third state beside perfused and not perfused, which counts in no measure and no index. Light below 15 % of "
        + "the field's median, at the rim and without vessels; bright retina without detail; grey from 0.98 on. What is dark and has vessels "
        + "or sharp borders stays gradable. Masks can have the state as a class of their own: `load … ignore: 3`.",
      examples: [
        "eyes = find-ungradable (phantom 2 size: 128)", "show (ischemic-index eyes)",
      ],
      method: "The rules are ours; “cannot grade” is a grade of every reading centre.")
  ) { arguments, context in
    try ChangedAngiograms.changed(arguments["data"], .facts, by: "find-ungradable", context) { sample, _ in
      graded(sample)
    }
  }

  private static func graded(_ sample: Sample) -> Sample {
    guard let found = UngradableRetina(of: sample)?.all, found.area > 0 else { return sample }
    return sample.ungradable(found)
  }
}
