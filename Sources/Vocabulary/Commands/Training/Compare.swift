import Angiography
import Base
import Language
import Methods
import Networks

extension Command {
  static let compare = Command(
    "compare", "train several systems on the same images and rank them",
    [
      .argument("data", .object(DatasetValue.typeName), "angiograms with masks: cut into folds, or trained on"),
      .option(
        "systems", .list(of: .choice(Segmenters.all.map(\.name))),
        default: .list(LearnedSystem.all.prefix(5).map { .text($0.name) }), "which, by their names in quotes"),
      .option(
        "test", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "angiograms with masks to rank on; left out, cross-validation"),
      .option(
        "folds", .integer(.within(Dataset.leastFolds...1000)), default: .number(5), "without `test:`, how many parts"),
      .option(
        "repeats", .integer(.within(1...100)), default: .number(1),
        "how often it is all done, with other folds and other weights; in `.table`, `.details`, `.differences` and `boxes` each image is "
          + "worth its mean over these, `.lesions` counts all, and `.predictions` and `.metrics` are of the first"),
      .option(
        "by", .choice(SplitUnit.allCases.map(\.rawValue) + ["auto"]), default: .text("auto"),
        "what folds keep together; auto: the case where every image has one, else the image"),
      .option(
        "tune", .integer(.within(0...10_000)), default: .number(0),
        "settings that are tried for each classical method on the training images of each fold, as `tune` does; 0: its defaults"
      ),
      .option(
        "average", .optional(methodTexts), default: Value.none,
        "of the systems, those whose maps are averaged too, as a row of its own: \"unet + stacked\" or a list of them"),
      .option(
        "variants", .optional(methodTexts), default: Value.none,
        "methods with parameters of their own, as rows of their own: \"stacked territory: no + stacked trees: 100, leaves: 7\""
      ),
      .option("baseline", .optional(.text), default: Value.none, "the system tested against; left out, the first"),
      .option(
        "empty-masks", default: EmptyMasks.metricsReloaded, "what overlaps and distances of empty masks are worth"),
    ] + networkOptions + [
      TrainingParameters.background,
      .option(
        TrainingParameters.resumeName, .optional(.object(ComparisonValue.typeName)), default: Value.none,
        "go on with a comparison that was stopped: what it has learnt is not learnt again"),
      Randomness.seedOption,
    ],
    result: .object(ComparisonValue.typeName), isRandom: true,
    help: Help(
      "Every system sees the same splits, the same order of batches and the same augmentation, and starts from the same "
        + "weights where it has the same generator. Scores are taken at each image's own size inside the field of view. With "
        + "`hold-out: rotating` probabilities are shifted so that the level chosen on training patients becomes 0.5. "
        + "Of `unlabelled:` each fold leaves out what has something in common with the images that it tests. "
        + "Ctrl-C keeps what has been learnt. `.table` has the paper's measures, `.details` the rest, `.differences` each one's DSC beside "
        + "the baseline's, `.lesions` lesions found and made up, `.predictions` the maps for `panel`, `.segmenters` what has been fitted, a list with one a fold, for `predict` and `save`.",
      examples: [
        "c = compare (phantom 6 size: 64) systems: [\"unet\", \"dark-threshold\"] folds: 2 width: 4 epochs: 1",
        "show c.details",
      ],
      method:
        "Table 1 of the 2021 paper under one protocol: mean ± SD over images (§6). The 95 % interval is a BCa bootstrap "
        + "over patients, of 10,000 draws or, up to eight patients, of all that there can be; the same numbers give the same "
        + "interval. p is Wilcoxon's signed-rank test of the patients' mean DSC, exact with ties "
        + "too, with Holm's correction.",
      explanation: .mapsToMarks),
    codes: [
      CodeEntry("no-systems", "a comparison of nothing", .program("compare (phantom 6 size: 64) systems: []")),
      CodeEntry(
        "repeated-system", "a system that is named twice",
        .program("compare (phantom 6 size: 64) systems: [\"unet\", \"unet\"]")),
      CodeEntry(
        "unknown-baseline", "a baseline that is not compared",
        .program("compare (phantom 6 size: 64) systems: [\"unet\"] baseline: \"cgan\"")),
      CodeEntry(
        "bad-average", "an average of one system, or of one that is not compared",
        .program("compare (phantom 6 size: 64) systems: [\"unet\", \"valleys\"] average: \"unet\"")),
      CodeEntry(
        "bad-variant", "a variant of no method, or with parameters that it doesn't have",
        .program("compare (phantom 6 size: 64) systems: [\"valleys\"] variants: \"valleys courage: 2\"")),
      CodeEntry(
        "unlike-start", "networks that are to start with the weights of another network",
        .program(
          """
          net = train-net (phantom 2 size: 64) width: 4 epochs: 1
          compare (phantom 6 size: 64) systems: ["unet"] folds: 2 width: 8 epochs: 1 from: net
          """)),
      CodeEntry(
        "comparison-interrupted", "the results of a comparison that was stopped", .circumstance("Ctrl-C in `compare`")),
      CodeEntry(
        "ensemble-too-small", "a rotation of held-out patients with one network only",
        .program("compare (phantom 6 size: 64) systems: [\"unet\"] hold-out: rotating")),
    ],
    plan: plan, run: ComparisonRun.compare)
}

