import Base
import Language
import Testing
import Vocabulary

/// Agreement of graders, reliability and calibration, as programs ask for them.
struct AgreementTests {
  private static let data = """
    eyes = phantom 6 size: 64 seed: 1
    others = phantom 2 size: 64 seed: 2
    net = train-net eyes width: 4 epochs: 2

    """

  @Test func aGraderAgreesWithItself() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 64
      g = agreement eyes eyes
      print g.dsc, g.kappa, g.icc.value, g.icc.low, count g.table, count g.overall
      print g.raters[0]["SEN, %"], g.raters[1]["SPE, %"]
      print g.overall[3].value, g.overall[5].value
      print (metrics g.consensus).dsc.mean, g.raters.columns
      print g.consensus
      """)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "1 1 1 1 4 6")
    #expect(lines[1].hasPrefix("100") || lines[1].hasPrefix("99.99"))
    #expect(lines[2] == "0 0" && lines[3].hasPrefix("1 "), "\(lines)")
    #expect(lines[4] == "predictions of STAPLE of 2 for 4 images")
  }

  /// What the table says is what `metrics` says of the same masks.
  @Test func overlapIsThatOfMetrics() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 64
      found = dark-threshold eyes
      g = agreement found eyes
      print abs (g.dsc - (metrics found).dsc.mean) < 1e-12
      print abs (g.table[2]["DSC, %"] - (metrics found).images[2]["DSC, %"]) < 1e-9
      turned = agreement eyes found
      print abs (g.kappa - turned.kappa) < 1e-12, abs (g.overall[3].value + turned.overall[3].value) < 1e-9
      print g.table.columns
      """)
    #expect(text.hasPrefix("true\ntrue\ntrue true\n") && text.contains("mm²"), "\(text)")
  }

  @Test func severalGraders() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 64
      g = agreement [eyes, dark-threshold eyes, eyes]
      print count g.figures, count g.raters, count g.overall, g
      show g.figure
      """)
    #expect(text.hasPrefix("3 3 12 "))
    #expect(text.contains("phantom 1") && text.contains("phantom 2"), "twins are told apart")
  }

  /// The order of the other's angiograms is no matter.
  @Test func imagesAreMatchedByName() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 64
      one, two = split eyes test: 2 seed: 3
      g = agreement eyes (join two one)
      print g.dsc, g.kappa
      """)
    #expect(text == "1 1")
  }

  @Test func refusals() throws {
    let eyes = "eyes = phantom 2 size: 64\n"
    #expect(try mistake(in: "\(eyes)agreement eyes") == "graders-out-of-range")
    #expect(try mistake(in: "\(eyes)agreement [eyes]") == "graders-out-of-range")
    #expect(try mistake(in: "\(eyes)agreement [eyes, eyes] eyes") == "contradiction")
    #expect(try mistake(in: "\(eyes)agreement eyes (phantom 3 size: 64)") == "images-differ")
    #expect(try mistake(in: "\(eyes)agreement eyes (phantom 2 size: 128)") == "mask-size-differs")
    #expect(
      try mistake(in: "save (phantom 2 size: 64) \"p\"\nagreement (load \"p/images\") (load \"p/images\")")
        == "mask-missing")
    #expect(try mistake(in: "e = phantom 1 size: 64\n(agreement e e).figure") == "too-few-images")
    #expect(try mistake(in: "e = phantom 1 size: 64\nprint agreement e e") == nil)
    #expect(try mistake(in: "\(eyes)reliability eyes") == "wrong-kind")
    #expect(try mistake(in: "\(eyes)reliability (dark-threshold eyes) bins: 1") != nil)
    let unmarked = "save (phantom 2 size: 64) \"p\"\nfound = dark-threshold (load \"p/images\") level: 0.9\n"
    #expect(try mistake(in: "\(unmarked)reliability found") == "mask-missing")
    #expect(try mistake(in: "\(unmarked)calibrate found") == "mask-missing")
  }

  @Test func reliabilityOfPerfectMaps() throws {
    let text = try run(
      """
      eyes = phantom 3 size: 64
      r = reliability (agreement eyes eyes).consensus bins: 10
      print r.ece < 1e-6, r.brier < 1e-6, count r.table, r.table.columns
      show r.figure
      print (reliability (agreement eyes eyes).consensus by: count).mce < 1e-6
      """)
    #expect(text.hasPrefix("true true 10 ") && text.hasSuffix("true"), "\(text)")
  }

  @Test func calibrationOfANetwork() throws {
    let host = try RecordingHost()
    let text = try run(
      """
      \(Self.data)found = predict net eyes
      for method in ["temperature", "isotonic"] {
        c = calibrate found method: (method)
        again = open (save c "{method}.json")
        a = calibrated found c
        b = calibrated found again
        print sum (abs (a[0].map - b[0].map)) == 0, (reliability a).ece < (reliability found).ece, count c.table > 1
        print again, c.names == again.names
      }
      """, on: host)
    #expect(text.components("true true true") == 2 && text.components("fitted on unet for 6 images") == 2, "\(text)")
    let file = String(decoding: try readFile("\(host.folder)/temperature.json"), as: UTF8.self)
    #expect(file.contains("\"calibrator\": \"temperature\"") && file.contains("\"temperature\": "))
  }

  /// Maps that say nothing are best made as unsure as can be.
  @Test func aTemperatureAtItsEndIsWarnedOf() throws {
    let text = try run(
      """
      eyes = phantom 4 size: 64
      turned = [eyes, dark-threshold eyes level: 3]
      c = calibrate turned[1]
      """)
    #expect(text.contains("no temperature suits"), "\(text)")
  }

  /// It looks better than it is on what it was fitted on, under whatever name.
  @Test func leaksAreWarnedOf() throws {
    let text = try run(
      """
      \(Self.data)c = calibrate (predict net eyes)
      save eyes[0].image "renamed.png"
      a = calibrated (predict net eyes[1]) c
      b = calibrated (predict net others) c
      """)
    #expect(text.components("warning: the calibrator was fitted on this image") == 1, "\(text)")
  }

  @Test func damagedCalibratorsAreRefused() throws {
    let text = "{\"version\": 1, \"calibrator\": \"isotonic\"}"
    let host = try RecordingHost()
    try writeFile(text, to: "\(host.folder)/c.json")
    let registry = standardRegistry()
    let parsed = parse(Source("c = open \"c.json\"", name: "test"), registry: registry)
    let found = Session(registry: registry).check(parsed.program, locate: { .found("\(host.folder)/\($0)") })
    #expect(found.errors.map(\.code) == ["not-a-calibrator"])
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
