import Base
import Language
import Networks

/// The file that keeps the state of a training, as the program or the host names it.
enum StateFile {
  /// Of the option `checkpoint:`.
  case named(String)
  /// Of the host, so that a run that is stopped loses nothing though nobody asked for it.
  case automatic(String)

  /// The file of one training: of the host's, trainings of other data, networks or seeds, as the same cell has with other
  /// params, have one each.
  func file(of subject: TrainingSubject) -> StateFile {
    if case .automatic(let stem) = self { .automatic("\(stem)-\(subject.digest).checkpoint") } else { self }
  }
}

/// Writes the states of one training to its file.
final class StateKeeper {
  private let file: StateFile
  private let host: any Host
  /// What the file holds of this very training: not replaced by less.
  private var kept: CheckpointOutline?
  private var hasFailed = false
  private var lastKept = ContinuousClock.now
  /// Of the last writing, in seconds.
  private var cost = 0.0

  /// - Parameters:
  ///   - start: the state that the training goes on from; nil for one that begins.
  /// - Throws: `checkpoint-longer` where the file of `checkpoint:` holds a training that has come further than this one will;
  ///   `not-a-checkpoint` and what else is wrong with a file that is there and that nobody asked to go on from.
  init(
    _ file: StateFile, of subject: TrainingSubject, _ options: TrainingOptions, from start: Checkpoint?, host: any Host
  ) throws {
    self.file = file
    self.host = host
    guard case .named(let name) = file, start == nil else { return }
    guard let found = try CheckpointOutline(keptBy: host, at: name) else { return }
    guard found.epochs <= options.epochs else {
      throw TrainingError.checkpointLonger(file: name, done: found.epochs, epochs: options.epochs)
    }
    if found.isOf(subject, options) { kept = found }
  }

  func keep(_ state: Checkpoint, _ occasion: Checkpoints.Occasion) throws {
    switch file {
    case .named(let name):
      if let kept, !kept.isPassed(by: state) { return }
      kept = nil
      try write(state, name)
    case .automatic(let name):
      guard !hasFailed, isDue(occasion) else { return }
      // Nobody asked for it, so nothing fails for want of it.
      do { try write(state, name) } catch {
        hasFailed = true
        host.remark(
          "note: the state of this training is not kept: \((error as? any CodedError)?.message ?? "\(error)")")
      }
    }
  }

  /// Whether what would be lost is worth a writing: all of it where the training is stopped, else so much that writing takes
  /// no more than a twentieth of the time.
  private func isDue(_ occasion: Checkpoints.Occasion) -> Bool {
    let seconds = (ContinuousClock.now - lastKept) / .seconds(1)
    return switch occasion {
    case .stop: true
    case .end: seconds > max(0.2, cost)
    case .epoch: seconds > max(2, 20 * cost)
    }
  }

  private func write(_ state: Checkpoint, _ name: String) throws {
    let start = ContinuousClock.now
    // Asked for each time: a command that was abandoned meanwhile may write no more.
    try host.keep(state.encoded(engineVersion: engineVersion), as: name)
    lastKept = .now
    cost = (lastKept - start) / .seconds(1)
  }
}

extension CheckpointOutline {
  /// Of the state that a file of the host keeps; nil where there is none.
  init?(keptBy host: any Host, at path: String) throws {
    guard let bytes = try host.kept(path, limit: SavedNetwork.largestFile) else { return nil }
    try self.init(decoding: bytes, at: path)
  }
}

extension Checkpoint {
  /// The state that a file of the host keeps; nil where there is none yet.
  init?(keptBy host: any Host, at path: String) throws {
    guard let bytes = try host.kept(path, limit: SavedNetwork.largestFile) else { return nil }
    try self.init(decoding: bytes, at: path)
  }

  /// What an earlier run has kept of this training without being asked; nil where there is nothing that fits.
  init?(
    automatic name: String, of subject: TrainingSubject, _ options: TrainingOptions, networks: [Model], host: any Host
  ) {
    guard let bytes = try? host.kept(name, limit: SavedNetwork.largestFile) else { return nil }
    do {
      try self.init(decoding: bytes, at: name)
      try check(subject: subject, options: options, networks: networks)
    } catch {
      let reason = (error as? any CodedError)?.message ?? "\(error)"
      host.remark("note: what an earlier run has kept does not fit, so this training begins anew: \(reason)")
      return nil
    }
  }
}
