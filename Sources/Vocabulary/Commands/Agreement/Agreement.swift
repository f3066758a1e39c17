import Angiography
import Imaging
import Language
import Methods

extension Command {
  static let agreement = Command(
    "agreement", "how far graders, or methods, agree on the same angiograms",
    [
      .argument(
        "a", .either([gradings, .list(of: gradings)]),
        "a dataset with masks, predictions, or a list of two or more of these"),
      .argument("b", .optional(gradings), default: Value.none, "the other ones, where `a` is no list"),
      .option(
        "grid", .optional(.choice(RetinalGrid.Form.allCases.map(\.rawValue))), default: Value.none,
        "also in each cell of this grid around the fovea (`.cells`), as `grid` has it"),
    ],
    result: .object(AgreementValue.typeName),
    help: Help(
      "Angiograms are matched by name, and every one must be in all. Pixels count that lie in the field of view and that "
        + "everyone has graded; predictions mark at 0.5. Areas are in mm² where every angiogram has a scale, else in % of these "
        + "pixels. A consensus of two is a weak one: STAPLE needs three to tell who is right.",
      examples: [
        "eyes = phantom 4 size: 64", "g = agreement eyes (dark-threshold eyes)", "show g.figure",
        "three = agreement [eyes, dark-threshold eyes, segment eyes method: valleys]",
        "print three.raters", "metrics three.consensus eyes",
        "print (agreement eyes (dark-threshold eyes) grid: etdrs).cells",
      ],
      method:
        "κ: Cohen 1960, of several graders the mean over pairs (Light 1971). ICC(2,1), absolute agreement: McGraw & Wong "
        + "1996. Limits of agreement: Bland & Altman 1986, their intervals exact (Carkeet 2015). Consensus: STAPLE (Warfield "
        + "et al. 2004), one sensitivity and specificity a grader over all angiograms. Interval of the mean DSC: BCa "
        + "bootstrap over patients."),
    codes: [
      CodeEntry(
        "graders-out-of-range", "agreement of one grader alone, or of more than \(Votes.mostRaters)",
        .program("agreement (phantom 2 size: 64)")),
      CodeEntry(
        "images-differ", "graders who have not graded the same angiograms",
        .program("agreement (phantom 2 size: 64) (dark-threshold (phantom 3 size: 64))")),
      CodeEntry(
        "too-few-images", "a measure over angiograms where there are too few of them",
        .program("eyes = phantom 1 size: 64\n(agreement eyes (dark-threshold eyes)).icc")),
      CodeEntry(
        "no-grid", "agreement in the cells of a grid that wasn't asked for",
        .program("eyes = phantom 2 size: 64\n(agreement eyes (dark-threshold eyes)).cells")),
    ],
    plan: plan, run: run)
}

private let gradings = Accepts.either([.object(DatasetValue.typeName), .object(PredictionsValue.typeName)])

private struct Plan {
  let gradings: [GraderAgreement.Grading]
  let gridded: GriddedAgreement?
}

private func plan(_ call: inout CheckedCall) throws -> Planned<Plan> {
  for name in ["a", "b"] {
    if (call.facts(name) as DatasetFacts?).map({ $0.masks == .some(.none) || $0.masks == .some(.some) }) == true {
      call.reportUnmarked(name)
    }
  }
  let isList = if case .list = call["a"].kind { true } else { false }
  if isList, call.isNone("b") == false {
    call.report(
      Failure("contradiction", "`a` is a list of all graders", hint: "put the other one into the list"), on: "b")
  }
  let isSingle = if case .object = call["a"].kind { true } else { false }
  if isSingle, call.isNone("b") == true { throw mistake(graders: 1) }
  if let elements = call["a"].elements, isList { try requireCount(elements.count) }
  guard let a = call.value("a"), let b = call.value("b"), let grid = call.value("grid") else { return Planned(nil) }
  let values: [Value] = if case .list(let values) = a { values } else { [a, b] }
  let gradings = try matched(values.compactMap(Marks.init))
  let form: RetinalGrid.Form? = if case .text(let name) = grid { RetinalGrid.Form(rawValue: name) } else { nil }
  return Planned(Plan(gradings: gradings, gridded: try form.map { try gridded(gradings, RetinalGrid($0)) }))
}