/// Several words with + between them, or a list of them.
private let methodTexts: Accepts = .either([.text, .list(of: .text)])

/// Those that say nothing to a comparison without networks.
private let networkOptions =
  [
    Parameter.option(
      "also", .optional(.object(DatasetValue.typeName)), default: Value.none,
      "more angiograms for networks to train on in every fold: eyes without non-perfusion, say"),
    .option(
      "ensemble", .integer(.within(1...100)), default: .number(1),
      "networks trained for each system and fold, from different weights; their probabilities are averaged"),
    .option(
      "hold-out", default: HoldOut.none,
      "rotating: each network of the ensemble leaves out another part of the training patients, who validate it and "
        + "choose the level at which a probability becomes a mark: the one with their highest pooled DSC, from 0.05 to 0.95"
    ),
    MapOptions.relativeLevel, MapOptions.turns, MapOptions.fovea,
    TrainingParameters.network(
      "from",
      "a trained network, of phantoms say, whose weights all generators start with, of their width and features; one that has learnt from the tested patients flatters"
    ),
    TrainingParameters.keep, TrainingParameters.patience, TrainingParameters.width, TrainingParameters.momentum,
  ] + TrainingParameters.learning + TrainingParameters.adversarial + TrainingParameters.semiSupervised + [
    .option(
      "checkpoint", .optional(.text), default: Value.none,
      "a folder to keep the state of every training in; the comparison goes on from there after an interruption")
  ]

private func plan(_ call: inout CheckedCall) -> Planned<ComparisonPlan> {
  let chosen = chosenSegmenters(&call)
  call.apply(refuseSmallEnsemble, to: ["hold-out", "ensemble"], on: "hold-out")
  let data: DatasetFacts = call.facts("data") ?? DatasetFacts()
  let test: DatasetFacts? = call.facts("test")
  let isCrossValidated = call.isNone("test") == true
  if isCrossValidated { reportFolds(of: data, &call) }
  if let masks = isCrossValidated ? data.masks : test?.masks, masks != .all {
    call.reportUnmarked(isCrossValidated ? "data" : "test")
  }
  if let chosen {
    reportSizes(of: data, for: chosen.segmenters, &call)
    reportIdle(with: chosen.segmenters, &call)
  }
  reportUnequalVariants(&call)
  call.reportUnlabelledSizes(beside: call.object("data", as: DatasetValue.self)?.dataset)
  reportIdleRepeats(&call, with: chosen?.segmenters ?? [])
  reportNothingToResume(&call)
  guard let chosen, let dataset = call.object("data", as: DatasetValue.self)?.dataset,
    let arguments = call.completeArguments
  else { return Planned(nil) }
  return Planned(ComparisonPlan(of: chosen.segmenters, against: chosen.baseline, on: dataset, arguments))
}

/// Blames `baseline:` for what is wrong with it alone.
private func chosenSegmenters(_ call: inout CheckedCall) -> (segmenters: [any Segmenter], baseline: Int)? {
  guard call.value("systems") != nil, call.value("baseline") != nil, call.value("average") != nil,
    call.value("variants") != nil
  else { return nil }
  do throws(Failure) { return try segmenters(call.argumentsOrDefaults().arguments) } catch {
    call.report(
      error,
      on: ["unknown-baseline": "baseline", "bad-average": "average", "bad-variant": "variants"][error.code] ?? "systems"
    )
    return nil
  }
}

