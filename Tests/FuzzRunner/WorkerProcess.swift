import Foundation

/// A worker as its parent sees it.
final class WorkerProcess {
  enum News {
    case working
    /// It has tried all its inputs.
    case done
    /// It ended, or was ended, while it tried an input.
    case lost(index: Int, reason: String)
  }

  let range: Range<Int>
  private let process = Process()
  private let statePath: String
  private let patience: Double
  private var lastIndex = -1
  private var lastChange = Date()

  init(arguments: [String], range: Range<Int>, statePath: String, patience: Double) throws {
    (self.range, self.statePath, self.patience) = (range, statePath, patience)
    try? FileManager.default.removeItem(atPath: statePath)
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // A trap is expected here; its report would take longer than the next thousand inputs.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
  }

  /// The number of the input at work.
  var index: Int {
    guard let data = FileManager.default.contents(atPath: statePath), data.count == 8 else { return range.lowerBound }
    return Int(data.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) })
  }

  func news() -> News {
    let index = index
    if index != lastIndex { (lastIndex, lastChange) = (index, Date()) }
    guard process.isRunning else {
      let status = process.terminationStatus
      if process.terminationReason == .exit, status == 0, self.index >= range.upperBound { return .done }
      let reason = process.terminationReason == .exit ? "exit \(status)" : "signal \(status)"
      return .lost(index: self.index, reason: reason)
    }
    if Date().timeIntervalSince(lastChange) > patience {
      stop()
      return .lost(index: index, reason: "no answer in \(patience) s")
    }
    return .working
  }

  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
