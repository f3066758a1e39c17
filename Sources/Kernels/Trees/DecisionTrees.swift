/// Binary trees of questions "is feature f at most t?", whose answers at the leaves add up.
package struct DecisionTrees: Sendable, Hashable {
  /// A question, or an answer.
  package struct Node: BitwiseCopyable, Sendable, Hashable {
    /// Of a question: the place of the feature that it is about.
    package var feature: Int32
    /// At most this goes to `next`, more to the node after that.
    package var threshold: Float
    /// The place of the first of its two children among the nodes of all trees, later than its own; 0 for a leaf.
    package var next: Int32
    /// What a leaf answers; 0 for a question.
    package var value: Float

    package static func leaf(_ value: Float) -> Node { Node(feature: 0, threshold: 0, next: 0, value: value) }

    package static func question(_ feature: Int, atMost threshold: Float, next: Int) -> Node {
      Node(feature: Int32(feature), threshold: threshold, next: Int32(next), value: 0)
    }

    package var isLeaf: Bool { next == 0 }
  }

  /// Of all trees, one after the other.
  package private(set) var nodes: [Node] = []
  /// Where each tree begins.
  package private(set) var roots: [Int] = []

  package init() {}

  /// - Parameter tree: its root first; places of children are counted from that.
  package mutating func append(_ tree: [Node]) {
    precondition(Self.areATree(tree), "children come after their parents, each once")
    let start = nodes.count
    roots.append(start)
    nodes += tree.map { node in
      var own = node
      if !node.isLeaf { own.next += Int32(start) }
      return own
    }
  }

  /// Each tree by itself, places of children counted from its root.
  package var trees: [[Node]] {
    roots.indices.map { index in
      let end = index + 1 < roots.count ? roots[index + 1] : nodes.count
      return nodes[roots[index]..<end].map { node in
        var own = node
        if !node.isLeaf { own.next -= Int32(roots[index]) }
        return own
      }
    }
  }

  /// Whether nodes, which may come from any file, are one tree: from the first, each of the others is reached once.
  package static func areATree(_ nodes: [Node]) -> Bool {
    guard !nodes.isEmpty, nodes.count < 1 << 24 else { return false }
    var parents = [Int](repeating: 0, count: nodes.count)
    for (place, node) in nodes.enumerated() where !node.isLeaf {
      let next = Int(node.next)
      guard next > place, next + 1 < nodes.count, node.feature >= 0 else { return false }
      parents[next] += 1
      parents[next + 1] += 1
    }
    return parents[0] == 0 && parents.dropFirst().allSatisfy { $0 == 1 }
  }

  /// One more than the largest place of a feature that is asked for.
  package var featureCount: Int { nodes.reduce(0) { $1.isLeaf ? $0 : max($0, Int($1.feature) + 1) } }

  /// Σ of the trees' answers for each of `rows`, beginning with `start`; a feature that is no number goes with the larger ones.
  ///
  /// - Parameters:
  ///   - features: [feature][row], at least as many as are asked for.
  ///   - rows: places within the features.
  package func sums(of features: [[Float]], rows: [Int32], from start: Double = 0) -> [Float] {
    let width = features.count
    precondition(featureCount <= width, "every feature that is asked for is there")
    guard !rows.isEmpty else { return [] }
    guard !nodes.isEmpty else { return [Float](repeating: Float(start), count: rows.count) }
    let count = rows.count
    return written(count) { (result: UnsafeMutablePointer<Float>) in
      nodes.withBase { nodes in
        parallel((count + Self.block - 1) / Self.block) { number in
          let own = (number * Self.block)..<min((number + 1) * Self.block, count)
          withScratch(Self.block * width, filledWith: Float(0)) { table in
            for (feature, column) in features.enumerated() {
              for (place, index) in own.enumerated() { table[place * width + feature] = column[Int(rows[index])] }
            }
            withScratch(Self.block, filledWith: start) { sums in
              for root in roots {
                for place in 0..<own.count { sums[place] += Double(Self.answer(nodes, root, table + place * width)) }
              }
              for place in 0..<own.count { result[own.lowerBound + place] = Float(sums[place]) }
            }
          }
        }
      }
    }
  }

  /// Rows whose features lie together in the first-level cache, a tree at a time.
  private static let block = 128

  @inline(__always)
  private static func answer(
    _ nodes: UnsafePointer<Node>, _ root: Int, _ features: UnsafePointer<Float>
  ) -> Float {
    var place = root
    while true {
      let node = nodes[place]
      if node.next == 0 { return node.value }
      place = Int(node.next) &+ (features[Int(node.feature)] <= node.threshold ? 0 : 1)
    }
  }
}
