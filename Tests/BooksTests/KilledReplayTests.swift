import Books
import Foundation
import Testing

/// A replay that is killed again and again comes to the results of one that was left alone.
@Suite struct KilledReplayTests {
  private let bench = Workbench()

  private static let text = book(
    cell("#| label: eyes\neyes = phantom 10 size: 64\nshow eyes[0].image")
      + cell("#| label: training\nnet = train-gan eyes width: 4 epochs: 12 rate: 1e-3\nprint net.epochs")
      + cell("#| label: measured\nfound = predict net eyes\nmetrics found eyes")
      + cell("#| label: written\nsave net \"net.safetensors\"\nprint (open \"net.safetensors\").epochs"))

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)))
  func fiftyKills() throws {
    for folder in ["alone", "killed"] { try bench.folder("\(folder)") }
    try bench.put("alone/k.cnpbook", Self.text)
    try bench.put("killed/k.cnpbook", Self.text)
    let start = ContinuousClock.now
    #expect(try run("alone") == 0)
    let whole = ContinuousClock.now - start
    var generator = SplitMix(state: 50)
    for _ in 0..<50 {
      // Each goes on where the last was killed; most of the time is the training's.
      let share = Double(generator.next() % 1000) / 1000
      try run("killed", killedAfter: whole * (share * share))
      let names = bench.names("killed").filter { !$0.hasPrefix(".") }
      #expect(Set(names).isSubset(of: ["k.cnpbook", "k.out"]), "\(names)")
    }
    #expect(try run("killed") == 0)
    for file in ["report.md", "metrics.json", "metrics.csv", "net.safetensors", "eyes-1.png"] {
      #expect(try results(of: "killed", file) == results(of: "alone", file), "\(file)")
    }
    #expect(bench.names("killed") == [".cnp", "k.cnpbook", "k.out"])
    #expect(bench.names("killed/.cnp") == bench.names("alone/.cnp"), "no state of a training is left")
  }

  /// The cache is a help, and nothing is lost with it.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: KilledRunTests.program)))
  func aDiskThatIsFull() throws {
    try bench.folder("full")
    try bench.put(
      "full/k.cnpbook", book(cell("#| label: large\neyes = phantom 30 size: 128") + cell("print eyes.count")))
    // A file may have 256 KiB: the report has less, what is kept of the phantoms more.
    #expect(try run("full", in: "ulimit -f 512; ") == 0)
    #expect(bench.text("full/k.out/report.md").contains("\n30\n"))
    #expect(bench.text("full/k.out/run.json").contains("\"status\": \"success\""))
    let left = bench.tree("full/.cnp/cache").filter { $0.contains("tmp") }
    #expect(left.isEmpty, "\(left)")
    let again = try output("full")
    #expect(again.components(separatedBy: "cached: nothing has changed").count == 2, "the large cell ran again")
    #expect(try output("full").components(separatedBy: "cached: nothing has changed").count == 3)
  }

  /// A file of a run, the report without what is of the machine.
  private func results(of folder: String, _ file: String) throws -> Data {
    let data = try Data(contentsOf: URL(filePath: bench.path("\(folder)/k.out/\(file)")))
    guard file == "report.md", let text = String(data: data, encoding: .utf8),
      let end = text.firstRange(of: "## This run")
    else { return data }
    return Data(text[..<end.lowerBound].utf8)
  }

  private func process(_ folder: String, in shell: String = "") -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "\(shell)exec \"$0\" run \"$1\"", KilledRunTests.program, bench.path("\(folder)/k.cnpbook"),
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  @discardableResult
  private func run(_ folder: String, in shell: String = "", killedAfter delay: Duration? = nil) throws -> Int32 {
    let process = process(folder, in: shell)
    try process.run()
    if let delay {
      usleep(UInt32(max(1, delay / .microseconds(1))))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func output(_ folder: String) throws -> String {
    let process = process(folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
