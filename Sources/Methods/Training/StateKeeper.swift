import Networks

/// Writes the states of one training to its file.
final class StateKeeper {
  private let file: StateFile
  private let surroundings: any Surroundings
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
    _ file: StateFile, of subject: TrainingSubject, _ options: TrainingOptions, from start: Checkpoint?,
    _ surroundings: any Surroundings
  ) throws {
    self.file = file
    self.surroundings = surroundings
    guard case .named(let name) = file, start == nil else { return }
    guard let found = try CheckpointOutline(keptBy: surroundings, at: name) else { return }
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
        surroundings.tell(.stateNotKept(error))
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
    try surroundings.keep(state, as: name)
    lastKept = .now
    cost = (lastKept - start) / .seconds(1)
  }
}
