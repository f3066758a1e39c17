import Angiography
import Imaging
import Methods
import Testing

/// What is darker than its surroundings, on images whose answer is known.
@Suite struct DarkThresholdTests {
  @Test func theDarkThresholdFindsAHoleAndTheThresholdIsTunedOnOthers() throws {
    func sample(_ name: String, hole: Float, at x: Int) -> Sample {
      var image = Plane(width: 120, height: 120, filledWith: 0.5)
      var mask = Mask(width: 120, height: 120)
      for y in 50..<70 {
        for column in x..<x + 20 {
          image[column, y] = hole
          mask[column, y] = true
        }
      }
      return Sample(
        name: name, image: image, mask: mask, fieldOfView: Mask(width: 120, height: 120, filledWith: true),
        facts: SampleFacts(caseName: name))
    }
    let samples = [sample("a", hole: 0.2, at: 20), sample("b", hole: 0.25, at: 60), sample("c", hole: 0.2, at: 70)]
    let best = try #require(DarkThreshold.best(over: samples))
    #expect(best.meanDice > 0.9)
    // The quick counting and the plain segmentation agree.
    let masks = samples.map {
      DarkThreshold.segment($0.image, fieldOfView: $0.fieldOfView, below: best.threshold)
    }
    let report = try MetricsReport(predictions: masks, samples: samples)
    #expect(report.summary(of: .dice).mean == best.meanDice)
    let out = try #require(DarkThreshold.leavingOneCaseOut(samples))
    for (i, row) in out.rows.enumerated() {
      let others = samples.indices.filter { $0 != i }.map { samples[$0] }
      let tuned = try #require(DarkThreshold.best(over: others))
      let mask = DarkThreshold.segment(samples[i].image, fieldOfView: samples[i].fieldOfView, below: tuned.threshold)
      let expected = try MetricsReport(predictions: [mask], samples: [samples[i]]).rows[0]
      #expect(row == expected)
    }
    #expect(DarkThreshold.leavingOneCaseOut([samples[0]]) == nil)
    #expect(DarkThreshold.best(over: []) == nil)
  }

  @Test func theSurroundDoesNotDarkenTheBackground() {
    var image = Plane(width: 60, height: 60)
    var field = Mask(width: 60, height: 60)
    for y in 0..<60 { for x in 0..<30 { (image[x, y], field[x, y]) = (0.5, true) } }
    let ratio = DarkThreshold.relativeBrightness(image, fieldOfView: field)
    #expect(ratio[29, 30] == 1 && ratio[31, 30] == .infinity)
  }
}
