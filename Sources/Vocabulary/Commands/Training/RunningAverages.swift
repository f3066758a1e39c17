import Base
import Networks

extension NetworkValue {
  /// That its running averages still hold much of what they began with; `nil` where they have forgotten that.
  var noteOnRunningAverages: String? {
    let steps = history.reduce(0) { $0 + $1.steps }
    let share = model.initialShare(ofRunningAveragesAfter: steps)
    guard share > 0.05 else { return nil }
    let momentum = Model.momentum(forgettingWithin: steps).map { ", or train with `bn-momentum: \($0)`" } ?? ""
    let percent = formatted(100 * share, decimals: 0)
    return "batch norm predicts with running averages that are to \(percent) % what they began with: \(steps) steps "
      + "are few for a momentum of \(decimal(model.batchNormMomentum)); `statistics: population` measures them"
      + momentum
  }
}
