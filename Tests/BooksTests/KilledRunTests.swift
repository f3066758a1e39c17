import Books
import Foundation
import Testing

/// Kills the built program at many moments of a run: whoever looks afterwards finds the files of one run, whole.
@Suite struct KilledRunTests {
  /// The program stands beside the tests in a whole build; a build of this module alone has none.
  static let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../.build/release/cnp")
    .standardized.path

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program)))
  func killLeavesOldOrNewFilesWhole() throws {
    let bench = Workbench()
    let path = try bench.put(
      "k.cnpbook",
      book(
        cell("#| label: a\nprint tag\nshow ((phantom 1 size: 128)[0].image)") + cell("print tag"),
        frontMatter: "params:\n  tag: {type: text, default: first}\n"))
    let start = ContinuousClock.now
    try run(path, tag: "first")
    let whole = ContinuousClock.now - start
    let files = bench.names("k.out")
    #expect(files.contains("a-1.png") && files.contains("run.json"))
    for round in 1...12 {
      try run(path, tag: "round-\(round)", killedAfter: whole * Double(round) / 11)
      #expect(bench.names("k.out") == files)
      let report = bench.text("k.out/report.md")
      let tags = report.split(separator: "\n").filter { $0 == "first" || $0.hasPrefix("round-") }
      #expect(tags.count == 2 && tags.first == tags.last)
      #expect(bench.text("k.out/report.html").hasSuffix("</html>\n"))
    }
    try run(path, tag: "last")
    #expect(bench.names("") == [".cnp", "k.cnpbook", "k.out"])
  }

  private func run(_ path: String, tag: String, killedAfter delay: Duration? = nil) throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = ["run", path, "-P", "tag=\(tag)"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let delay {
      usleep(UInt32(max(1, delay / .microseconds(1))))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
  }
}
