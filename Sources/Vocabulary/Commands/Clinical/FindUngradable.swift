import Angiography
import Imaging
import Language

extension Command {
  static let findUngradable = Command(
    "find-ungradable", "angiograms with what of them nobody can grade: dark rims, lids, blur, glare",
    [.argument("data", .either([.object(DatasetValue.typeName), .record]), "a dataset, or one angiogram (`eyes[0]`)")],
    result: .oneOf([.object(DatasetValue.typeName), .record]),
    help: Help(
      "Adds to `ungraded`, the third state beside perfused and not perfused, which counts in no measure and no index. Light below 15 % of "
        + "the field's median, at the rim and without vessels; bright retina without detail; grey from 0.98 on. What is dark and has vessels "
        + "or sharp borders stays gradable. Masks can have the state as a class of their own: `load … ignore: 3`.",
      examples: [
        "eyes = find-ungradable (phantom 2 size: 128)", "show (ischemic-index eyes)",
      ],
      method: "The rules are ours; “cannot grade” is a grade of every reading centre.")
  ) { arguments, context in
    if case .record(let record) = arguments["data"] {
      var result = record
      result.add(factsOf: graded(try Angiograms.sample(record)))
      return .record(result)
    }
    let data = arguments.require("data", as: DatasetValue.self).dataset
    var samples: [Sample] = []
    for (index, sample) in data.samples.enumerated() {
      if context.host.isCancelled {
        throw Failure("interrupted", "find-ungradable was interrupted after \(index) images")
      }
      samples.append(graded(sample))
      context.host.report(Progress("find-ungradable", done: index + 1, of: data.samples.count))
    }
    return .object(DatasetValue(data.with(samples)))
  }

  private static func graded(_ sample: Sample) -> Sample {
    guard let found = UngradableRetina(of: sample)?.all, found.area > 0 else { return sample }
    return sample.ungradable(found)
  }
}
