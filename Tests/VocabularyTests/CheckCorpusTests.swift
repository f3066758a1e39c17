import Base
import Foundation
import Language
import Testing
import Vocabulary

/// Checks every program of the corpus with the real commands and real files, and compares what is found with the file
/// beside it. Nothing runs.
///
/// `CNP_RECORD_CORPUS=1` writes the expected files anew, to be read before they are committed.
@Suite struct CheckCorpusTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  static let programs: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".cnp") }.sorted()
  }()

  @Test func corpusIsThere() { #expect(Self.programs.count >= 18) }

  @Test(arguments: programs) func program(_ path: String) throws {
    let file = Self.folder.appending(path: path)
    let text = try String(contentsOf: file, encoding: .utf8)
    let files = try CheckedFolder()
    let found = files.check(text, named: String(path.split(separator: "/").last ?? ""))
    let output = found.map { files.plain(render($0)) + "\n" }.joined(separator: "\n")
    let expected = file.deletingPathExtension().appendingPathExtension("out")
    if ProcessInfo.processInfo.environment["CNP_RECORD_CORPUS"] != nil {
      try output.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(output == (try? String(contentsOf: expected, encoding: .utf8)), "\(path)")
  }

  /// Programs whose last line fails: with the same code, whether it is found by checking or by running.
  static let mistakes = [
    "train-net (phantom 2 size: 100) width: 4 epochs: 1", "train-gan (phantom 2 size: 88) width: 4 epochs: 1",
    "train-gan (phantom 2 size: 64) width: 4 epochs: 1 discriminator: (pixel-discriminator width: 4)",
    "train-net (features (phantom 2 size: 64)) network: (unet width: 4) epochs: 1",
    "train-system (phantom 2 size: 72) system: cgan width: 4 epochs: 1",
    "predict (unet width: 4) (phantom 1 size: 72)", "predict (pixel-discriminator width: 4) (phantom 1 size: 128)",
    "curves (unet width: 4)", "(unet width: 4).discriminator", "train-net (phantom 2 size: 64) width: 4 keep: best",
    "train-net (phantom 2 size: 64) width: 4 patience: 3", "train-net (phantom 2 size: 64) width: 4 resume: true",
    "train-gan (phantom 2 size: 128) width: 4 generator: (pixel-discriminator width: 4)",
    "train-gan (phantom 2 size: 128) width: 4 from: (unet width: 4)",
    "step (phantom 2 size: 64) width: 4 number: 9", "split (phantom 4 size: 64) test: 4",
    "split (phantom 4 size: 64) test: 1.5", "phantom 2 least: 30% most: 10%",
    "features (phantom 1 size: 64) [\"gray\"]", "compare (phantom 4 size: 64) systems: [\"unet\"] folds: 5",
    "compare (phantom 4 size: 64) systems: []", "train-net (load \"good/images\") width: 4",
    "dark-threshold (load \"good/images\")", "load \"odd/images\" masks: \"odd/masks\"", "load \"broken\"",
    "load \"mixed\"", "open \"broken/empty.png\"", "open \"cut.safetensors\"",
    "split (load \"good/images\") by: case", "save (unet width: 4) \"net.bin\"", "save [1, 2] \"list.csv\"",
    "diagram (unet width: 4) size: 100", "paper-table [\"a\": 1]", "panel (phantom 1 size: 64) methods: [\"a\": 1]",
  ]

  @Test(arguments: mistakes) func runningAgrees(_ program: String) throws {
    let files = try CheckedFolder()
    let found = files.check(program, named: "check").errors
    let host = try RecordingHost(in: files.path)
    var session = Session(registry: standardRegistry(), seed: 1)
    let mistake = #expect(throws: Diagnostic.self) {
      try session.run(parse(Source(program, name: "run"), registry: session.registry).program, cell: "c", host: host)
    }
    #expect(found.contains { $0.code == mistake?.code }, "\(found.map(\.code)), running \(mistake?.message ?? "")")
    #expect(
      found.contains { $0.message == mistake?.message || ($0.code == "mask-missing" || $0.code == "case-unknown") })
  }

  /// Programs that run must pass: a false alarm is worse than a missed mistake.
  static let sound = [
    "train-gan (phantom 2 size: 64) width: 4 epochs: 1", "train-gan (phantom 2 size: 144) width: 4 epochs: 1",
    "train-system (phantom 2 size: 80) system: map-gan width: 4 epochs: 1",
    "train-net (features (phantom 2 size: 64)) width: 4 epochs: 1",
    "net = train-net (features (phantom 2 size: 64)) width: 4 epochs: 1\npredict net (phantom 1 size: 96)",
    "train-gan (phantom 2 size: 64) width: 4 epochs: 1 generator: (unet width: 4)",
    "train-gan (phantom 2 size: 64) epochs: 1 width: 4 discriminator: (patch-discriminator width: 4 condition: none)",
    "net = train-gan (phantom 2 size: 64) width: 4 epochs: 1\ntrain-gan (phantom 2 size: 80) from: net epochs: 1",
    "train-net (load \"good/images\" masks: \"good/masks\") width: 4 epochs: 1",
    "metrics (predict (open \"net.safetensors\") (load \"good/images\")) (load \"good/images\" masks: \"good/masks\")",
    "a, b = split (phantom 4 size: 64) test: 25%\nprint a.count, b.names, a[0].case",
    "compare (phantom 4 size: 64) systems: [\"dark-threshold\"] folds: 4",
    "def f x whole: false { if whole { x } else { x[0].image } }\nprint f (phantom 2 size: 64) whole: true",
    "m = none\nif m != none { print m * 2 } else { print 1 }",
    "for i in 1..2 { if i == 2 { open \"x.safetensors\" }\n  save (unet width: 4) \"x.safetensors\" }",
  ]

  @Test(arguments: sound) func noFalseAlarm(_ program: String) throws {
    let files = try CheckedFolder()
    #expect(files.check(program, named: "check").errors.map { render($0) } == [])
    let host = try RecordingHost(in: files.path)
    var session = Session(registry: standardRegistry(), seed: 1)
    let parsed = parse(Source(program, name: "run"), registry: session.registry)
    try session.run(parsed.program, cell: "c", host: host)
    // At the prompt the values themselves are known.
    #expect(session.check(parsed.program, locate: files.locate).errors.map { render($0) } == [])
  }

  /// Names that were bound before have values, whose facts are found.
  @Test func valuesAtThePromptGiveFacts() throws {
    let host = try RecordingHost()
    var session = Session(registry: standardRegistry(), seed: 1)
    func parsed(_ text: String) -> Program { parse(Source(text, name: "in"), registry: session.registry).program }
    try session.run(
      parsed("eyes = phantom 2 size: 72\nnet = unet width: 4\nparts = split (phantom 4 size: 100) test: 1"),
      cell: "in-1",
      host: host)
    let found = session.check(parsed("predict net eyes\ntrain-net parts[0]\nprint net.discriminator")) { _ in .unknown }
    #expect(
      found.map(\.code) == [
        "network-untrained", "network-size-not-supported", "network-size-not-supported", "no-discriminator",
      ])
  }
}
