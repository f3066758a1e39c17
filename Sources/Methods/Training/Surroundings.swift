import Networks

/// What training is surrounded by: whom it tells how far it has come, who may stop it, and what keeps its states.
package protocol Surroundings: Sendable {
  func report(_ progress: FittingProgress)
  func tell(_ news: TrainingNews)
  /// True once the user asked to stop; polled between steps.
  var isCancelled: Bool { get }
  /// True once the user asked again: then what would make the result better is left out too.
  var isHurried: Bool { get }
  /// How long the program was stopped so far: no part of what work took.
  var pausedSeconds: Double { get }
  /// Writes a state to a file that outlives the run, whole or not at all.
  func keep(_ state: Checkpoint, as name: String) throws
  /// What such a file holds; `nil` where there is none. Throws where it could not be kept either.
  func kept(_ name: String) throws -> [UInt8]?
}

/// How far a training has come.
package struct FittingProgress: Sendable {
  package let label: String
  /// From 0 to `total`.
  package let done: Int
  package let total: Int
  /// In order: losses, a validation DSC.
  package let readings: [(name: String, value: Double)]
  /// `nil` where it can't be told.
  package let secondsLeft: Double?
  /// Whether it is the end of an epoch.
  package let isMilestone: Bool

  init(
    _ label: String, done: Int, of total: Int, readings: [(name: String, value: Double)] = [],
    secondsLeft: Double? = nil, isMilestone: Bool = false
  ) {
    self.label = label
    self.done = done
    self.total = total
    self.readings = readings
    self.secondsLeft = secondsLeft
    self.isMilestone = isMilestone
  }
}

/// What happens to a training beside its progress.
package enum TrainingNews: Sendable {
  /// It goes on where it was stopped.
  ///
  /// - `label`: which training it is; empty for the only one.
  /// - `epochs`: whole ones that are done; `isWithinEpoch`: whether the next one has begun.
  /// - `isAsked`: whether the program asked for it.
  case goingOn(label: String, epochs: Int, isWithinEpoch: Bool, isAsked: Bool)
  /// How long it will take from here.
  ///
  /// - `steps`: those that are left.
  /// - `isMeasured`: whether it comes from steps that were timed; else it is a forecast, before the first.
  case forecast(label: String, seconds: Double, steps: Int, isMeasured: Bool)
  /// Several ranks share the images of every batch.
  ///
  /// - `ranks`: those that have images of their own; `of`: with those that repeat what others do.
  /// - `bytes`: that this one has sent to the others in the first step.
  case sharing(label: String, ranks: Int, of: Int, bytes: Int)
  /// A state that nobody asked to keep could not be kept.
  case stateNotKept(any Error)
  /// What an earlier run has kept is of no use, so the training begins anew.
  case stateDoesNotFit(any Error)
}
