import Angiography
import Language
import Methods
import Networks

/// What checking finds in calls of `compare`.
enum ComparingChecks {
  static let compare: Command.Check = { call in
    call.trial(["systems", "baseline"], on: call.isGiven("systems") ? "systems" : "baseline") {
      _ = try ComparisonRun.segmenters($0)
    }
    call.trial(["hold-out", "ensemble"], on: "hold-out") { _ = try ComparisonRun.holdOut($0) }
    let data: DatasetFacts = call.facts("data") ?? DatasetFacts()
    let isCrossValidated = call.isNone("test") == true
    if isCrossValidated { reportFolds(of: data, &call) }
    let test: DatasetFacts? = call.facts("test")
    if let masks = isCrossValidated ? data.masks : test?.masks, masks != .all {
      call.report(DatasetError([.withoutMask(names: [])]), on: isCrossValidated ? "data" : "test")
    }
    reportSizes(of: data, &call)
    return nil
  }

  private static func reportFolds(of data: DatasetFacts, _ call: inout CheckedCall) {
    guard let folds = call.integer("folds"), let unit = data.unit(call.text("by")),
      let available = data.unitCount(unit)
    else { return }
    do throws(DatasetError) { try checkFolds(folds, of: available, by: unit) } catch {
      call.report(error, on: call.isGiven("folds") ? "folds" : "data")
    }
  }

  /// Every segmenter's networks against the images they would train on.
  private static func reportSizes(of data: DatasetFacts, _ call: inout CheckedCall) {
    guard call["systems"].constant != nil, let frame = data.frames?.first, data.frames?.count == 1,
      let features = data.features,
      let chosen = try? ComparisonRun.segmenters(call.argumentsOrDefaults().arguments)
    else { return }
    let scale = SystemScale(imageChannels: features.count, side: min(frame.width, frame.height))
    var reported: Set<NetworkError> = []
    for architecture in chosen.segmenters.flatMap({ $0.architectures(at: scale) }) {
      let facts = NetworkFacts(untrained: architecture)
      if let error = facts.misfit(frame, channels: nil), reported.insert(error).inserted {
        call.report(error, on: "data")
      }
    }
  }
}
