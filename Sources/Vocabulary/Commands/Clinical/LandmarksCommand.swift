import Angiography
import Language

extension Command {
  static let landmarks = Command(
    "landmarks", "angiograms with fovea and optic disc, found where nobody has marked them",
    [
      .argument("data", ChangedAngiograms.accepts, ChangedAngiograms.help),
      .option(
        "least", .number(.one, .within(0...1)), default: .number(LandmarkSearch.usualConfidence),
        "what is found with less confidence is not taken"
      ),
      .option("anew", .truth, default: .truth(false), "whether to look also for what somebody has marked"),
    ],
    result: ChangedAngiograms.result,
    help: Help(
      "What is found has a confidence, `eyes[0].fovea.confidence`, and tables and figures say that it was found; what somebody has marked has "
        + "none. Both have to be in the picture. It looks 4.75 mm ± 0.85 mm beside the disc, without a scale a third of the picture beside it.",
      examples: [
        "eyes = landmarks (phantom 2 size: 128) anew: true", "print eyes[0].fovea, eyes[0].disc",
      ],
      method:
        "Fuzzy convergence of vessels (Hoover and Goldbaum 2003), with votes by direction, and the darkest place with fewest vessels beside "
        + "it; how both are weighed is ours.")
  ) { arguments, context in
    let (least, anew) = (arguments.number("least"), arguments.truth("anew"))
    return try ChangedAngiograms.changed(arguments["data"], .facts, by: "landmarks", context) { sample, _ in
      found(sample, least: least, anew: anew, context)
    }
  }

  private static func found(_ sample: Sample, least: Double, anew: Bool, _ context: Context) -> Sample {
    let known = sample.facts.landmarks
    guard anew || known.fovea == nil || known.disc == nil else { return sample }
    let search = LandmarkSearch(of: sample, anew: anew)
    guard let search, search.confidence >= least else {
      let doubt = search.map {
        ", only a place with a confidence of \(formatted($0.confidence, decimals: 2)), and `least:` is \(formatted(least, decimals: 2))"
      }
      context.host.warn("fovea and disc of “\(sample.name)” were not found\(doubt ?? ""): mark them by `annotate`")
      return sample
    }
    var facts = sample.facts
    facts.landmarks = search.landmarks
    return sample.with(facts)
  }
}
