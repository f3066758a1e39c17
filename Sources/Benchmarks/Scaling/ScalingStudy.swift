import Base
import Networks

/// Time and peak memory of training steps and of predictions at growing sizes.
public struct ScalingStudy: Sendable {
  public struct Measurement: Sendable {
    public let row: ScalingRow
    let work: Work
    /// The fastest of the repetitions: what else the machine does only adds to the others.
    public let seconds: Double
    public let peakMebibytes: Double

    package init(row: ScalingRow, work: Work, seconds: Double, peakMebibytes: Double) {
      self.row = row
      self.work = work
      self.seconds = seconds
      self.peakMebibytes = peakMebibytes
    }
  }

  public let measurements: [Measurement]
  /// Rows that were not measured, and why not.
  public let leftOut: [(row: ScalingRow, reason: String)]

  package init(measurements: [Measurement], leftOut: [(row: ScalingRow, reason: String)] = []) {
    self.measurements = measurements
    self.leftOut = leftOut
  }

  /// Measures the rows of all series, the ones with less work first. A row is left out that its memory refuses, or that would
  /// take longer than what is left of the time.
  ///
  /// - Parameters:
  ///   - seconds: that all of it may take.
  ///   - tell: is given each measurement when it is there.
  public init(threads: Int, seconds budget: Double, tell: (Measurement) -> Void) throws(BenchmarkError) {
    let process = MeasuringProcess(threads: threads)
    let start = ContinuousClock.now
    var measurements: [Measurement] = []
    var leftOut: [(row: ScalingRow, reason: String)] = []
    for (row, work) in try Self.rowsByWork() {
      let left = budget - (ContinuousClock.now - start) / .seconds(1)
      // Larger rows of one kind compute no more slowly; the first pass also takes memory.
      let last = measurements.last { $0.row.kind == row.kind }
      let expected = last.map { $0.seconds * work.operations / $0.work.operations } ?? 0
      let repetitions = expected > 2 ? 2 : expected > 0.5 ? 4 : 7
      guard expected * Double(repetitions + 1) <= left else {
        leftOut.append((row, "would take longer than the \(Int(max(0, left).rounded())) s that are left"))
        continue
      }
      do throws(BenchmarkError) {
        let (seconds, peak) = try process.measure(row.name, repetitions: repetitions)
        let fastest = seconds.min() ?? 0
        measurements.append(Measurement(row: row, work: work, seconds: fastest, peakMebibytes: peak))
        tell(measurements[measurements.count - 1])
      } catch { leftOut.append((row, error.message)) }
    }
    self.init(measurements: measurements, leftOut: leftOut)
  }

  private static func rowsByWork() throws(BenchmarkError) -> [(row: ScalingRow, work: Work)] {
    var rows: [(row: ScalingRow, work: Work)] = []
    for row in Set(ScalingSeries.all.flatMap(\.rows)) {
      do throws(NetworkError) { rows.append((row, try row.work())) } catch {
        throw .refused(code: error.code, message: error.message)
      }
    }
    return rows.sorted { ($0.work.operations, $0.row.name) < ($1.work.operations, $1.row.name) }
  }

  func measurement(of row: ScalingRow) -> Measurement? { measurements.first { $0.row == row } }
}
