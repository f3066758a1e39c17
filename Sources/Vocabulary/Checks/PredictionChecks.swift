import Angiography
import Language
import Networks

/// What checking finds in calls of `predict threshold dark-threshold metrics areas` and of what draws predictions.
enum PredictionChecks {
  static let predict: Command.Check = { call in
    let network: NetworkFacts = call.facts("network") ?? NetworkFacts()
    var data = Angiograms.facts("data", of: &call)
    if call.isNone("size") != true {
      data.frames = call.integer("size").map { [ImageSize(width: $0, height: $0)] }
    } else if call["data"].kind != .object(DatasetValue.typeName), network.isTrained != false {
      // What it was trained at, where that is known.
      data.frames = network.imageSide.map { [ImageSize(width: $0, height: $0)] }
    }
    if let architecture = network.architecture, !architecture.isGenerator {
      call.report(NetworkError.notAGenerator(network: architecture.name), on: "network")
      return nil
    }
    if network.isTrained == false {
      call.report(.untrained("this network has not been trained: what it predicts is noise", on: "network"))
    }
    // A trained network sees what it learnt to see.
    let seen = network.features.flatMap { $0.isEmpty ? data.features : $0 }
    for frame in (data.frames ?? []).sorted(by: { ($0.width, $0.height) < ($1.width, $1.height) }) {
      guard let error = network.misfit(frame, channels: seen?.count) else { continue }
      call.report(error, on: "data")
      return nil
    }
    return .predictions(PredictionsFacts(count: data.count, masks: data.masks))
  }

  static let threshold: Command.Check = { call in
    if let found: PredictionsFacts = call.facts("x") { return .predictions(found) }
    return call["x"].kind == .object(ImageValue.typeName) ? Known(.object(MaskValue.typeName)) : nil
  }

  static let darkThreshold: Command.Check = { call in
    let data = Angiograms.facts("data", of: &call)
    if call.isNone("level") == true, let isOwn = call.isNone("tuned-on") {
      let tuned: DatasetFacts? = isOwn ? data : call.facts("tuned-on")
      if tuned?.masks == .some(.none) { call.report(Prediction.nothingToTuneOn, on: isOwn ? "data" : "tuned-on") }
    }
    return .predictions(PredictionsFacts(count: data.count, masks: data.masks))
  }

  /// `metrics`: of the predictions' own angiograms, or of others.
  static let metrics: Command.Check = { call in
    guard let isOwn = call.isNone("data") else { return nil }
    let masks =
      isOwn ? (call.facts("predictions") as PredictionsFacts?)?.masks : (call.facts("data") as DatasetFacts?)?.masks
    // Those that were predicted may be some of the others.
    if masks == .some(.none) || (isOwn && masks == .some(.some)) {
      call.report(DatasetError([.withoutMask(names: [])]), on: isOwn ? "predictions" : "data")
    }
    return nil
  }

  /// Of what needs a mask of every angiogram in the predictions that an argument is.
  static func measured(_ parameter: String) -> Command.Check {
    { call in
      let masks = (call.facts(parameter) as PredictionsFacts?)?.masks
      if masks == .some(.none) || masks == .some(.some) {
        call.report(DatasetError([.withoutMask(names: [])]), on: parameter)
      }
      return nil
    }
  }
}
