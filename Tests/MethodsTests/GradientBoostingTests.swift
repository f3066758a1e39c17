import Foundation
import Kernels
import Methods
import Testing

/// Trees on histograms against scikit-learn's `HistGradientBoostingClassifier` (`Fixtures/make_gradient_boosting.py`).
@Suite struct GradientBoostingTests {
  private struct Case: Decodable {
    let features: [[Float]]
    let labels: [Bool]
    let weights: [Float]?
    let trees, leaves, rowsInLeaf: Int
    let rate, l2: Double
    let logOdds: [Double]
    let nodes, firstFeature: [Int]
    let firstThreshold: [Double]

    var settings: GradientBoosting.Settings {
      .init(trees: trees, leaves: leaves, rate: rate, rowsInLeaf: rowsInLeaf, l2: l2)
    }
    var fitted: GradientBoosting { GradientBoosting(features, labels: labels, weights: weights, settings) }
    var rows: [Int32] { labels.indices.map(Int32.init) }
  }

  private let cases: [Case] = {
    let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Fixtures"
    guard let bytes = FileManager.default.contents(atPath: folder + "/gradient_boosting.json"),
      let cases = try? JSONDecoder().decode([Case].self, from: bytes)
    else { preconditionFailure("the fixtures are beside the tests") }
    return cases
  }()

  @Test(arguments: 0..<3) func growsTheTreesOfScikitLearn(number: Int) {
    let numbers = cases[number]
    let found = numbers.fitted
    let trees = found.trees.trees
    #expect(trees.map(\.count) == numbers.nodes)
    #expect(trees.map { Int($0[0].feature) } == numbers.firstFeature)
    #expect(zip(trees, numbers.firstThreshold).allSatisfy { abs(Double($0[0].threshold) - $1) < 1e-6 })
    let sums = found.logOdds(numbers.features, rows: numbers.rows)
    let largest = zip(sums, numbers.logOdds).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(largest < 2e-6, "\(largest)")
  }

  private func fitted(threads: Int) -> GradientBoosting {
    Machine.computing(threads: threads, vectorWidth: Machine.vectorWidth) { cases[1].fitted }
  }

  @Test func threadsChangeNoBit() {
    let (alone, shared) = (fitted(threads: 1), fitted(threads: 3))
    #expect(
      alone == shared
        && alone.logOdds(cases[1].features, rows: cases[1].rows)
          == shared.logOdds(cases[1].features, rows: cases[1].rows)
    )
  }

  @Test func rowsAreAnsweredWhereverTheyStand() {
    let numbers = cases[0]
    let found = numbers.fitted
    let all = found.logOdds(numbers.features, rows: numbers.rows)
    let some: [Int32] = [399, 3, 3, 200]
    #expect(found.logOdds(numbers.features, rows: some) == some.map { all[Int($0)] })
    #expect(found.logOdds(numbers.features, rows: []).isEmpty)
  }

  @Test func oneClassAloneIsSure() {
    let found = GradientBoosting([[1, 2, 3]], labels: [true, true, true], .init(trees: 3))
    #expect(found.logOdds([[0, 5]], rows: [0, 1]).allSatisfy { $0 > 15 && $0.isFinite })
  }

  @Test func fewExamplesMakeNoQuestions() {
    let found = GradientBoosting([[1, 2, 3, 4]], labels: [true, false, true, true], .init(trees: 5))
    #expect(found.trees.trees.allSatisfy { $0.count == 1 })
    let odds = found.logOdds([[9]], rows: [0])[0]
    #expect(abs(Double(odds) - Elementary.log(3.0)) < 1e-6)
  }

  /// A midpoint of two neighbours among 32-bit numbers is one of them: the larger one must still lie above the limit.
  @Test func neighbouringNumbersAreToldApart() {
    let (less, more) = (Float(1), Float(1).nextUp)
    let labels = (0..<80).map { $0 % 2 == 0 }
    let found = GradientBoosting([labels.map { $0 ? more : less }], labels: labels, .init(trees: 10, rate: 0.5))
    let odds = found.logOdds([[less, more]], rows: [0, 1])
    #expect(odds[0] < -2 && odds[1] > 2)
  }

  @Test func onlyTreesAreTrees() {
    typealias Node = DecisionTrees.Node
    #expect(DecisionTrees.areATree([.leaf(1)]))
    #expect(DecisionTrees.areATree([.question(0, atMost: 1, next: 1), .leaf(1), .leaf(2)]))
    #expect(!DecisionTrees.areATree([]))
    // A child that is not there, two parents of one child, a way back, a node that nobody asks for.
    #expect(!DecisionTrees.areATree([.question(0, atMost: 1, next: 1), .leaf(1)]))
    #expect(
      !DecisionTrees.areATree([.question(0, atMost: 1, next: 1), .question(0, atMost: 1, next: 2), .leaf(1), .leaf(2)]))
    #expect(!DecisionTrees.areATree([.question(0, atMost: 1, next: 1), .question(0, atMost: 1, next: -1), .leaf(1)]))
    #expect(!DecisionTrees.areATree([.leaf(1), .leaf(2)]))
    #expect(!DecisionTrees.areATree([.question(-1, atMost: 1, next: 1), .leaf(1), .leaf(2)]))
    #expect(!DecisionTrees.areATree([.question(0, atMost: 1, next: .max >> 33), .leaf(1), .leaf(2)]))
  }
}
