import Angiography
import Methods
import Testing

/// Fits that are a few numbers: what their files hold, and what they refuse.
struct ParametricFitTests {
  private let method: any ParametricSegmenter

  init() throws { method = try #require(Segmenters.parametric.first { $0.name == "dark-threshold" }) }

  private func file(_ parameters: String, version: String = "1", method: String = "dark-threshold") -> [UInt8] {
    Array("{\"version\": \(version), \"method\": \"\(method)\", \"parameters\": \(parameters)}".utf8)
  }

  private func mistake(in bytes: [UInt8]) -> MethodError? {
    do throws(MethodError) { _ = try ParametricFit(decoding: bytes, at: "s.json") } catch { return error }
    return nil
  }

  @Test("Every threshold comes back from its file with the same bits")
  func everyThreshold() throws {
    for threshold in DarkThreshold.candidates {
      let fit = try ParametricFit(decoding: file("{\"threshold\": \(Double(threshold))}"), at: "s.json")
      let again = try ParametricFit(decoding: Array(fit.fileText.utf8), at: "s.json")
      #expect(again.values.map(\.bitPattern) == [Double(threshold).bitPattern])
      #expect(again.segmenter.name == "dark-threshold")
    }
  }

  @Test func findsWhatTheMethodFinds() throws {
    let data = try phantomDataset(PhantomOptions(count: 3, size: 64, seed: 4))
    let fit = try method.fit(to: TrainingSet(data))
    let best = try #require(DarkThreshold.best(over: data.samples))
    #expect(fit.values == [Double(best.threshold)])
    let sample = data.samples[1]
    let mask = DarkThreshold.segment(sample.image, fieldOfView: sample.fieldOfView, below: best.threshold)
    #expect(fit.probabilityMaps(of: data)[1] == mask.plane)
    var told: [Int] = []
    let maps = try fit.probabilityMaps(of: data) { done, total in told.append(10 * done + total) }
    #expect(maps == fit.probabilityMaps(of: data) && told == [13, 23, 33])
  }

  @Test func withoutMasks() throws {
    let marked = try phantomDataset(PhantomOptions(count: 2, size: 64, seed: 4)).samples
    let samples = marked.map { Sample(name: $0.name, image: $0.image, mask: nil, fieldOfView: $0.fieldOfView) }
    let data = Dataset(name: "unmarked", samples: samples)
    #expect(throws: MethodError.nothingToTuneOn) { try method.fit(to: TrainingSet(data)) }
  }

  @Test(
    "A file is read strictly",
    arguments: [
      ("", "not-a-segmenter"), ("[]", "not-a-segmenter"), ("{}", "not-a-segmenter"),
      ("{\"version\": 1, \"method\": \"dark-threshold\"}", "not-a-segmenter"),
      ("{\"version\": 1, \"version\": 1}", "not-a-segmenter"),
      ("{\"version\": 1, \"method\": \"dark-threshold\", \"parameters\": {\"threshold\": 0.9}} x", "not-a-segmenter"),
      (
        "{\"version\": 1, \"method\": \"dark-threshold\", \"parameters\": {\"threshold\": 0.9}, \"of\": 1}",
        "not-a-segmenter"
      ),
    ])
  func malformed(_ text: String, _ code: String) {
    #expect(mistake(in: Array(text.utf8))?.code == code)
  }

  @Test(arguments: [
    "{}", "{\"threshold\": null}", "{\"threshold\": \"0.9\"}", "{\"threshold\": 0}", "{\"threshold\": -0.9}",
    "{\"threshold\": 1.4}", "{\"threshold\": 0.9, \"level\": 0.5}",
  ])
  func wrongParameters(_ parameters: String) {
    #expect(mistake(in: file(parameters))?.code == "segmenter-parameter-wrong")
  }

  @Test func otherNumbers() throws {
    #expect(try ParametricFit(decoding: file("{\"threshold\": 1}"), at: "s.json").values == [1])
    #expect(mistake(in: file("{\"threshold\": 1e999}"))?.code == "not-a-segmenter")
    #expect(mistake(in: file("{\"threshold\": NaN}"))?.code == "not-a-segmenter")
    #expect(mistake(in: file("{\"threshold\": 0.9}", version: "2")) == .unknownVersion(path: "s.json", 2))
    #expect(mistake(in: file("{\"threshold\": 0.9}", version: "\"1\""))?.code == "not-a-segmenter")
    #expect(mistake(in: file("{}", method: "unet")) == .unknownMethod(path: "s.json", "unet"))
    #expect(mistake(in: file("{}", method: "otsu"))?.code == "segmenter-method-unknown")
  }
}
