import Angiography
import Language
import Networks
import Tensors

/// One training: on which data, with which random numbers, told to whom.
struct TrainingJob {
  let dataset: Dataset
  let batch: Int
  let stream: RandomStream
  let host: any Host
  /// Before the epochs in progress lines; empty for none.
  var label = ""

  /// - Parameters:
  ///   - held: angiograms with masks on which the DSC is measured after every epoch.
  ///   - file: the file that keeps the state after every epoch, as the program names it; nil keeps none.
  ///   - start: where to go on from.
  ///   - stopped: the network that was stopped there, where it is at hand.
  func train(
    _ generator: Model, against discriminator: Model?, validatedOn held: Dataset?, options: TrainingOptions,
    keptAt file: String? = nil, from start: Checkpoint? = nil, stopped: NetworkValue? = nil
  ) throws -> TrainingResult {
    let batches = try TrainingBatches(dataset, batch: batch, stream: stream.substream("batches"))
    var validation = held
    validation?.features = dataset.features
    let subject = subject(
      generator, discriminator, decidedOn: options.isDecidedByValidation ? validation : nil, from: start, stopped)
    var checkpoints = Checkpoints(subject: subject, stream: stream.identity, start: start, keep: nil)
    if let file {
      checkpoints.keep = { [host] state in
        // Asked for each time: a command that was abandoned meanwhile may write no more.
        try host.keep(state.encoded(engineVersion: engineVersion), as: file)
      }
    }
    if let start {
      try start.check(
        subject: subject, options: options, networks: [generator] + (discriminator.map { [$0] } ?? []))
      let place = start.stepsBegun > 0 ? "in epoch \(start.history.count + 1)" : "after epoch \(start.history.count)"
      host.emit(.text((label.isEmpty ? "" : "\(label): ") + "\(TrainingParameters.goingOn)\(place)"))
    }
    let clock = TrainingClock(label: label)
    return try Networks.train(
      generator, against: discriminator, on: batches, validate: validation.map(Prediction.validation),
      options: options, checkpoints: checkpoints, report: { [host] in host.report(clock.progress($0)) },
      isCancelled: { [host] in host.isCancelled }, pausedSeconds: { [host] in host.pausedSeconds })
  }
}

extension TrainingOptions {
  /// Whether the DSC on images put aside decides which weights are kept, or when training ends.
  var isDecidedByValidation: Bool { keep == .best || patience > 0 }
}
