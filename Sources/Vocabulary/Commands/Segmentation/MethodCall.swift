import Angiography
import Language
import Methods

/// A classical method with its parameters, and the angiograms that it is to be applied to: what `segment` and `stages` are
/// asked for.
struct MethodCall {
  /// As `Angiograms` takes them.
  let data: Value
  let method: any TunableSegmenter
  /// In the order of the method's parameters.
  let values: [Double]
  /// What a method learns from that does.
  let trainedOn: Dataset?

  /// Whether somebody has chosen the method.
  let isNamed: Bool

  /// Whether it is asked for what has learnt already and comes with the program.
  var isShipped: Bool { method is StackedSegmenter && trainedOn == nil }

  /// `nil` as long as not all of it is known, or something is wrong with it, which is reported.
  init?(_ call: inout CheckedCall) {
    guard let method = MethodOptions.chosen(call) else { return nil }
    let values = MethodOptions.values(of: method, &call)
    Self.reportTraining(of: method, &call)
    guard let values, let arguments = call.completeArguments else { return nil }
    (data, self.method, self.values) = (arguments["data"], method, values)
    isNamed = !arguments.isNone("method")
    trainedOn = arguments.object("trained-on", as: DatasetValue.self)?.dataset
  }

  /// Reports a method that learns without anything to learn from, and training for one that learns nothing.
  private static func reportTraining(of method: any TunableSegmenter, _ call: inout CheckedCall) {
    guard let isWithout = call.isNone("trained-on") else { return }
    if method is StackedSegmenter, isWithout {
      // One that has learnt comes with the program.
      for parameter in method.parameters
      where call.isGiven(parameter.name) && call.isNone(parameter.name) == false {
        call.report(
          Failure(
            "idle-option", "`\(parameter.name):` says nothing to the model that comes with the program",
            hint:
              "give it `trained-on:` angiograms with masks, or leave it out; what is done with the maps of networks says `ensemble`"
          ),
          on: parameter.name)
      }
    } else if method.learnsFromMasks, isWithout {
      call.report(
        Failure(
          "needs-training", "`\(method.name)` learns from masks", hint: "give it `trained-on:` angiograms with masks"),
        on: "method")
    }
    if !method.learnsFromMasks, !isWithout {
      call.report(
        Failure(
          "contradiction", "`\(method.name)` learns nothing from `trained-on:`", hint: "leave it out, or `tune` it"),
        on: "trained-on")
    }
    if method.learnsFromMasks, let data: DatasetFacts = call.facts("trained-on"), data.masks == .some(.none) {
      call.report(MethodError.nothingToTuneOn, on: "trained-on")
    }
  }
}
