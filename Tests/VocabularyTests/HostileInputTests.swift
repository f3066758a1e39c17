import Foundation
import Testing

/// A short run of `make fuzz` for what can end the process: calls at the edges of every signature, damaged books, images,
/// networks and checkpoints, each tried in a process of its own.
@Suite struct HostileInputTests {
  /// Stands beside the tests in a whole build; a build of this module alone has none.
  static let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../.build/release/fuzz")
    .standardized.path

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: program)),
    arguments: [("commands", 80), ("books", 60), ("files", 60)])
  func nothingBreaks(_ kind: String, _ inputs: Int) throws {
    let host = try RecordingHost()
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
    process.arguments = [
      "run", "--kind", kind, "--inputs", "\(inputs)", "--seed", "11", "--root", root, "--findings", host.folder,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains("\(inputs) inputs in"))
  }
}
