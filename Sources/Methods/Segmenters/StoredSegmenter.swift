/// The stored form of a fitted segmenter: numbers, a network, or several of these whose maps are averaged.
package struct StoredSegmenter: Codable {
  package let fitted: any FittedSegmenter

  package init(_ fitted: any FittedSegmenter) { self.fitted = fitted }

  private enum CodingKeys: CodingKey { case tree, networks }

  package func encode(to encoder: any Encoder) throws {
    var networks: [TrainedNetwork] = []
    let tree = SegmenterTree(of: fitted, networks: &networks)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(tree, forKey: .tree)
    try fields.encode(networks, forKey: .networks)
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let networks = try fields.decode([TrainedNetwork].self, forKey: .networks)
    let tree = try fields.decode(SegmenterTree.self, forKey: .tree)
    fitted = try tree.fitted(networks, at: "a stored segmenter")
  }
}
