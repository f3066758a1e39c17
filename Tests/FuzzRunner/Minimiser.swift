import Foundation

/// Makes an input smaller as long as it breaks the same promise: parts of it are left out, large ones first.
struct Minimiser {
  let kind: SubjectName
  let root: String
  let ending: String
  let folder: String
  /// Programs started at most, and how long that may take.
  private static let mostAttempts = 400
  private static let seconds = 60.0

  /// - Returns: the smaller file, `nil` where the input alone breaks nothing, as those that need its number.
  func shorten(_ path: String, _ finding: Finding) -> (path: String, count: Int)? {
    guard var bytes = FileManager.default.contents(atPath: path).map(Array.init), breaks(bytes, finding) else {
      return nil
    }
    var attempts = 0
    let deadline = Date().addingTimeInterval(Self.seconds)
    var size = max(1, bytes.count / 2)
    while size >= 1, attempts < Self.mostAttempts, Date() < deadline {
      var start = 0
      while start < bytes.count, attempts < Self.mostAttempts, Date() < deadline {
        var shorter = bytes
        shorter.removeSubrange(start..<min(bytes.count, start + size))
        attempts += 1
        if breaks(shorter, finding) { bytes = shorter } else { start += size }
      }
      size /= 2
    }
    let small = path.replacing(".\(ending)", with: ".small.\(ending)")
    try? Data(bytes).write(to: URL(filePath: small))
    return (small, bytes.count)
  }

  private func breaks(_ bytes: [UInt8], _ finding: Finding) -> Bool {
    let path = "\(folder)/attempt.\(ending)"
    try? Data(bytes).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["try", "--kind", kind.rawValue, "--root", root, path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    guard (try? process.run()) != nil else { return false }
    let deadline = Date().addingTimeInterval(20)
    while process.isRunning, Date() < deadline { usleep(2000) }
    if process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      return finding.name.contains("no answer")
    }
    if process.terminationReason == .uncaughtSignal {
      return finding.name == "lost: signal \(process.terminationStatus)"
    }
    let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    return process.terminationStatus == 1 && text.hasPrefix(finding.name)
  }
}
