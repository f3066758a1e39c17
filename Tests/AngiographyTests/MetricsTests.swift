import Angiography
import Foundation
import Imaging
import Testing

@Suite struct MetricsOfAgreement {
  private func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12
  }

  @Test func countsAndMeasuresAgreeWithNumPy() throws {
    let fixtures = try Fixtures.load()
    func mask(_ numbers: [Int]) -> Mask { Mask(width: 11, height: 9, pixels: numbers.map { $0 == 1 }) }
    let samples = fixtures.pairs.enumerated().map { i, pair in
      Sample(
        name: "pair \(i)", image: Plane(width: 11, height: 9), mask: mask(pair.truth), fieldOfView: mask(pair.field))
    }
    let report = try MetricsReport(predictions: fixtures.pairs.map { mask($0.prediction) }, samples: samples)
    for (row, pair) in zip(report.rows, fixtures.pairs) {
      #expect(isClose(row.confusion.dice, pair.dsc), "\(row.name)")
      #expect(isClose(row.confusion.sensitivity, pair.sen), "\(row.name)")
      #expect(isClose(row.confusion.specificity, pair.spe), "\(row.name)")
      #expect(isClose(row.confusion.accuracy, pair.acc), "\(row.name)")
    }
    for measure in Measure.paper {
      let expected = try #require(fixtures.summary[measure.rawValue])
      let summary = report.summary(of: measure)
      #expect(isClose(summary.mean, expected.mean) && isClose(summary.standardDeviation, expected.sd), "\(measure)")
      #expect(summary.count == expected.n && summary.total == fixtures.pairs.count, "\(measure)")
    }
    #expect(report.bothEmptyCount == 1)
    let pooled = report.pooled
    #expect(isClose(report.summary(of: .dice).pooled, pooled.dice))
    #expect(pooled.total == fixtures.pairs.reduce(0) { $0 + $1.field.reduce(0, +) })
  }

  @Test func eachMeasureKnowsWhatIsBetterAndWhatItIsCalled() {
    #expect(Measure.dice.isBetter(0.9, than: 0.8) && !Measure.dice.isBetter(0.8, than: 0.8))
    #expect(Measure.hausdorff95.isBetter(3, than: 4) && Measure.areaError.isBetter(-0.01, than: 0.02))
    #expect(Measure.dice.wholeRange == 0...1 && Measure.hausdorff95.wholeRange == nil)
    #expect(Measure.areaError.wholeRange == nil && Measure.surfaceDice.wholeRange == 0...1)
    #expect(Measure.all.filter { !$0.isFraction }.map(\.heading) == ["HD95, px"] && Measure.iou.heading == "IoU")
    #expect(Set(Measure.all.flatMap { [$0.name, $0.symbol] }).count == 2 * Measure.all.count)
    #expect(Measure.all.allSatisfy { $0.explanation.count > 40 })
  }

  @Test func conventionsWhereAMeasureIsUndefined() {
    let nothing = Confusion(trueNegatives: 10)
    #expect(nothing.dice == 1 && nothing.sensitivity == nil && nothing.specificity == 1 && nothing.isBothEmpty)
    let everything = Confusion(truePositives: 10)
    #expect(everything.dice == 1 && everything.sensitivity == 1 && everything.specificity == nil)
    let falseAlarm = Confusion(falsePositives: 1, trueNegatives: 9)
    #expect(falseAlarm.dice == 0 && falseAlarm.sensitivity == nil && !falseAlarm.isBothEmpty)
    let outside = Confusion()
    #expect(outside.accuracy == nil && outside.dice == 1)
    let report = MetricsReport(rows: [.init(name: "a", confusion: nothing), .init(name: "b", confusion: falseAlarm)])
    let sensitivity = report.summary(of: .sensitivity)
    #expect(sensitivity.mean == nil && sensitivity.count == 0 && sensitivity.total == 2)
    #expect(report.summary(of: .dice).mean == 0.5)
    #expect(MetricsReport(rows: []).summary(of: .dice).mean == nil)
  }

  @Test func onlyTheCountedPixelsCount() throws {
    let truth = Mask(width: 2, height: 2, pixels: [true, false, true, false])
    let sample = Sample(
      name: "a", image: Plane(width: 2, height: 2), mask: truth,
      fieldOfView: Mask(width: 2, height: 2, pixels: [true, true, false, false]))
    let prediction = Mask(width: 2, height: 2, pixels: [true, true, false, true])
    let inside = try MetricsReport(predictions: [prediction], samples: [sample])
    #expect(inside.rows[0].confusion == Confusion(truePositives: 1, falsePositives: 1))
    let all = try MetricsReport(predictions: [prediction], samples: [sample], within: .image)
    #expect(all.rows[0].confusion == Confusion(truePositives: 1, falsePositives: 2, falseNegatives: 1))
    let unmarked = Sample(name: "b", image: sample.image, mask: nil, fieldOfView: sample.fieldOfView)
    let error = #expect(throws: DatasetError.self) {
      try MetricsReport(predictions: [prediction], samples: [unmarked])
    }
    #expect(error?.code == "mask-missing")
  }

  @Test func textsHoldTheSameNumbers() throws {
    let rows = [
      MetricsReport.Row(
        name: "one, \"quoted\"",
        confusion: Confusion(truePositives: 1, falsePositives: 2, trueNegatives: 3, falseNegatives: 4)),
      MetricsReport.Row(name: "two", confusion: Confusion(trueNegatives: 5)),
    ]
    let report = MetricsReport(rows: rows)
    let object = try JSONSerialization.jsonObject(with: Data(report.json.text(.lines).utf8)) as? [String: Any]
    let dice = try #require(object?["dsc"] as? [String: Any])
    #expect(dice["mean"] as? Double == report.summary(of: .dice).mean)
    #expect(dice["pooled"] as? Double == report.pooled.dice)
    #expect(dice["n"] as? Int == 2)
    #expect((object?["sen"] as? [String: Any])?["n"] as? Int == 1)
    #expect(object?["both-empty"] as? Int == 1)
    #expect(MetricsReport(rows: []).json.text(.compact).contains("null"))
    let lines = report.csv.split(separator: "\n")
    #expect(lines[0] == "image,tp,fp,tn,fn,dsc,sen,spe,acc")
    #expect(lines[1] == "\"one, \"\"quoted\"\"\",1,2,3,4,0.25,0.2,0.6,0.4")
    #expect(lines[2] == "two,0,0,5,0,1.0,,1.0,1.0")
  }

  @Test func theSurroundIsNoFalseAlarm() {
    let sample = Sample(
      name: "negative", image: Plane(width: 2, height: 2), mask: nil,
      fieldOfView: Mask(width: 2, height: 2, pixels: [true, true, false, false]))
    let prediction = Mask(width: 2, height: 2, pixels: [true, false, true, true])
    let area = FalsePositiveArea(predictions: [prediction, Mask(width: 2, height: 2)], samples: [sample, sample])
    #expect(area.fractions == [0.5, 0])
    #expect(area.summary?.mean == 0.25 && area.summary?.deviation == 0.25)
  }

  @Test func thePapersTableIsComplete() {
    #expect(table1Of2021.count == 5)
    #expect(table1Of2021[4](.dice)?.mean == 75.38 && table1Of2021[0](.accuracy)?.deviation == 3.02)
  }
}
