import Base
import Glibc

/// What one repetition took.
public struct Measurement: Sendable, Equatable {
  public var seconds: Double
  /// Of all threads, user and system.
  public var processorSeconds: Double
  /// The most memory the process has held so far, in MiB.
  public var peakMebibytes: Double
}

/// Times `work`, which it runs once.
func measured<Failure: Error>(_ work: () throws(Failure) -> Void) throws(Failure) -> Measurement {
  let before = usage().processorSeconds
  let start = ContinuousClock.now
  try work()
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let after = usage()
  return Measurement(
    seconds: seconds, processorSeconds: after.processorSeconds - before, peakMebibytes: after.peakMebibytes)
}

private func usage() -> (processorSeconds: Double, peakMebibytes: Double) {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return (seconds(usage.ru_utime) + seconds(usage.ru_stime), peakMemoryInMebibytes() ?? Double(usage.ru_maxrss) / 1024)
}
