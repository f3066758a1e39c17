import Base

/// The images of a batch that this process works on: all of them, or, where several ranks train one network, those of its
/// rank. Sums over the batch are sums over its images in an order that their number alone decides, so that the bits are the
/// same however the images are dealt out.
public struct BatchPart: Sendable {
  /// Those this process computes, of 0 ..< `count`.
  public let images: Range<Int>
  /// Images of the whole batch.
  public let count: Int
  /// Those each rank answers for, by rank: together every image once, in order.
  let owned: [Range<Int>]
  /// Nil where there is nobody to sum with.
  let ranks: Ranks?
  /// Floats whose sums are exchanged at once.
  let bucketSize: Int

  /// A whole batch.
  public init(whole count: Int) {
    self.init(images: 0..<count, count: count, owned: [0..<count], ranks: nil, bucketSize: 0)
  }

  /// This rank's part of a batch of `count` images, at least one. Where there are more ranks than images, some compute an
  /// image that another one answers for.
  ///
  /// - Parameter bucketSize: floats whose sums are exchanged at once, 4 MiB of them unless tests want fewer.
  public init(of count: Int, among ranks: Ranks = .current, bucketSize: Int = 1 << 20) {
    let sharing = min(ranks.count, count)
    guard ranks.countAtWork > 1, sharing > 1 else {
      self.init(whole: count)
      return
    }
    let owned = (0..<ranks.count).map { rank in
      rank < sharing ? (rank * count / sharing)..<((rank + 1) * count / sharing) : count..<count
    }
    self.init(images: owned[ranks.rank % sharing], count: count, owned: owned, ranks: ranks, bucketSize: bucketSize)
  }

  private init(images: Range<Int>, count: Int, owned: [Range<Int>], ranks: Ranks?, bucketSize: Int) {
    (self.images, self.count, self.owned, self.ranks) = (images, count, owned, ranks)
    self.bucketSize = bucketSize
  }

  public var isWhole: Bool { ranks == nil }

  /// The numbers of all the batch's images, in their order.
  ///
  /// - Parameter own: of this part's, as many for each image.
  public func ofAllImages(_ own: [Double]) -> [Double] {
    guard let ranks else { return own }
    let size = own.count / images.count
    return ranks.numbersOfAll(owned[ranks.rank].isEmpty ? [] : own, counts: owned.map { $0.count * size })
  }

  /// Whether something holds on all ranks that share the batch.
  public func allHold(_ own: Bool) -> Bool {
    guard let ranks else { return own }
    return ranks.numbersOfAll([own ? 1 : 0], counts: Array(repeating: 1, count: ranks.count)).allSatisfy { $0 == 1 }
  }
}
