import Kernels
import Tensors

/// Grows one tree on binned examples, the leaf that gains most first (leaf-wise), after Ke et al. (LightGBM, NeurIPS 2017) and
/// scikit-learn's `HistGradientBoosting`.
struct TreeGrowth {
  let table: BinnedTable
  let bins: FeatureBins
  let settings: GradientBoosting.Settings
  let slopes: [Float]
  let curvatures: [Float]
  /// What the features that a leaf may ask for are drawn from.
  let stream: RandomStream

  /// Σ curvatures in a leaf, at least.
  private static let curvatureInLeaf = 1e-3

  /// A leaf with its rows, which may yet be divided.
  private struct Leaf {
    /// Its place among the nodes.
    let node: Int
    /// Of its rows in `order`.
    let range: Range<Int>
    let sums: BinnedTable.Sums
    let slope, curvature: Double
    let division: Division?
  }

  /// A question that divides a leaf, and what it gains.
  private struct Division {
    let gain: Double
    let feature, bin: Int
    /// Of the rows that say yes.
    let slope, curvature: Double
  }

  /// A tree of which each leaf's answer is its Newton step −Σ slopes ÷ (Σ curvatures + λ) times the rate, and the rows of each
  /// leaf.
  func tree() -> (nodes: [DecisionTrees.Node], leaves: [(rows: ArraySlice<Int32>, value: Float)]) {
    var order = Array(0..<Int32(table.rowCount))
    var nodes = [DecisionTrees.Node.leaf(0)]
    let slope = slopes.reduce(0.0) { $0 + Double($1) }
    let curvature = curvatures.reduce(0.0) { $0 + Double($1) }
    let sums = table.sums(over: order[...], slopes: slopes, curvatures: curvatures)
    var drawing = stream
    var leaves = [leaf(0, 0..<order.count, sums, slope, curvature, &drawing)]
    while leaves.count < settings.leaves {
      // Of equal gains the first leaf counts.
      let best = leaves.indices.reduce(nil as Int?) { best, index in
        guard let gain = leaves[index].division?.gain else { return best }
        return best.map { leaves[$0].division?.gain ?? 0 >= gain } == true ? best : index
      }
      guard let best, let division = leaves[best].division else { break }
      let parent = leaves[best]
      let first = table.part(
        &order, parent.range, column: division.feature, atMost: UInt8(division.bin))
      let middle = parent.range.lowerBound + first
      let ranges = (parent.range.lowerBound..<middle, middle..<parent.range.upperBound)
      // The smaller part is summed, the other is what is left.
      let isFirstSmaller = ranges.0.count <= ranges.1.count
      let part = table.sums(
        over: order[isFirstSmaller ? ranges.0 : ranges.1], slopes: slopes, curvatures: curvatures)
      let rest = parent.sums.without(part)
      let next = nodes.count
      nodes[parent.node] = .question(
        division.feature, atMost: bins.limits[division.feature][division.bin], next: next)
      nodes += [.leaf(0), .leaf(0)]
      leaves[best] = leaf(next, ranges.0, isFirstSmaller ? part : rest, division.slope, division.curvature, &drawing)
      leaves.append(
        leaf(
          next + 1, ranges.1, isFirstSmaller ? rest : part, parent.slope - division.slope,
          parent.curvature - division.curvature, &drawing))
    }
    let ends = leaves.map { leaf in
      (rows: order[leaf.range], value: Float(settings.rate * step(leaf.slope, leaf.curvature)))
    }
    for (leaf, end) in zip(leaves, ends) { nodes[leaf.node].value = end.value }
    return (nodes, ends)
  }

  private func leaf(
    _ node: Int, _ range: Range<Int>, _ sums: BinnedTable.Sums, _ slope: Double, _ curvature: Double,
    _ drawing: inout RandomStream
  ) -> Leaf {
    let division =
      range.count < 2 * settings.rowsInLeaf || curvature < Self.curvatureInLeaf
      ? nil : bestDivision(of: sums, range.count, slope, curvature, among: askedFor(&drawing))
    return Leaf(node: node, range: range, sums: sums, slope: slope, curvature: curvature, division: division)
  }

  /// Features that a leaf may ask for, in ascending order.
  private func askedFor(_ drawing: inout RandomStream) -> [Int] {
    let all = Array(0..<table.columnCount)
    guard settings.featureShare < 1 else { return all }
    let count = max(1, Int((settings.featureShare * Double(all.count)).rounded()))
    return drawing.shuffled(all).prefix(count).sorted()
  }

  /// −G ÷ (H + λ).
  private func step(_ slope: Double, _ curvature: Double) -> Double { -slope / (curvature + settings.l2 + 1e-15) }

  /// The division whose two steps lower the loss most beside that of the whole; of equals the first feature, the lowest bin.
  private func bestDivision(
    of sums: BinnedTable.Sums, _ rows: Int, _ slope: Double, _ curvature: Double, among features: [Int]
  ) -> Division? {
    let whole = step(slope, curvature) * slope
    var best: Division?
    for feature in features {
      var (count, left, weight) = (0, 0.0, 0.0)
      for bin in bins.limits[feature].indices {
        let found = sums[feature, bin]
        count += found.rows
        left += found.slope
        weight += found.curvature
        if count < settings.rowsInLeaf || weight < Self.curvatureInLeaf { continue }
        let (right, rightWeight) = (slope - left, curvature - weight)
        if rows - count < settings.rowsInLeaf || rightWeight < Self.curvatureInLeaf { break }
        let gain = whole - step(left, weight) * left - step(right, rightWeight) * right
        if gain > max(best?.gain ?? 0, 0) {
          best = Division(gain: gain, feature: feature, bin: bin, slope: left, curvature: weight)
        }
      }
    }
    return best
  }
}
