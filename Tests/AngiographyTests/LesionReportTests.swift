import Angiography
import Imaging
import Testing

@Suite struct LesionReports {
  private let side = 32
  private func mask(_ rows: [(columns: Range<Int>, rows: Range<Int>)]) -> Mask {
    var mask = Mask(width: side, height: side)
    for part in rows { for y in part.rows { for x in part.columns { mask[x, y] = true } } }
    return mask
  }
  private func sample(_ truth: Mask?, field: Mask? = nil) -> Sample {
    Sample(
      name: "eye", image: Plane(width: side, height: side), mask: truth,
      fieldOfView: field ?? Mask(width: side, height: side, filledWith: true))
  }
  /// Everything is a lesion.
  private func rule(_ overlap: Double, least: Double = 0) -> LesionRule {
    LesionRule(overlap: overlap, leastDiameter: least)
  }

  @Test func whatIsFoundAndWhatIsFalse() {
    // Of 100, 20 and 4 pixels; a tenth of the first is marked, the second not at all, the third within a large mark.
    let truth = mask([(0..<10, 0..<10), (20..<25, 0..<4), (0..<2, 20..<22)])
    let marks = mask([(0..<10, 9..<10), (0..<10, 20..<30), (28..<30, 28..<30)])
    let counts = LesionCounts(prediction: marks, truth: truth, rule: rule(0.1))
    // Of the mark of 100 pixels four are true, less than a tenth: false, though it finds the third.
    #expect(counts == LesionCounts(lesions: 3, found: 2, marked: 3, falselyMarked: 2))
    #expect(counts.sensitivity == 2.0 / 3 && counts.precision == 1.0 / 3)
    #expect(LesionCounts(prediction: marks, truth: truth, rule: rule(0.11)).found == 1)
    let any = LesionCounts(prediction: marks, truth: truth, rule: rule(0))
    #expect(any == LesionCounts(lesions: 3, found: 2, marked: 3, falselyMarked: 1), "one pixel will do, none will not")
    let whole = LesionCounts(prediction: truth, truth: truth, rule: rule(1))
    #expect(whole == LesionCounts(lesions: 3, found: 3, marked: 3))
  }

  /// The diameter is of an image 512 px wide: at 32 px, 16 × the lesion's own.
  @Test func smallOnesAreNotCountedAndStillCover() {
    let truth = mask([(0..<4, 0..<4), (10..<11, 10..<11)])
    let marks = mask([(0..<1, 0..<2), (10..<14, 10..<11)])
    // A disc of 3 px has 7.07: the truth's 16 stay, its one pixel goes; both marks go.
    let large = LesionCounts(prediction: marks, truth: truth, rule: rule(0.1, least: 48))
    #expect(large == LesionCounts(lesions: 1, found: 1), "found by a mark that is no lesion itself")
    // A disc of 2 px has 3.14: the mark of four stays, true by a lesion that is too small to count.
    let small = LesionCounts(prediction: marks, truth: truth, rule: rule(0.1, least: 32))
    #expect(small == LesionCounts(lesions: 1, found: 1, marked: 1))
  }

  @Test func cornersTouchAndOutsideNothingCounts() throws {
    let truth = mask([(0..<2, 0..<2), (2..<4, 2..<4), (20..<24, 0..<4)])
    let left = mask([(0..<16, 0..<side)])
    let marks = [mask([(0..<1, 0..<1), (25..<30, 25..<30)]), Mask(width: side, height: side)]
    let report = try LesionReport(
      predictions: marks, samples: [sample(truth, field: left), sample(Mask(width: side, height: side))],
      rule: rule(0.1))
    #expect(report.rows.map(\.counts) == [LesionCounts(lesions: 1, found: 1, marked: 1), LesionCounts()])
    #expect(report.pooled == LesionCounts(lesions: 1, found: 1, marked: 1))
    let sensitivity = try #require(report.summary { $0.sensitivity })
    #expect(sensitivity.mean == 1 && sensitivity.deviation == nil && sensitivity.count == 1)
    #expect(report.summary { Double($0.falselyMarked) }?.count == 2)
    let error = #expect(throws: DatasetError.self) { try LesionReport(predictions: [marks[0]], samples: [sample(nil)]) }
    #expect(error?.code == "mask-missing")
  }
}
