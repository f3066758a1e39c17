import Angiography
import Language
import Networks

/// One call that trains, as far as it is known: what it learns from, and the networks that it starts with.
struct CheckedTraining {
  let data: DatasetFacts
  /// The data, where they are at hand.
  let dataset: Dataset?
  /// Whether it trains for epochs, with all the options that this has.
  let isWhole: Bool

  /// Reports what is wrong with data and options.
  ///
  /// - Parameter isWhole: whether it trains for epochs, with all the options that this has.
  init(_ call: inout CheckedCall, isWhole: Bool = true) {
    data = call.facts("data") ?? DatasetFacts()
    dataset = call.object("data", as: DatasetValue.self)?.dataset
    self.isWhole = isWhole
    if data.masks == .some(.none) { call.reportUnmarked("data") }
    if let frames = data.frames, frames.count > 1, data.masks == .all {
      let sizes = frames.map { "\($0.width)×\($0.height)" }.sorted()
      call.report(DatasetError([.mixedSizes(sizes)]), on: "data")
    }
    guard isWhole else { return }
    reportValidation(&call)
    reportResumption(&call)
  }

  /// How many images are learnt from, those with a mask, where that is known.
  var learntCount: Int? { dataset?.samples.count { $0.mask != nil } ?? (data.masks == .all ? data.count : nil) }

  private func reportValidation(_ call: inout CheckedCall) {
    if let held: DatasetFacts = call.facts("validation"), held.masks == .some(.none) || held.masks == .some(.some) {
      call.reportUnmarked("validation")
    }
    guard call.isNone("validation") == true else { return }
    if call.text("keep") == KeptWeights.best.rawValue { call.report(TrainingError.nothingToKeepBestBy, on: "keep") }
    if let patience = call.integer("patience"), patience > 0 {
      call.report(TrainingError.nothingToWaitFor, on: "patience")
    }
  }

  private func reportResumption(_ call: inout CheckedCall) {
    let parameter = TrainingParameters.resumeName
    if call.truth(parameter) == true, call.isNone("checkpoint") == true {
      let words = "`resume: true` needs `checkpoint:`, the file to go on from"
      call.report(Failure("nothing-to-resume", words), on: parameter)
    }
    if let network = call.object(parameter, as: NetworkValue.self), network.checkpoint == nil {
      call.report(
        Failure(
          "nothing-to-resume", "this network was not interrupted, so there is nothing to go on with",
          hint: "`from:` trains a finished network further, with a new optimiser"), on: parameter)
    }
  }

  /// What is known of the network that comes out.
  func trained(_ start: StartingNetwork, beside partner: NetworkFacts.Partner) -> NetworkFacts {
    var network = start.facts
    network.partner = partner
    network.isTrained = true
    network.hasHistory = true
    network.features = data.features
    network.imageSide = data.square
    return network
  }

  /// What is to be done; `nil` as long as something of the call isn't known.
  ///
  /// - Parameters:
  ///   - networks: gives those to train.
  ///   - options: what the arguments say of the training.
  func plan(
    _ networks: @escaping TrainingPlan.Source, _ options: (Arguments) -> TrainingOptions, _ call: CheckedCall
  ) -> TrainingPlan? {
    guard let dataset, let arguments = call.completeArguments else { return nil }
    return TrainingPlan(dataset, networks, options(arguments), arguments)
  }
}

extension CheckedTraining {
  /// Of what is gone on with.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "nothing-to-resume", "a training to go on with, and no file to go on from",
      .program("train-net (phantom 2 size: 64) resume: true"))
  ]
}