/// Landmarks and scale are those of the first grading that has them.
///
/// - Throws: `unknown-fovea`, `unknown-scale`.
private func gridded(_ gradings: [GraderAgreement.Grading], _ grid: RetinalGrid) throws(Failure) -> GriddedAgreement {
  var places: [GriddedAgreement.Place] = []
  for (index, sample) in gradings[0].samples.enumerated() {
    let same = gradings.map { $0.samples[index] }
    guard let scale = same.lazy.compactMap(\.scale).first else { throw ClinicalOptions.unknownScale(of: sample) }
    guard let centre = same.lazy.compactMap(\.facts.landmarks.fovea).first else {
      throw ClinicalOptions.unknownPlace("fovea", of: sample)
    }
    places.append(
      GriddedAgreement.Place(
        centre: centre, scale: scale, nasalIsRight: same.lazy.compactMap(\.nasalIsRight).first))
  }
  return GriddedAgreement(gradings, grid: grid, places: places)
}

private func requireCount(_ count: Int) throws {
  guard (2...Votes.mostRaters).contains(count) else { throw mistake(graders: count) }
}

private func mistake(graders count: Int) -> Failure {
  Failure(
    "graders-out-of-range",
    "agreement is of 2 to \(Votes.mostRaters) graders; here \(count == 1 ? "is" : "are") \(count)",
    hint: "agreement a b, or agreement [a, b, c]")
}

/// What one of them marked, in the order of its own angiograms.
private struct Marks {
  let name: String
  let samples: [Sample]
  /// `nil` where an angiogram has no mask.
  let masks: [Mask?]

  init?(_ value: Value) {
    guard case .object(let object) = value else { return nil }
    if let found = object as? PredictionsValue {
      (name, samples, masks) = (found.method, found.samples, found.masks())
    } else if let data = object as? DatasetValue {
      samples = data.dataset.samples
      masks = samples.map(\.mask)
      let graders = Set(samples.map(\.facts.grader))
      name = (graders.count == 1 ? graders.first ?? nil : nil) ?? data.dataset.name
    } else {
      return nil
    }
  }
}

/// The gradings with their angiograms in the order of the first.
///
/// - Throws: `images-differ`, `mask-missing`, `mask-size-differs`.
private func matched(_ all: [Marks]) throws -> [GraderAgreement.Grading] {
  try requireCount(all.count)
  let twins = Dictionary(grouping: all.indices) { all[$0].name }
  let names = all.indices.map { place -> String in
    guard let same = twins[all[place].name], same.count > 1, let rank = same.firstIndex(of: place) else {
      return all[place].name
    }
    return "\(all[place].name) \(rank + 1)"
  }
  let order = all[0].samples
  guard !order.isEmpty else { throw Failure("no-images", "there is no angiogram to agree on") }
  return try zip(names, all).map { name, marks in
    let places = Dictionary(zip(marks.samples.map(\.name), marks.samples.indices)) { first, _ in first }
    let known = Set(order.map(\.name))
    if let extra = marks.samples.first(where: { !known.contains($0.name) }) {
      throw mistake(image: extra.name, of: name, isNotIn: names[0])
    }
    let found = try order.map { sample -> Int in
      guard let place = places[sample.name] else { throw mistake(image: sample.name, of: names[0], isNotIn: name) }
      let other = marks.samples[place].image
      guard other.width == sample.image.width, other.height == sample.image.height else {
        throw Failure(
          "mask-size-differs",
          "“\(sample.name)” is \(sample.image.width)×\(sample.image.height) in \(names[0]) and \(other.width)×\(other.height) "
            + "in \(name)")
      }
      return place
    }
    let unmarked = found.filter { marks.masks[$0] == nil }.map { marks.samples[$0].name }
    guard unmarked.isEmpty else { throw DatasetError([.withoutMask(names: unmarked)]) }
    return GraderAgreement.Grading(
      name: name, samples: found.map { marks.samples[$0] }, masks: found.compactMap { marks.masks[$0] })
  }
}

private func mistake(image: String, of grader: String, isNotIn other: String) -> Failure {
  Failure(
    "images-differ", "“\(image)” is in \(grader), but not in \(other)",
    hint: "give both the same angiograms, by name")
}

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  guard let agreement = GraderAgreement(plan.gradings) else { throw Failure.nothingGraded }
  return .object(AgreementValue(agreement, gridded: plan.gridded))
}
