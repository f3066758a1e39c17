import Base
import Networks

/// Answers one line of JSON to each line it is given, so that a script can time ours and its peers by turns:
///
/// - `time ROW`: one repetition, `{"row": …, "seconds": …, "cpu": …, "peak-mib": …}`, and for single operations
///   `"operations"`. The first one of a row is its warm-up, whose figures the script drops.
/// - `inspect ROW FOLDER`: writes what the row reads and what one run makes of it to `FOLDER/given.safetensors` and
///   `FOLDER/ours.safetensors`.
/// - An error is `{"error": message, "code": …}`.
///
/// It keeps the data of the last row only.
public struct BenchmarkServer {
  private var current: (name: String, workload: any Workload)?

  public init() {}

  public mutating func answer(_ line: String) -> String {
    do throws(BenchmarkError) {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("time", 2): return try time(words[1])
      case ("inspect", 3): return try inspect(words[1], folder: words[2])
      default: throw .unknownCommand(line)
      }
    } catch {
      let message = [error.message, error.hint].compactMap { $0 }.joined(separator: "; ")
      return JSON.object(["error": .text(message), "code": .text(error.code)]).text(.compact)
    }
  }

  /// Times one repetition of a row, which it makes ready first unless it was the last row too.
  public mutating func measure(_ name: String) throws(BenchmarkError) -> (Measurement, operationCount: Int?) {
    try prepare(name)
    guard var workload = current?.workload else { preconditionFailure("a prepared row has a workload") }
    current = nil  // one owner, so that weights are updated in place
    let measurement = try measured { () throws(BenchmarkError) in try workload.run() }
    current = (name, workload)
    return (measurement, workload.operationCount)
  }

  private mutating func time(_ name: String) throws(BenchmarkError) -> String {
    let (measurement, operations) = try measure(name)
    var fields: [String: JSON] = [
      "row": .text(name), "seconds": .number(measurement.seconds), "cpu": .number(measurement.processorSeconds),
      "peak-mib": .number(measurement.peakMebibytes),
    ]
    fields["operations"] = operations.map { .whole($0) }
    return JSON.object(fields).text(.compact)
  }

  private mutating func inspect(_ name: String, folder: String) throws(BenchmarkError) -> String {
    current = nil
    _ = try measure(name)
    guard let workload = current?.workload else { preconditionFailure("a measured row has a workload") }
    for (file, entries) in [("given", try workload.given), ("ours", workload.result)] {
      do throws(FileError) {
        try writeFile(SafetensorsFile(entries: entries).encoded(), to: "\(folder)/\(file).safetensors")
      } catch {
        throw .file(message: error.message)
      }
    }
    return JSON.object(["row": .text(name), "folder": .text(folder)]).text(.compact)
  }

  private mutating func prepare(_ name: String) throws(BenchmarkError) {
    if current?.name == name { return }
    let row = try BenchmarkRow(named: name)
    current = nil  // before the next row takes its memory
    current = (name, try row.workload())
  }
}
