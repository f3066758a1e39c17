import Base
import Language
import Testing
import Vocabulary

/// Fitted segmenters as values: made, predicted with, saved, opened, taken out of a comparison.
struct SegmenterValueTests {
  private static let data = "eyes = phantom 4 size: 64 seed: 1\nothers = phantom 2 size: 64 seed: 2\n"

  @Test func predictsAsTheThresholdDoes() throws {
    let text = try run(
      """
      \(Self.data)floor = fit-method eyes
      a = dark-threshold others tuned-on: eyes
      b = predict floor others
      print floor, a, b
      print sum (abs (a[0].map - b[0].map)), sum (abs (a[1].map - b[1].map)), sum b[0].map > 0
      print floor.method, count floor.networks, floor.parameters.threshold > 0
      """)
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("segmenter dark threshold 0.") })
    #expect(lines.contains("0 0 true") && lines.contains("dark threshold 0 true"))
    let found = try #require(text.split(separator: "\n").first { $0.contains("predictions of") })
    #expect(found.split(separator: " ").filter { $0 == "predictions" }.count == 2)
  }

  @Test func savedAndOpened() throws {
    let host = try RecordingHost()
    let text = try run(
      """
      \(Self.data)floor = fit-method eyes method: dark-threshold
      again = open (save floor "floor.json")
      print floor.parameters.threshold == again.parameters.threshold, again
      print sum (abs ((predict floor others[1])[0].map - (predict again others[1])[0].map))
      """, on: host)
    #expect(text.contains("true segmenter dark threshold 0.") && text.contains("\n0"))
    let file = String(decoding: try readFile("\(host.folder)/floor.json"), as: UTF8.self)
    #expect(file.hasPrefix("{\n  \"method\": \"dark-threshold\",\n  \"parameters\": {\n    \"threshold\": 0."))
  }

  @Test func ofAComparison() throws {
    let text = try run(
      """
      \(Self.data)
      c = compare eyes test: others systems: ["dark-threshold", "unet"] ensemble: 2 width: 4 epochs: 1
      for name in c.methods {
        fits = c.segmenters[name]
        print count fits, count fits[0].networks, fits[0]
        print sum (abs ((predict fits[0] others)[1].map - c.predictions[name][1].map))
      }
      """)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0 == "0" }.count == 2, "the same maps as the comparison's own")
    #expect(lines.contains { $0.hasPrefix("1 0 segmenter dark threshold 0.") })
    #expect(lines.contains("1 2 segmenter U-Net, 2 networks"))
  }

  @Test func mistakes() throws {
    #expect(try mistake(in: "fit-method (phantom 1 size: 64)") == nil)
    #expect(try mistake(in: "\(Self.data)predict (fit-method eyes) others size: 64") == "contradiction")
    #expect(try mistake(in: "\(Self.data)predict others others") == "wrong-kind")
    #expect(try mistake(in: "\(Self.data)save (fit-method eyes) \"floor.txt\"") == "unknown-ending")
    #expect(try mistake(in: "open (save \"[1, 2]\" \"list.json\")") == "not-a-segmenter")
    #expect(try mistake(in: "\(Self.data)fit-method eyes method: unet") == "unknown-choice")
    let ofNetworks = "c = compare eyes test: others systems: [\"unet\"] width: 4 epochs: 1"
    #expect(
      try mistake(in: "\(Self.data)\(ofNetworks)\nsave c.segmenters[\"U-Net\"][0] \"s.json\"") == "unknown-ending")
  }

  /// What the file is wrong in is told of before anything runs.
  @Test func aFileThatIsNone() throws {
    let host = try RecordingHost()
    try writeFile("{\"version\": 1}", to: "\(host.folder)/s.json")
    let registry = standardRegistry()
    let session = Session(registry: registry)
    let parsed = parse(Source("s = open \"s.json\"", name: "test"), registry: registry)
    let found = session.check(parsed.program, locate: { .found("\(host.folder)/\($0)") })
    #expect(found.errors.map(\.code) == ["not-a-segmenter"])
  }
}
