import Methods
import Networks

/// Nobody looks on, and nobody stops it.
struct Silence: Surroundings {
  func report(_ progress: FittingProgress) {}
  func tell(_ news: TrainingNews) {}
  var isCancelled: Bool { false }
  var isHurried: Bool { false }
  var pausedSeconds: Double { 0 }
  func keep(_ state: Checkpoint, as name: String) {}
  func kept(_ name: String) -> [UInt8]? { nil }
}
