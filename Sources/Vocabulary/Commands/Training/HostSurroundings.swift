import Base
import Language
import Methods
import Networks

/// The host of a program, as training sees it.
struct HostSurroundings: Surroundings {
  let host: any Host

  func report(_ progress: FittingProgress) {
    host.report(
      Progress(
        progress.label, done: progress.done, of: progress.total, readings: progress.readings,
        secondsLeft: progress.secondsLeft, isMilestone: progress.isMilestone))
  }

  func tell(_ news: TrainingNews) {
    switch news {
    case .goingOn(let label, let epochs, let isWithinEpoch, let isAsked):
      let place = isWithinEpoch ? "in epoch \(epochs + 1)" : "after epoch \(epochs)"
      let line = (label.isEmpty ? "" : "\(label): ") + "going on \(place)"
      // As output where the program asked for that.
      if isAsked { host.emit(.resumption(line)) } else { host.remark(line) }
    case .forecast(let label, let seconds, let steps, let isMeasured):
      let name = label.isEmpty ? "" : "\(label): "
      let count = "\(steps) step\(steps == 1 ? "" : "s")"
      host.remark(
        isMeasured
          ? "\(name)\(duration(seconds)) left for \(count), by the first ones"
          : "\(name)about \(duration(seconds)) for \(count), by this machine's speed")
    case .sharing(let label, let ranks, let all, let bytes):
      let name = label.isEmpty ? "" : "\(label): "
      let who = ranks == all ? "\(ranks) ranks" : "\(ranks) of \(all) ranks, as many as a batch has images,"
      host.remark(
        "\(name)\(who) share every batch; a step sends \(fixedPoint(Double(bytes) / 1_048_576, decimals: 1)) MiB from each"
      )
    case .stateNotKept(let error):
      host.remark("note: the state of this training is not kept: \(reason(error))")
    case .stateDoesNotFit(let error):
      host.remark("note: what an earlier run has kept does not fit, so this training begins anew: \(reason(error))")
    }
  }

  private func reason(_ error: any Error) -> String { (error as? any CodedError)?.message ?? "\(error)" }

  var isCancelled: Bool { host.isCancelled }
  var isHurried: Bool { host.isHurried }
  var pausedSeconds: Double { host.pausedSeconds }

  func keep(_ state: Checkpoint, as name: String) throws {
    let ranks = Ranks.current
    // Where all ranks are at one training, the first keeps it.
    guard ranks.isFirst || ranks.isSharing else { return }
    try host.keep(state.encoded(engineVersion: engineVersion), as: name)
  }

  func kept(_ name: String) throws -> [UInt8]? { try host.kept(name, limit: SavedNetwork.largestFile) }
}
