/// The order in which one vector an image is summed over a batch: neighbours in pairs, then pairs of pairs; images beyond the
/// last power of two join at the end. Any run of images comes to a few nodes of the tree, from which all go on alike.
package struct ImageTree {
  /// The sum of the images `first` ..< `first + count`; `count` is a power of two and divides `first`, but for what `close` makes.
  package struct Node: Equatable {
    package let first: Int
    package var count: Int

    package init(first: Int, count: Int) {
      self.first = first
      self.count = count
    }
  }

  /// From left to right, none of which can be joined yet.
  package private(set) var nodes: [Node] = []

  package init() {}

  /// Adds the next node to the right. `join` is told, in turn, to add the last vector to the one before and to drop it.
  package mutating func append(_ node: Node, join: () -> Void) {
    nodes.append(node)
    joinTwins(join)
  }

  /// Whether the vector of the next image can be added straight to the last one: the same bits as a node of its own, which
  /// would be joined at once.
  package func takes(image: Int) -> Bool { nodes.last.map { areTwins($0, Node(first: image, count: 1)) } ?? false }

  /// Notes that the last vector has taken its twin.
  package mutating func widen(join: () -> Void) {
    nodes[nodes.count - 1].count *= 2
    joinTwins(join)
  }

  /// Joins what is left, from the right.
  package mutating func close(join: () -> Void) {
    while nodes.count > 1 {
      let last = nodes.removeLast()
      nodes[nodes.count - 1].count += last.count
      join()
    }
  }

  private mutating func joinTwins(_ join: () -> Void) {
    while nodes.count > 1, areTwins(nodes[nodes.count - 2], nodes[nodes.count - 1]) {
      nodes.removeLast()
      nodes[nodes.count - 1].count *= 2
      join()
    }
  }

  private func areTwins(_ left: Node, _ right: Node) -> Bool {
    left.count == right.count && left.first % (2 * left.count) == 0 && right.first == left.first + left.count
  }

  /// The nodes that a run of images comes to.
  package static func nodes(of images: Range<Int>) -> [Node] {
    var tree = ImageTree()
    for image in images { tree.append(Node(first: image, count: 1)) {} }
    return tree.nodes
  }
}
