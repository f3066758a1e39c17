import Figures
import Testing

@Suite struct AxisTests {
  private func texts(_ axis: Axis) -> [String] { axis.ticks.map(\.text) }

  @Test func ticksStandAtOneTwoOrFive() {
    #expect(texts(.linear(covering: [0, 1])) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(texts(.linear(covering: [0.013, 0.047], about: 4)) == ["0.01", "0.02", "0.03", "0.04", "0.05"])
    #expect(texts(.linear(covering: [-30, 70], about: 5)) == ["−40", "−20", "0", "20", "40", "60", "80"])
    #expect(texts(.linear(covering: [0, 1234])) == ["0", "500", "1000", "1500"])
  }

  @Test func smallAndLargeNumbersTakeAnExponent() {
    #expect(texts(.linear(covering: [0, 2e-6], about: 2)) == ["0", "1e−6", "2e−6"])
    #expect(texts(.linear(covering: [0, 3e7], about: 3)) == ["0", "1e7", "2e7", "3e7"])
    #expect(texts(.linear(covering: [1e6, 1.5e6], about: 1)).contains("1.5e6"))
  }

  @Test func epochsAreWhole() {
    #expect(texts(.linear(from: 1, to: 5, about: 8, whole: true)) == ["1", "2", "3", "4", "5"])
    #expect(texts(.linear(from: 1, to: 2, about: 8, whole: true)) == ["1", "2"])
    #expect(texts(.linear(from: 1, to: 100, about: 8, whole: true)) == ["20", "40", "60", "80", "100"])
  }

  @Test func valuesWithoutAnExtentGetSomeRoom() {
    for value in [0, 3, -7, 1e-12, 1e12, 0.1] {
      let axis = Axis.linear(covering: [value])
      #expect(axis.lower < value && value < axis.upper)
      #expect((2...12).contains(axis.ticks.count))
    }
  }

  @Test func notNumbersAndNothingAreNoHarm() {
    #expect(texts(.linear(covering: [])) == texts(.linear(covering: [0, 1])))
    #expect(Axis.linear(covering: [.nan, .infinity, 2, 4]) == .linear(covering: [2, 4]))
    #expect(Axis.linear(covering: [1e300, 2, 4]) == .linear(covering: [2, 4]))
    #expect(Axis.logarithmic(covering: [0, -1, .nan, 1, 100]) == .logarithmic(covering: [1, 100]))
    #expect(Axis.logarithmic(covering: []).ticks.count >= 2)
  }

  @Test func logarithmicTicks() {
    #expect(texts(.logarithmic(covering: [0.12, 4.1])) == ["0.1", "0.2", "0.5", "1", "2", "5"])
    #expect(texts(.logarithmic(covering: [0.001, 1000])) == ["0.001", "0.01", "0.1", "1", "10", "100", "1000"])
    let wide = Axis.logarithmic(covering: [1e-20, 1e20])
    #expect(wide.ticks.count <= 9 && wide.lower <= 1e-20 && wide.upper >= 1e20)
    #expect(abs(Axis.logarithmic(covering: [1, 100]).position(of: 10) - 0.5) < 1e-12)
  }

  @Test(arguments: 0..<60) func anyRangeIsCoveredByAFewTicks(seed: UInt64) {
    var random = SplitMix(state: seed)
    let scale = [1e-9, 1e-3, 1, 1e4, 1e12][Int(seed % 5)]
    let values = (0..<5).map { _ in Double.random(in: -1...1, using: &random) * scale }
    let axis = Axis.linear(covering: values)
    #expect(values.allSatisfy { $0 >= axis.lower && $0 <= axis.upper })
    #expect((3...9).contains(axis.ticks.count))
    #expect(axis.ticks.allSatisfy { axis.position(of: $0.value) >= -1e-9 && axis.position(of: $0.value) <= 1 + 1e-9 })
    #expect(Set(axis.ticks.map(\.text)).count == axis.ticks.count)
    let positive = values.map { abs($0) + 1e-12 * scale }
    let logarithmic = Axis.logarithmic(covering: positive)
    #expect(positive.allSatisfy { $0 >= logarithmic.lower * (1 - 1e-9) && $0 <= logarithmic.upper * (1 + 1e-9) })
    #expect((2...10).contains(logarithmic.ticks.count))
  }
}