/// What `systems:` names, and the place of `baseline:` among them.
///
/// - Throws: `no-systems`, `repeated-system`, `unknown-baseline`, `bad-average`, `bad-variant`.
private func segmenters(_ arguments: Arguments) throws(Failure) -> (segmenters: [any Segmenter], baseline: Int) {
  let names = arguments.texts("systems")
  guard !names.isEmpty else { throw Failure("no-systems", "`systems:` names none to compare") }
  guard Set(names).count == names.count else {
    throw Failure("repeated-system", "`systems:` names one of them twice", hint: "leave it out once")
  }
  let against = arguments.isNone("baseline") ? names[0] : arguments.text("baseline")
  guard let place = names.firstIndex(of: against) else {
    throw Failure(
      "unknown-baseline", "the baseline '\(against)' is not among the systems",
      hint: "the systems are \(names.joined(separator: ", "))")
  }
  let averaged = arguments.averaged
  guard averaged.isEmpty || (averaged.count > 1 && Set(averaged).count == averaged.count) else {
    throw Failure(
      "bad-average", "`average:` takes two systems or more, each once", hint: "with + between them: \"unet + stacked\"")
  }
  if let stranger = averaged.first(where: { !names.contains($0) }) {
    throw Failure(
      "bad-average", "the system '\(stranger)' is to be averaged and is not compared",
      hint: "the systems are \(names.joined(separator: ", "))")
  }
  // The signature lets nothing else through.
  return (names.compactMap { Segmenters.named($0) } + (try variants(arguments)), place)
}

/// What `variants:` asks for.
///
/// - Throws: `bad-variant`.
private func variants(_ arguments: Arguments) throws(Failure) -> [SegmenterVariant] {
  var variants: [SegmenterVariant] = []
  for text in arguments.summands("variants") {
    let variant: SegmenterVariant
    do throws(SegmenterVariant.Misfit) { variant = try SegmenterVariant(text) } catch {
      throw Failure(of: error, in: text)
    }
    guard !variants.contains(where: { $0.isSame(as: variant) }) else {
      throw Failure("bad-variant", "`variants:` names '\(variant.name)' twice", hint: "leave it out once")
    }
    variants.append(variant)
  }
  return variants
}

extension Failure {
  fileprivate init(of misfit: SegmenterVariant.Misfit, in text: String) {
    let (message, hint): (String, String?) =
      switch misfit {
      case .unknownMethod(let name):
        (
          "'\(name)' is no method with parameters",
          "those are \(Segmenters.tunable.map(\.name).joined(separator: ", "))"
        )
      case .nothingSet:
        ("'\(text)' sets no parameter to another value: it is the method itself", "set one: \"stacked territory: no\"")
      case .unreadable(let part):
        ("'\(part)' in '\(text)' sets no parameter, or one that is set", "as in \"stacked trees: 100, leaves: 7\"")
      case .unknownParameter(let name, let method):
        (
          "`\(method.name)` has no parameter `\(name)`",
          "it has \(method.parameters.map(\.name).joined(separator: ", "))"
        )
      case .wrongValue(let parameter, let value):
        ("`\(parameter.name)` is \(parameter.domain), and not '\(value)'", nil)
      case .idle(let parameter, let other, let chosen, let words):
        (
          "`\(parameter.name)` says nothing to `\(other): \(chosen)`",
          "it counts with \(words.map { "`\(other): \($0)`" }.joined(separator: " or "))"
        )
      case .conflict(let message): (message, nil)
      }
    self.init("bad-variant", message, hint: hint)
  }
}

/// - Throws: `ensemble-too-small`.
private func refuseSmallEnsemble(_ arguments: Arguments) throws(Failure) {
  let holdOut: HoldOut = arguments.choice("hold-out")
  guard holdOut == .rotating, arguments.integer("ensemble") < 2 else { return }
  throw Failure(
    "ensemble-too-small",
    "`hold-out: rotating` leaves out another part of the patients for each network, so it needs "
      + "two networks or more", hint: "add `ensemble: 3`")
}

