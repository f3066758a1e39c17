import Base
import Benchmarks
import Methods
import Networks
import Testing

/// What the script that drives the benchmarks relies on.
@Suite struct BenchmarkServerTests {
  @Test func rowsAreReadFromTheirNames() throws {
    #expect(try BenchmarkRow(named: "gan-step-512-64-2") == .ganStep(size: 512, width: 64, batch: 2))
    #expect(try BenchmarkRow(named: "predict-512-16-1") == .predict(size: 512, width: 16, batch: 1))
    #expect(try BenchmarkRow(named: "picture-512-top-hat") == .picture(.topHat, size: 512))
    #expect(try BenchmarkRow(named: "method-512-texture-ensemble") == .method("texture-ensemble", size: 512))
    #expect(try BenchmarkRow(named: "gemm-1024") == .gemm(size: 1024))
    #expect(
      try BenchmarkRow(named: "convolution-1-64-512-weight-gradient")
        == .convolution(inputs: 1, outputs: 64, size: 512, direction: .weightGradient))
  }

  @Test(arguments: [
    "", "gan", "gan-step-512-64", "gan-step-512-64-2-1", "predict-0-1-1", "predict-9999999999999999999-1-1",
    "convolution-1-64-512", "convolution-1-64-512-sideways", "peak-1", "gemm--4", "picture-64", "picture-64-hat",
    "picture-64-2-otsu", "method-512", "method-512-unet", "method-32-valleys",
  ])
  func otherNamesAreRefused(name: String) {
    #expect(throws: BenchmarkError.unknownRow(name)) { try BenchmarkRow(named: name) }
  }

  @Test func anUnknownRowOrCommandIsAnsweredByOneLineThatSaysWhatThereIs() {
    var server = BenchmarkServer()
    let row = server.answer("time gan-stop-1-1-1")
    #expect(row.contains(#""code":"unknown-row""#) && row.contains("gan-step-SIZE-WIDTH-BATCH"))
    #expect(server.answer(#"fly "home""#).contains(#"\"home\""#))
    #expect(server.answer("").contains("unknown-command"))
    #expect(server.answer("time predict-20-4-1").contains("error"), "a size that the network refuses")
    #expect(!server.answer("time gan-stop-1-1-1").contains("\n"))
  }

  @Test func aTimedRowIsAnsweredWithItsFigures() throws {
    var server = BenchmarkServer()
    let answer = server.answer("time convolution-3-5-8-forward")
    for field in [#""row":"convolution-3-5-8-forward""#, #""seconds":"#, #""cpu":"#, #""peak-mib":"#] {
      #expect(answer.contains(field))
    }
    #expect(answer.contains(#""operations":\#(2 * 8 * 8 * 9 * 3 * 5)"#))
  }

  @Test(arguments: PictureOperation.allCases)
  func everyOperationOnAPictureIsTimed(operation: PictureOperation) {
    var server = BenchmarkServer()
    #expect(server.answer("time picture-40-\(operation.rawValue)").contains(#""seconds":"#))
  }

  @Test(arguments: Segmenters.tunable.map(\.name))
  func everyClassicalMethodIsTimed(method: String) {
    var server = BenchmarkServer()
    #expect(server.answer("time method-64-\(method)").contains(#""seconds":"#))
  }

  /// What is handed over is the training before its first step and after it.
  @Test func inspectWritesWhatWasReadAndWhatBecameOfIt() throws {
    let folder = "/tmp/cnp-benchmarks-\(UInt64.random(in: 0 ... .max))"
    try makeFolder(folder)
    defer { for name in ["given", "ours"] { try? writeFile("", to: "\(folder)/\(name).safetensors") } }
    var server = BenchmarkServer()
    _ = server.answer("time gan-step-32-4-1")
    #expect(!server.answer("inspect gan-step-32-4-1 \(folder)").contains("error"))
    let given = try SafetensorsFile(decoding: readFile("\(folder)/given.safetensors"))
    let ours = try SafetensorsFile(decoding: readFile("\(folder)/ours.safetensors"))
    #expect(given["image"]?.shape == [1, 32, 32, 1] && ours["losses"]?.count == 7)
    let name = "generator/encoder1.convolution1.weights"
    let (before, after) = (try #require(given[name]), try #require(ours[name]))
    let moved = zip(before.values, after.values).map { abs($0 - $1) }.max() ?? 0
    #expect(moved > 1e-5 && moved < 2.1e-4, "one step of Adam at rate 2e-4")
  }
}
