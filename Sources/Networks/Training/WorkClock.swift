/// Counts the seconds that a training works, lap by lap.
struct WorkClock {
  /// Seconds that the program was stopped so far.
  private let paused: () -> Double
  private var lapStart: ContinuousClock.Instant
  private var pausedBefore: Double

  init(paused: @escaping () -> Double) {
    self.paused = paused
    (lapStart, pausedBefore) = (.now, paused())
  }

  /// The seconds worked since the last call, or since the clock was made.
  mutating func lap() -> Double {
    let (now, pausedNow) = (ContinuousClock.now, paused())
    defer { (lapStart, pausedBefore) = (now, pausedNow) }
    return max(0, lapStart.duration(to: now) / .seconds(1) - (pausedNow - pausedBefore))
  }
}
