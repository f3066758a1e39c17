import Angiography
import Imaging
import Language
import Networks
import Tensors

/// One training: on which data, with which random numbers, told to whom.
struct TrainingJob {
  let dataset: Dataset
  let batch: Int
  let stream: RandomStream
  let host: any Host
  /// What a state is said to be drawn from: `stream`, or the one that it came from.
  var origin: RandomStream.Identity?
  /// Before the epochs in progress lines; empty for none.
  var label = ""
  /// Whether a network that is stopped is handed over, to predict with.
  var handsOver = true

  /// - Parameters:
  ///   - held: angiograms with masks on which the DSC is measured after every epoch.
  ///   - file: where the state is kept; nil keeps none.
  ///   - start: where to go on from.
  ///   - stopped: the network that was stopped there, where it is at hand.
  func train(
    _ generator: Model, against discriminator: Model?, validatedOn held: Dataset?, options: TrainingOptions,
    keptIn file: StateFile? = nil, from start: Checkpoint? = nil, stopped: NetworkValue? = nil
  ) throws -> TrainingResult {
    let batches = try TrainingBatches(dataset, batch: batch, stream: stream.substream("batches"))
    var validation = held
    validation?.features = dataset.features
    let networks = [generator] + (discriminator.map { [$0] } ?? [])
    let subject = subject(
      generator, discriminator, decidedOn: options.isDecidedByValidation ? validation : nil, from: start, stopped)
    var start = start
    try start?.check(subject: subject, options: options, networks: networks)
    let file = file?.file(of: subject)
    if start == nil, case .automatic(let name)? = file {
      start = Checkpoint(automatic: name, of: subject, options, networks: networks, host: host)
    }
    if let start { sayWhere(start, file) }
    let keeper = try file.map { try StateKeeper($0, of: subject, options, from: start, host: host) }
    let clock = TrainingClock(label: label)
    return try Networks.train(
      generator, against: discriminator, on: batches, validate: validation.map(Prediction.validation),
      options: options,
      checkpoints: Checkpoints(
        subject: subject, stream: origin ?? stream.identity, start: start, keep: keeper.map { $0.keep }),
      report: { [host] in host.report(clock.progress($0)) }, watch: watch(clock))
  }

  private func watch(_ clock: TrainingClock) -> TrainingWatch {
    TrainingWatch(
      isCancelled: { [host] in host.isCancelled },
      isHurried: { [host, handsOver] in handsOver ? host.isHurried : host.isCancelled },
      reportStatistics: { [host] in host.report(clock.progress(ofStatistics: $0, of: $1)) },
      pausedSeconds: { [host] in host.pausedSeconds })
  }

  /// Says where a training goes on: as output where the program asked for that.
  private func sayWhere(_ start: Checkpoint, _ file: StateFile?) {
    let place = start.stepsBegun > 0 ? "in epoch \(start.history.count + 1)" : "after epoch \(start.history.count)"
    let line = (label.isEmpty ? "" : "\(label): ") + "going on \(place)"
    let isAsked = if case .named? = file { true } else { file == nil && handsOver }
    if isAsked { host.emit(.resumption(line)) } else { host.remark(line) }
  }
}

extension TrainingOptions {
  /// Whether the DSC on images put aside decides which weights are kept, or when training ends.
  var isDecidedByValidation: Bool { keep == .best || patience > 0 }
}
