import Angiography
import Imaging
import Methods
import Testing

/// Masks of what a method is sure of.
@Suite struct PseudoLabelTests {
  private let map = Plane(width: 4, height: 2, pixels: [1, 0.9, 0.899, 0.5, 0.051, 0.05, 0, 0.95])

  private func sample(field: [Bool], ungraded: [Bool]? = nil) -> Sample {
    Sample(
      name: "frame", image: Plane(width: 4, height: 2, filledWith: 0.5), mask: nil,
      fieldOfView: Mask(width: 4, height: 2, pixels: field),
      ungraded: ungraded.map { Mask(width: 4, height: 2, pixels: $0) }, facts: SampleFacts(caseName: "7"))
  }

  @Test func sureAndUnsurePixels() throws {
    let field = [Bool](repeating: true, count: 8)
    let found = PseudoLabels().labelled(sample(field: field), by: map)
    #expect(found.mask?.pixels == [true, true, false, false, false, false, false, true])
    #expect(found.ungraded?.pixels == [false, false, true, true, true, false, false, false])
    #expect(found.facts.grader == "pseudo-label" && found.facts.caseName == "7")
    let all = PseudoLabels(above: 0.5, below: 0.499).labelled(sample(field: field), by: map)
    #expect(all.mask?.pixels == [true, true, true, true, false, false, false, true] && all.ungraded == nil)
  }

  @Test func outsideOfTheFieldNothingIsMarkedAndNothingDoubtful() {
    let found = PseudoLabels().labelled(
      sample(field: [false, true, false, true, true, true, true, false]), by: map)
    #expect(found.mask?.pixels == [false, true, false, false, false, false, false, false])
    #expect(found.ungraded?.pixels == [false, false, false, true, true, false, false, false])
  }

  @Test func whatNobodyCanGradeStaysSo() {
    let field = [Bool](repeating: true, count: 8)
    let blind = [true, false, false, false, false, false, true, false]
    let found = PseudoLabels().labelled(sample(field: field, ungraded: blind), by: map)
    #expect(found.mask?.pixels == [false, true, false, false, false, false, false, true])
    #expect(found.ungraded?.pixels == [true, false, true, true, true, false, true, false])
  }
}
