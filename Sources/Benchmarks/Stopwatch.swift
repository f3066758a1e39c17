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
  return (seconds(usage.ru_utime) + seconds(usage.ru_stime), peakMebibytes() ?? Double(usage.ru_maxrss) / 1024)
}

/// Linux's own account of this program: `ru_maxrss` starts from the memory of the process that started it.
private func peakMebibytes() -> Double? {
  // Not by `readFile`: the files of /proc claim to have no bytes.
  let status = open("/proc/self/status", O_RDONLY)
  guard status >= 0 else { return nil }
  defer { close(status) }
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = read(status, &bytes, bytes.count)
  guard count > 0 else { return nil }
  let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
  guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
  return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }.map { $0 / 1024 }
}
