import Base
import Testing

/// What options accept, and how that is told.
@Suite struct BoundsTests {
  @Test func boundsHoldTheirEndsUnlessTheseAreLeftOut() {
    let cases: [(Bounds, [Double], [Double])] = [
      (Bounds(), [0, -.infinity, 1e308], []),
      (.atLeast(0), [0, 1e308], [-0.5, .nan]),
      (.above(0), [.leastNonzeroMagnitude], [0, -0.0, .nan]),
      (.within(0.0...0.9), [0, 0.9], [(0.9).nextUp, -1e-300, .nan]),
      (.within(0.0..<1), [0, (1.0).nextDown], [1, .nan]),
      (.within(2...6), [2, 6], [1.9, 7]),
      (Bounds(to: 3, excludesUpper: true), [-7], [3]),
    ]
    for (bounds, inside, outside) in cases {
      for number in inside { #expect(bounds.contains(number), "\(bounds) \(number)") }
      for number in outside { #expect(!bounds.contains(number), "\(bounds) \(number)") }
    }
  }

  @Test func wordsFollowWhatIsBounded() {
    #expect(Bounds().words() == "")
    #expect(Bounds.atLeast(0).words() == " of at least 0" && Bounds.above(0).words() == " above 0")
    #expect(Bounds(to: 2.5).words() == " of at most 2.5" && Bounds(to: 1, excludesUpper: true).words() == " below 1")
    #expect(Bounds.within(4...1024).words() == " from 4 to 1024")
    #expect(Bounds.within(0.0..<1).words() == " from 0, below 1")
    #expect(Bounds(from: 0, to: 1, excludesLower: true).words { "\(Int($0))px" } == " above 0px to 1px")
  }

  @Test func numbersAreWrittenWithoutWhatSaysNothing() {
    let texts: [(Double, String)] = [
      (8, "8"), (-8, "-8"), (2.5, "2.5"), (0.1, "0.1"), (1e300, "1e+300"), (.nan, "nan"),
    ]
    for (number, text) in texts { #expect(numberText(number) == text) }
    #expect(rangeText(0.0...0.9) == "0 to 0.9" && rangeText(16...4096) == "16 to 4096")
  }

  @Test(arguments: [
    ([], ""), (["PNG"], "PNG"), (["PNG", "TIFF"], "PNG or TIFF"), (["PNG", "JPEG", "TIFF"], "PNG, JPEG or TIFF"),
  ])
  func wordsStandInARow(_ words: [String], _ text: String) { #expect(wordList(words, "or") == text) }
}
