import Angiography
import Language

// What is wrong with angiograms that an argument is, or with those that were predicted: said of them by name where they
// are at hand.
extension CheckedCall {
  /// Reports that masks are missing.
  mutating func reportUnmarked(_ parameter: String) {
    let unmarked = samples(parameter).filter { $0.mask == nil }
    report(DatasetError([.withoutMask(names: unmarked.map(\.name))]), on: parameter)
  }

  /// Reports that some of them belong to no case where they are to be told apart by that.
  ///
  /// - Returns: whether it is so.
  mutating func reportCaseless(_ parameter: String, by unit: SplitUnit) -> Bool {
    let data: DatasetFacts? = facts(parameter)
    guard unit == .byCase, data?.hasCases == false else { return false }
    let caseless = samples(parameter).filter { $0.facts.caseName == nil }
    report(DatasetError([.withoutCase(names: caseless.map(\.name))]), on: parameter)
    return true
  }

  private func samples(_ parameter: String) -> [Sample] {
    object(parameter, as: DatasetValue.self)?.dataset.samples
      ?? object(parameter, as: PredictionsValue.self)?.samples ?? []
  }
}
