import Angiography
import Language

/// What methods found in angiograms with masks, to be judged at every level: `roc` and `precision-recall` draw it.
struct JudgedMaps {
  /// The predictions of each method.
  private let methods: @Sendable () throws -> [(title: String, found: PredictionsValue)]

  /// Plans a command that takes `parameter`.
  static func plan(_ call: inout CheckedCall) -> Planned<JudgedMaps> {
    call.reportUnmarkedPredictions("x")
    if let comparison = call.object("x", as: ComparisonValue.self) {
      return Planned(JudgedMaps { try comparison.ranked.map { ($0.title, $0.predictions) } })
    }
    return Planned(call.object("x", as: PredictionsValue.self).map { found in JudgedMaps { [(found.method, found)] } })
  }

  /// As the commands take it.
  static let parameter = Parameter.argument(
    "x", .either([.object(ComparisonValue.typeName), .object(PredictionsValue.typeName)]),
    "a comparison, or the predictions of one method")

  /// Each method's curves, over all pixels inside the fields of view together.
  var curves: [(title: String, curve: OperatingCurves)] {
    get throws {
      try methods().map { title, found in (title, try OperatingCurves(maps: found.maps, samples: found.samples)) }
    }
  }
}

extension CheckedCall {
  /// Reports predictions of which some can't be judged, as their angiograms have no mask.
  mutating func reportUnmarkedPredictions(_ parameter: String) {
    let found: PredictionsFacts? = facts(parameter)
    if found?.masks == .some(.none) || found?.masks == .some(.some) { reportUnmarked(parameter) }
  }
}
