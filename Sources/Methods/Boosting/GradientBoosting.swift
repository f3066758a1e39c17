import Kernels
import Tensors

/// Gradient boosting of trees on histograms for two classes (Friedman, Annals of Statistics 29, 2001): each tree steps along the
/// Newton direction of the logistic loss, Σ w (log(1 + e^s) − y s), s the sum of the trees so far.
///
/// Own code rather than XGBoost's: the same bits on every processor and for any number of threads, since each feature is summed
/// by one thread in the order of the examples, and files that are read as strictly as all others.
package struct GradientBoosting: Sendable, Hashable {
  /// The log-odds of the class that is looked for, over all examples.
  package let base: Double
  package let trees: DecisionTrees

  package init(base: Double, trees: DecisionTrees) { (self.base, self.trees) = (base, trees) }

  /// How it learns.
  package struct Settings: Sendable, Hashable {
    package var trees: Int
    package var leaves: Int
    /// What a tree's steps are multiplied by.
    package var rate: Double
    /// Examples in a leaf, at least.
    package var rowsInLeaf: Int
    /// λ.
    package var l2: Double
    /// Of the features, how many a leaf may ask for, drawn anew for each leaf, in (0, 1].
    package var featureShare: Double

    package init(
      trees: Int = 100, leaves: Int = 31, rate: Double = 0.1, rowsInLeaf: Int = 20, l2: Double = 0,
      featureShare: Double = 1
    ) {
      (self.trees, self.leaves, self.rate, self.rowsInLeaf) = (trees, leaves, rate, rowsInLeaf)
      (self.l2, self.featureShare) = (l2, featureShare)
    }
  }

  /// Deterministic. Cost: a sort a feature, then about log₂(leaves) ÷ 2 + 1 passes over all examples and features a tree.
  ///
  /// - Parameters:
  ///   - features: [feature][example], finite numbers, one feature and one example at least.
  ///   - labels: whether each example is of the class that is looked for.
  ///   - weights: above 0; `nil` is 1 for all.
  ///   - progress: told of after every tree; what that throws stops it.
  package init(
    _ features: [[Float]], labels: [Bool], weights: [Float]? = nil, _ settings: Settings = Settings(),
    progress: (_ done: Int) throws -> Void
  ) rethrows {
    let count = labels.count
    precondition(count > 0 && !features.isEmpty, "there is something to learn from")
    precondition(
      features.allSatisfy { $0.count == count && $0.allSatisfy(\.isFinite) }, "features are numbers, one an example")
    precondition(weights.map { $0.count == count && $0.allSatisfy { $0 > 0 } } ?? true, "weights are above 0")
    let bins = FeatureBins(features, weights: weights)
    let table = bins.codes(features)
    let stream = RandomStream(seed: 0, path: ["gradient boosting"])
    let weight = { (row: Int) in Double(weights?[row] ?? 1) }
    var (sought, all) = (0.0, 0.0)
    for row in labels.indices {
      all += weight(row)
      if labels[row] { sought += weight(row) }
    }
    // A class without examples has no log-odds.
    let share = min(max(sought / all, Self.leastShare), 1 - Self.leastShare)
    base = Self.logOdds(share)
    var trees = DecisionTrees()
    var sums = [Double](repeating: base, count: count)
    var slopes = [Float](repeating: 0, count: count)
    var curvatures = slopes
    for number in 0..<settings.trees {
      for row in labels.indices {
        let p = Self.logistic(sums[row])
        slopes[row] = Float(weight(row) * (p - (labels[row] ? 1 : 0)))
        curvatures[row] = Float(weight(row) * p * (1 - p))
      }
      let growth = TreeGrowth(
        table: table, bins: bins, settings: settings, slopes: slopes, curvatures: curvatures,
        stream: stream.substream(number))
      let (nodes, leaves) = growth.tree()
      trees.append(nodes)
      for leaf in leaves { for row in leaf.rows { sums[Int(row)] += Double(leaf.value) } }
      try progress(number + 1)
    }
    self.trees = trees
  }

  private static let leastShare = 1e-9

  /// The same, of which nobody is told.
  package init(
    _ features: [[Float]], labels: [Bool], weights: [Float]? = nil, _ settings: Settings = Settings()
  ) {
    self.init(features, labels: labels, weights: weights, settings) { _ in }
  }

  /// Log-odds of the class that was looked for.
  ///
  /// - Parameters:
  ///   - features: [feature][row].
  ///   - rows: places within the features.
  package func logOdds(_ features: [[Float]], rows: [Int32]) -> [Float] {
    trees.sums(of: features, rows: rows, from: base)
  }

  /// ln (p ÷ (1 − p)).
  package static func logOdds(_ p: Double) -> Double { Elementary.log(p / (1 - p)) }

  /// 1 ÷ (1 + e^−s).
  package static func logistic(_ s: Double) -> Double { 1 / (1 + Elementary.exp(-s)) }
}
