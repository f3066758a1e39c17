import Testing

/// `compare`: the same for the same seed, every image tested once, gone on after an interruption.
struct ComparisonTests {
  private static let data = "eyes = phantom 8 size: 64 seed: 1\n"
  private static let call =
    "compare eyes systems: [\"unet\", \"pixel-gan\", \"dark-threshold\"] folds: 2 width: 4 epochs: 2 seed: 3"

  /// The table without training times, which differ from run to run.
  private static let shown = "print c.table\nfor p in c { print sum (p.predictions[3].map) }"

  @Test func theSameSeedGivesTheSameNumbers() throws {
    let program = "\(Self.data)c = \(Self.call)\n\(Self.shown)"
    #expect(try run(program) == run(program))
  }

  @Test func everyImageIsTestedOnce() throws {
    let program = """
      \(Self.data)c = compare eyes systems: ["dark-threshold"] folds: 3 seed: 3
      print count c.predictions["dark threshold"].names
      for n in eyes.names { for m in c.predictions["dark threshold"].names { if m == n { print n } } }
      """
    let lines = try run(program).split(separator: "\n").map(String.init)
    #expect(lines.first == "8")
    #expect(lines.dropFirst() == ["1", "2", "3", "4", "5", "6", "7", "8"].map { "phantom-00\($0)" }[...])
  }

  @Test func anInterruptedComparisonGoesOnToTheSameNumbers() throws {
    let whole = try run("\(Self.data)c = \(Self.call)\n\(Self.shown)")
    let host = try RecordingHost(cancelAfterReports: 13)
    let kept = "\(Self.data)c = \(Self.call) checkpoint: \"states\"\n\(Self.shown)"
    #expect(throws: (any Error).self) { try run(kept, on: host) }
    let again = try RecordingHost(in: host.folder)
    let resumed = try run(kept, on: again)
    #expect(resumed.contains("going on after epoch"))
    #expect(resumed.hasSuffix(whole))
  }

  @Test func averagedNetworksDifferFromOne() throws {
    let one = "compare eyes systems: [\"unet\"] folds: 2 width: 4 epochs: 1 seed: 3"
    let sums = try run(
      "\(Self.data)print sum (\(one))[0].predictions[0].map, sum (\(one) ensemble: 2)[0].predictions[0].map"
    )
    .split(separator: "\n").last?.split(separator: " ")
    #expect(sums?.count == 2 && sums?[0] != sums?[1])
  }

  /// Each network leaves out other patients, who validate it.
  @Test func patientsHeldOutValidate() throws {
    let call = "compare eyes systems: [\"unet\"] folds: 2 width: 4 epochs: 2 seed: 3 ensemble: 2"
    let program = """
      \(Self.data)c = \(call) hold-out: rotating keep: best
      for net in c.networks["U-Net"] { print count net.history.columns, net.history.columns[4] }
      print sum c[0].predictions[0].map
      """
    let lines = try run(program).split(separator: "\n").map(String.init)
    #expect(lines.dropLast() == Array(repeating: "5 validation DSC", count: 4)[...])
    #expect(
      lines.last
        != (try run("\(Self.data)print sum (\(call))[0].predictions[0].map")).split(separator: "\n").last.map(
          String.init))
  }

  @Test func whatCannotBeComparedIsRefusedByName() throws {
    func code(_ options: String) throws -> String? { try mistake(in: "\(Self.data)compare eyes \(options)") }
    #expect(try code("systems: [\"u-net\"] folds: 2") == "unknown-choice")
    #expect(try code("systems: [\"unet\", \"unet\"] folds: 2") == "repeated-system")
    #expect(try code("systems: [\"unet\"] baseline: \"cgan\" folds: 2") == "unknown-baseline")
    #expect(try code("systems: [\"dark-threshold\"] folds: 9") == "folds-impossible")
    #expect(try code("systems: [\"unet\"] folds: 2 hold-out: rotating") == "ensemble-too-small")
    #expect(try code("systems: [\"unet\"] folds: 2 hold-out: rotating ensemble: 5") == "folds-impossible")
    let keepsBest = "systems: [\"unet\"] folds: 2 width: 4 epochs: 1 keep: best"
    #expect(try code(keepsBest) == "keep-best-needs-validation")
  }

  @Test func aNetworkRemembersItsFeatures() throws {
    let program = """
      eyes = phantom 4 size: 64 seed: 1
      net = train-net (features eyes ["grey", "texture-8"]) width: 4 epochs: 1 seed: 2
      save net "net.safetensors"
      again = open "net.safetensors"
      print again.features, max (abs ((predict net eyes)[0].map - (predict again eyes)[0].map))
      """
    #expect(try run(program).hasSuffix("['grey', 'texture-8'] 0"))
    #expect(try mistake(in: "features (phantom 1 size: 64) [\"colour\"]") == "unknown-feature")
  }
}