private func reportFolds(of data: DatasetFacts, _ call: inout CheckedCall) {
  guard let folds = call.integer("folds"), let unit = data.unit(call.text("by")),
    !call.reportCaseless("data", by: unit), let available = data.unitCount(unit)
  else { return }
  do throws(DatasetError) { try checkFolds(folds, of: available, by: unit) } catch {
    call.report(error, on: call.isGiven("folds") ? "folds" : "data")
  }
}

/// Every segmenter's networks against the images they would train on.
private func reportSizes(of data: DatasetFacts, for segmenters: [any Segmenter], _ call: inout CheckedCall) {
  guard let frame = data.frames?.first, data.frames?.count == 1, let features = data.features else { return }
  let scale = SystemScale(imageChannels: features.count, side: min(frame.width, frame.height))
  var reported: Set<NetworkError> = []
  for architecture in segmenters.flatMap({ $0.architectures(at: scale) }) {
    let facts = NetworkFacts(untrained: architecture)
    if let error = facts.misfit(frame, channels: nil), reported.insert(error).inserted {
      call.report(error, on: "data")
    }
  }
}

/// Reports options of networks without any, and `tune:` without a method whose parameters can be chosen.
private func reportIdle(with segmenters: [any Segmenter], _ call: inout CheckedCall) {
  func report(_ name: String, _ what: String) {
    call.report(
      Failure("idle-option", "`\(name):` says nothing to these systems: \(what)", hint: "leave it out"), on: name)
  }
  if call.isGiven("tune"), call.integer("tune") ?? 1 > 0, !segmenters.contains(where: { $0 is any TunableSegmenter }) {
    report("tune", "none of them has parameters to choose")
  }
  guard !segmenters.contains(where: { $0 is LearnedSystem }) else {
    call.reportUnlabelled()
    let frames = TrainingParameters.unlabelledName
    if call.isNone(frames) == false, !segmenters.contains(where: judgesPixels) {
      report(frames, "none of them has a discriminator that answers for each pixel")
    }
    return
  }
  for name in networkOptions.map(\.name) where call.isGiven(name) && call.isNone(name) != true {
    report(name, "none of them is a network")
  }
}

/// Reports what would set a method and its variants apart beside the parameters that the variants name.
private func reportUnequalVariants(_ call: inout CheckedCall) {
  guard call.isNone("variants") == false, call.isGiven("tune"), call.number("tune") ?? 0 > 0 else { return }
  call.report(
    Failure(
      "contradiction", "`tune:` changes methods and not their variants, which could not be compared then",
      hint: "leave one of them out"), on: "tune")
}

/// Reports repeats that would all come to the same.
private func reportIdleRepeats(_ call: inout CheckedCall, with segmenters: [any Segmenter]) {
  guard call.isGiven("repeats"), call.integer("repeats") ?? 1 > 1, call.isNone("test") == false,
    !segmenters.isEmpty, !segmenters.contains(where: \.isRandom)
  else { return }
  call.report(
    Failure(
      "idle-option", "`repeats:` says nothing to these systems: on the same test images they come to the same",
      hint: "leave it out"), on: "repeats")
}

/// Whether its networks can learn from angiograms without masks.
private func judgesPixels(_ segmenter: any Segmenter) -> Bool {
  segmenter.architectures(at: SystemScale()).contains { $0.judgesPixels }
}

private func reportNothingToResume(_ call: inout CheckedCall) {
  let parameter = TrainingParameters.resumeName
  guard let comparison = call.object(parameter, as: ComparisonValue.self), comparison.state == nil else { return }
  call.report(
    Failure(
      "nothing-to-resume", "this comparison was not interrupted, so there is nothing to go on with",
      hint: "leave `\(parameter):` out to compare anew"), on: parameter)
}

extension Arguments {
  /// The names that `average:` has.
  var averaged: [String] { summands("average") }

  /// What stands between the + of a text, or of the texts of a list; nothing where there is none.
  fileprivate func summands(_ name: String) -> [String] {
    let sums =
      switch self[name] {
      case .text(let text): [text]
      case .list: texts(name)
      default: [String]()
      }
    return sums.flatMap { $0.split(separator: "+", omittingEmptySubsequences: false).map(\.trimmingSpaces) }
  }
}
