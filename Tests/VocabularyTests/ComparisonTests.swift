import Language
import Testing
import Vocabulary

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

  @Test func repeatsAndVariantsAreRowsAndMeans() throws {
    let program = """
      \(Self.data)c = compare eyes systems: ["dark-threshold"] variants: "valleys line: 9 + valleys" folds: 2 seed: 3
      """
    #expect(throws: Diagnostic.self) { try run(program) }
    let call = "compare eyes systems: [\"dark-threshold\", \"valleys\"] folds: 2 seed: 3"
    let lines = try run(
      """
      \(Self.data)c = \(call) repeats: 2 variants: "stacked trees: 5 + stacked trees: 5, territory: no"
      print c.methods
      print count c.predictions["dark threshold"].names
      print c.differences
      print c.table
      """
    ).split(separator: "\n").map(String.init)
    #expect(
      lines[0].hasSuffix("'valleys', 'stacked trees, trees 5', 'stacked trees, trees 5, territory no']"),
      "\(lines[0])")
    #expect(lines[1] == "8")
    #expect(lines[2].contains("2-fold cross-validation by case, 2 times"), "\(lines[2])")
  }

  /// Names with + between them and a list of them are one thing.
  @Test func averagesAndVariantsMayBeLists() throws {
    let call = "\(Self.data)c = compare eyes systems: [\"dark-threshold\", \"valleys\"] folds: 2 seed: 3"
    let sums = "average: \"dark-threshold + valleys\" variants: \"valleys depth: 0.1 + valleys depth: 0.2\""
    let lists = "average: [\"dark-threshold\", \"valleys\"] variants: [\"valleys depth: 0.1\", \"valleys depth: 0.2\"]"
    #expect(try run("\(call) \(lists)\nprint c.table") == run("\(call) \(sums)\nprint c.table"))
    #expect(try mistake(in: "\(call) average: [\"valleys\"]") == "bad-average")
    #expect(try mistake(in: "\(call) variants: [\"valleys\"]") == "bad-variant")
    #expect(try mistake(in: "\(call) variants: [9]") == "wrong-kind")
  }

  @Test func anInterruptedComparisonGoesOnToTheSameNumbers() throws {
    let whole = try run("\(Self.data)c = \(Self.call)\n\(Self.shown)")
    let host = try RecordingHost(cancelAfterReports: 13)
    let kept = "\(Self.data)c = \(Self.call) checkpoint: \"states\"\n\(Self.shown)"
    #expect(throws: (any Error).self) { try run(kept, on: host) }
    // How many depends on how many are trained at a time.
    #expect(
      host.text.contains(/stopped, with [0-3] of 4 networks trained; the same command goes on from there$/),
      "\(host.text)")
    let again = try RecordingHost(in: host.folder)
    // Where they go on is said in passing: in which order depends on which is faster.
    #expect(try run(kept, on: again) == whole)
    #expect(again.remarks.contains { $0.contains(/going on (in|after) epoch/) }, "\(again.remarks)")
  }

  /// Inputs of one session, each a cell of its own.
  private struct Inputs {
    var session = Session(registry: standardRegistry(), seed: 1)
    let folder: String

    init() throws { folder = try RecordingHost().folder }

    mutating func run(_ text: String, cell: String, stoppingAfter reports: Int = -1) throws -> RecordingHost {
      let host = try RecordingHost(in: folder, cancelAfterReports: reports)
      try session.run(parse(Source(text, name: cell), registry: session.registry).program, cell: cell, host: host)
      return host
    }
  }

  /// At the prompt, without a file: the comparison itself holds what has been learnt, and goes on in another cell.
  @Test(arguments: [1, 5, 9, 13])
  func aStoppedComparisonGoesOnFromItself(reports: Int) throws {
    // Without a seed of its own it draws from its cell.
    let call = Self.call.replacing(" seed: 3", with: "")
    var whole = try Inputs()
    _ = try whole.run(Self.data, cell: "data")
    _ = try whole.run("c = \(call)", cell: "in-1")
    let expected = try whole.run(Self.shown, cell: "in-2").text

    var stopped = try Inputs()
    _ = try stopped.run(Self.data, cell: "data")
    let host = try stopped.run("c = \(call)", cell: "in-1", stoppingAfter: reports)
    #expect(host.text.hasSuffix("networks trained; bound to a name, it goes on from there by `resume: NAME`"))
    #expect(
      try stopped.run("print c.interrupted\nprint c", cell: "in-2").text.hasPrefix("true\ncomparison, stopped with"))
    for look in ["c.table", "boxes c", "roc c", "curves c", "describe c"] {
      let mistake = #expect(throws: Diagnostic.self) { _ = try stopped.run(look, cell: "in-3") }
      #expect(mistake?.code == "comparison-interrupted", "\(look)")
    }
    let resumed = try stopped.run("c = \(call) resume: c", cell: "in-4")
    #expect(resumed.text == "", "where it goes on is said beside the output: \(resumed.text)")
    #expect(try stopped.run(Self.shown, cell: "in-5").text == expected)
    #expect(try stopped.run("print c.interrupted", cell: "in-6").text == "false")
    let mistake = #expect(throws: Diagnostic.self) { _ = try stopped.run("compare eyes resume: c", cell: "in-7") }
    #expect(mistake?.code == "nothing-to-resume")
  }

  /// A folder of `checkpoint:` is gone on from in another cell too.
  @Test func aFolderIsGoneOnFromInAnotherCell() throws {
    let call = Self.call.replacing(" seed: 3", with: "")
    var whole = try Inputs()
    _ = try whole.run(Self.data, cell: "data")
    _ = try whole.run("c = \(call)", cell: "in-1")
    var stopped = try Inputs()
    _ = try stopped.run(Self.data, cell: "data")
    _ = try stopped.run("c = \(call) checkpoint: \"states\"", cell: "in-1", stoppingAfter: 13)
    _ = try stopped.run("c = \(call) checkpoint: \"states\"", cell: "in-9")
    #expect(try stopped.run(Self.shown, cell: "in-10").text == whole.run(Self.shown, cell: "in-2").text)
  }

  /// Where the host keeps states by itself, a second run learns only what the first has not.
  @Test func statesThatNobodyAskedFor() throws {
    let program = "\(Self.data)c = \(Self.call)\n\(Self.shown)"
    let folder = try RecordingHost().folder
    let host = try RecordingHost(in: folder, keepingStatesIn: "kept", cancelAfterReports: 13)
    #expect(throws: (any Error).self) { try run(program, on: host) }
    #expect(host.text.hasSuffix("networks trained; the next run goes on from there"))
    let again = try RecordingHost(in: folder, keepingStatesIn: "kept")
    #expect(try run(program, on: again) == run(program))
    #expect(again.remarks.contains { $0.contains(/going on (in|after) epoch/) }, "\(again.remarks)")
  }

  /// No spread of 0 for one image, no perfect outlines where there are none, and how many images each mean is over.
  @Test func meansSayWhatTheyAreOver() throws {
    let program = """
      eyes = phantom 6 size: 64 seed: 1
      folder = save (phantom 3 size: 64 seed: 2) "more"
      healthy = load "{folder}/images" empty-masks: true
      c = compare eyes test: healthy systems: ["dark-threshold"]
      print c.details[0]["HD95, px"], c.table[0].SEN
      one = compare eyes test: (phantom 1 size: 64 seed: 5) systems: ["dark-threshold"]
      print one.table[0].DSC, one.details[0].IoU
      print one.metrics["dark threshold"].dsc.sd
      print one.table[0]["95 % of mean DSC"]
      """
    let lines = try run(program).split(separator: "\n").map(String.init)
    #expect(lines.contains("– (0/3) – (0/3)"))
    let one = try #require(lines.dropLast(2).last)
    #expect(!one.contains("±") && one.hasSuffix(" (1/1)"), "\(one)")
    #expect(Array(lines.suffix(2)) == ["none", "none"])
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
