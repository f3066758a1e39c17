import Angiography
import Base
import Imaging
import Language

/// What one method has marked, or each of a comparison, to be judged by masks: of `lesion-metrics` and `error-kinds`.
struct JudgedMethods {
  private let found: [PredictionsValue]
  /// Whether it is a comparison, whose tables have a row a method; else they have a row an image.
  let isComparison: Bool
  private let data: DatasetValue?
  private let threshold: Double

  static let parameters = [
    JudgedMaps.parameter,
    .argument(
      "data", .optional(.object(DatasetValue.typeName)), default: Value.none,
      "angiograms whose masks are the truth; left out, those that were predicted"),
    .option(
      "threshold", .number(.one, .within(0...1)), default: .number(PredictionsValue.threshold),
      "where a probability is a mark"),
  ]

  /// Reports what can't be judged; `nil` as long as something isn't known.
  ///
  /// - Throws: `comparison-interrupted`.
  static func planned(_ call: inout CheckedCall) throws -> JudgedMethods? {
    let isComparison = call["x"].kind == .object(ComparisonValue.typeName)
    if isComparison {
      if call.isNone("data") == false {
        call.report(
          Failure(
            "idle-option", "`data` says nothing to a comparison: each of its images has a mask", hint: "leave it out"),
          on: "data")
      }
    } else {
      call.reportUnmarkedTruth(of: "x")
    }
    guard let arguments = call.completeArguments else { return nil }
    let comparison = call.object("x", as: ComparisonValue.self)
    guard
      let found = try comparison?.ranked.map(\.predictions) ?? call.object("x", as: PredictionsValue.self).map({ [$0] })
    else { return nil }
    return JudgedMethods(
      found: found, isComparison: isComparison, data: arguments.object("data"),
      threshold: arguments.number("threshold"))
  }

  /// What a method has marked, each mask with the angiogram whose own mask is the truth.
  struct Marked {
    let method: String
    let masks: [Mask]
    let samples: [Sample]
  }

  /// - Throws: `sample-missing`, `mask-size-differs`.
  func marked() throws -> [Marked] {
    try found.map { found in
      Marked(method: found.method, masks: found.masks(atLeast: threshold), samples: try found.truth(in: data))
    }
  }
}

/// A share in per cent, without digits that only its product has.
func percentText(_ share: Double) -> String { numberText((1e4 * share).rounded() / 100) }

extension PredictionsValue {
  /// The samples to measure against: those predicted, or the ones of the same names in another dataset.
  ///
  /// - Throws: `sample-missing`, `mask-size-differs`.
  func truth(in data: DatasetValue?) throws -> [Sample] {
    guard let data else { return samples }
    let byName = Dictionary(data.dataset.samples.map { ($0.name, $0) }) { first, _ in first }
    return try samples.map { sample in
      guard let truth = byName[sample.name] else {
        throw Failure("sample-missing", "“\(sample.name)” was predicted, but \(data.summary) has no image of that name")
      }
      guard truth.image.width == sample.image.width, truth.image.height == sample.image.height else {
        throw Failure(
          "mask-size-differs",
          "“\(sample.name)” was predicted at \(sample.image.width)×\(sample.image.height), the truth is "
            + "\(truth.image.width)×\(truth.image.height)")
      }
      return truth
    }
  }
}

extension CheckedCall {
  /// Reports that there is no truth to measure predictions by: neither in `data`, nor, where that is left out, in their own.
  mutating func reportUnmarkedTruth(of predictions: String) {
    guard let isOwn = isNone("data") else { return }
    if isOwn { return reportUnmarkedPredictions(predictions) }
    // Those that were predicted may be some of the others.
    if (facts("data") as DatasetFacts?)?.masks == .some(.none) { reportUnmarked("data") }
  }
}
