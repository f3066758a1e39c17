/// How a run ends, as the process tells its caller.
public enum ExitStatus: Int32, Sendable {
  case success = 0
  /// A replay differs from its record.
  case different = 1
  /// A mistake was found by checking; nothing ran.
  case refused = 2
  /// A cell failed while it ran.
  case failed = 3
  /// A cell ran out of time, or the user stopped the run.
  case stopped = 4
}
