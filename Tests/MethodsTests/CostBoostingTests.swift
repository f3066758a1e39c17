import Foundation
import Methods
import Testing

/// AdaC2 against NumPy and, where all costs are 1, scikit-learn's AdaBoost (`Fixtures/make_boosting.py`).
@Suite struct CostBoostingTests {
  private struct Numbers: Decodable {
    struct Member: Decodable {
      let feature, polarity: Int
      let threshold, vote: Double
    }
    struct Scikit: Decodable {
      let votes, margins: [Double]
    }
    let examples: [[Double]]
    let labels: [Bool]
    let costs: [Double]
    let rounds: Int
    let plain, charged: [Member]
    let plainMargins, chargedMargins: [Double]
    let scikit: Scikit
  }

  private let numbers: Numbers = {
    let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Fixtures"
    guard let bytes = FileManager.default.contents(atPath: folder + "/boosting.json"),
      let numbers = try? JSONDecoder().decode(Numbers.self, from: bytes)
    else { preconditionFailure("the fixtures are beside the tests") }
    return numbers
  }()

  private func fitted(costs: [Double], rounds: Int? = nil) -> CostBoosting {
    CostBoosting(numbers.examples, labels: numbers.labels, costs: costs, rounds: rounds ?? numbers.rounds)
  }

  private func agree(_ found: CostBoosting, _ members: [Numbers.Member], _ margins: [Double]) {
    #expect(found.members.count == members.count)
    for (member, expected) in zip(found.members, members) {
      let stump = DecisionStump(
        feature: expected.feature, threshold: expected.threshold, polarity: expected.polarity)
      #expect(member.stump == stump && abs(member.vote - expected.vote) < 1e-9)
    }
    for (example, margin) in zip(numbers.examples, margins) { #expect(abs(found.margin(example) - margin) < 1e-9) }
  }

  @Test func costsAreOutsideTheExponential() {
    agree(fitted(costs: numbers.costs), numbers.charged, numbers.chargedMargins)
  }

  @Test func withoutCostsItIsAdaBoost() {
    let found = fitted(costs: numbers.costs.map { _ in 1 })
    agree(found, numbers.plain, numbers.plainMargins)
    #expect(zip(found.members, numbers.scikit.votes).allSatisfy { abs($0.vote - $1) < 1e-9 })
    #expect(zip(numbers.examples, numbers.scikit.margins).allSatisfy { abs(found.margin($0) - $1) < 1e-9 })
  }

  @Test func votesSumToTheMargin() {
    let found = fitted(costs: numbers.costs)
    for example in numbers.examples {
      let votes = found.votes(example)
      let say = found.members.reduce(0) { $0 + $1.vote }
      #expect(abs(votes.reduce(0, +) / say - found.margin(example)) < 1e-12)
      #expect(zip(votes, found.members).allSatisfy { abs($0) == $1.vote })
    }
  }

  /// Costs of one class raised find more of it.
  @Test func costsMoveTheErrors() {
    func found(_ ratio: Double) -> (missed: Int, falseAlarms: Int) {
      let boosting = fitted(costs: numbers.labels.map { $0 ? ratio : 1 }, rounds: 5)
      let said = numbers.examples.map { boosting($0) }
      return (zip(said, numbers.labels).count { !$0 && $1 }, zip(said, numbers.labels).count { $0 && !$1 })
    }
    let (even, dear) = (found(1), found(6))
    #expect(dear.missed < even.missed && dear.falseAlarms > even.falseAlarms)
  }

  @Test func oneStumpSufficesWhereItMakesNoMistake() {
    let boosting = CostBoosting(
      [[0], [1], [2], [3]], labels: [true, true, false, false], costs: [1, 2, 1, 5], rounds: 9)
    #expect(boosting.members.map(\.stump) == [DecisionStump(feature: 0, threshold: 1.5, polarity: -1)])
    #expect(boosting([0.2]) && !boosting([9]) && boosting.margin([0]) == 1)
  }

  @Test func nothingBetterThanChanceIsNoStump() {
    let boosting = CostBoosting([[1], [1]], labels: [true, false], costs: [1, 1], rounds: 3)
    #expect(boosting.members.isEmpty && boosting.margin([1]) == 0 && !boosting([1]))
    let one = CostBoosting([[1], [2]], labels: [true, true], costs: [1, 1], rounds: 3)
    #expect(one.members.count == 1 && one([5]) && one([-5]) == one([0]))
  }

  @Test func itsStoredFormIsExact() throws {
    let found = fitted(costs: numbers.costs)
    #expect(try JSONDecoder().decode(CostBoosting.self, from: JSONEncoder().encode(found)) == found)
  }
}
