import Base
import Kernels

/// Sums the gradients of parameters over a batch's images, layer by layer, as `ImageTree` says; where ranks share the batch,
/// with theirs, while the backward pass goes on.
///
/// The layers' vectors fill buckets of one size, one after another. Of each, every rank gets its slice of all ranks' nodes,
/// sums it, and hands the sum to all: where each rank has one node, a number is sent twice, however many ranks there are. A
/// bucket's sums are sent on when the next one goes out, so that all ranks exchange in the same order.
final class GradientSums {
  private let part: BatchPart
  private let memory: SumMemory
  /// What is filled, whose pieces are on their way, and whose sums are.
  private var open: GradientBucket?
  private var summing: GradientBucket?
  private var returning: GradientBucket?

  init(_ part: BatchPart, memory: SumMemory) {
    self.part = part
    self.memory = memory
  }

  /// Adds to `targets`, the gradients of one layer's parameters, the sum over the batch's images of what `add` adds for each:
  /// at once, or, where ranks share the batch, by the time of `finish`.
  ///
  /// - Parameter add: given an image, counted from this part's first, and where its gradients are added.
  func add(to targets: [Region], _ add: (_ image: Int, _ into: [Region]) -> Void) {
    // The only image's gradients are their own sum.
    if part.isWhole && part.count == 1 { return flushingDenormals { add(0, targets) } }
    // Sums of one image are added to those of others here or by another rank: with the same treatment of tiny numbers.
    var nodes: [Region] = []
    flushingDenormals { nodes = summed(targets.map(\.count), add) }
    guard let ranks = part.ranks else {
      for (target, sum) in zip(targets, parts(of: nodes[0], targets.map(\.count))) {
        Elementwise.accumulate(sum, into: target)
      }
      return
    }
    let size = Self.room(for: targets.map(\.count))
    var first = 0
    while first < size {
      let bucket = open ?? GradientBucket(part, ranks, memory)
      open = bucket
      let count = min(size - first, bucket.room)
      bucket.append(nodes.map { $0.part(first, count) }, first: first, targets: targets)
      first += count
      if bucket.room == 0 { send(bucket, ranks) }
    }
  }

  /// Helps what is under way on.
  func progress() {
    _ = summing?.hasArrived()
    _ = returning?.hasArrived()
  }

  /// Waits until everything has been added.
  func finish() {
    guard let ranks = part.ranks else { return }
    if let open { send(open, ranks) }
    returning?.settle(ranks)
    summing?.passOn(ranks)
    summing?.settle(ranks)
    (summing, returning) = (nil, nil)
  }

  private func send(_ full: GradientBucket, _ ranks: Ranks) {
    open = nil
    full.start(ranks)
    returning?.settle(ranks)
    summing?.passOn(ranks)
    (summing, returning) = (full, summing)
  }

  /// The nodes of this part's images, one vector each, as they lie in `memory`.
  private func summed(_ counts: [Int], _ add: (Int, [Region]) -> Void) -> [Region] {
    var tree = ImageTree()
    let size = Self.room(for: counts)
    var level = -1
    let join = { [memory] in
      Elementwise.accumulate(memory.region(level, size), into: memory.region(level - 1, size))
      level -= 1
    }
    for (index, image) in part.images.enumerated() {
      if tree.takes(image: image) {
        add(index, parts(of: memory.region(level, size), counts))
        tree.widen(join: join)
      } else {
        level += 1
        memory.region(level, size).fill(0)
        add(index, parts(of: memory.region(level, size), counts))
        tree.append(ImageTree.Node(first: image, count: 1), join: join)
      }
    }
    if part.isWhole { tree.close(join: join) }
    return (0..<tree.nodes.count).map { memory.region($0, size) }
  }

  /// Vectors that are held at once in summing a part's images.
  static func mostVectors(of images: Range<Int>) -> Int {
    var tree = ImageTree()
    var most = 0
    for image in images {
      most = max(most, tree.nodes.count + (tree.takes(image: image) ? 0 : 1))
      tree.append(ImageTree.Node(first: image, count: 1)) {}
    }
    return images.count > 1 ? most : 0
  }

  private func parts(of region: Region, _ counts: [Int]) -> [Region] {
    var start = 0
    return counts.map { count in
      defer { start += ArenaLayout.rounded(count) }
      return region.part(start, count)
    }
  }

  /// Floats of a layer's vector, in which each parameter's gradient starts on a cache line.
  private static func room(for counts: [Int]) -> Int { counts.reduce(0) { $0 + ArenaLayout.rounded($1) } }
}

/// Vectors that are summed, a storage a level, kept from layer to layer.
final class SumMemory {
  private var levels: [Storage] = []
  /// Storages of buckets that nobody uses.
  private var free: [Storage] = []

  func region(_ level: Int, _ count: Int) -> Region {
    while levels.count <= level { levels.append(Storage(count: count)) }
    if levels[level].count < count {
      levels[level] = Storage(count: 0)  // the old memory goes back before the new is taken
      levels[level] = Storage(count: count)
    }
    return Region(levels[level], count: count)
  }

  func take(_ count: Int) -> Storage {
    let sizes = free.indices.sorted { free[$0].count < free[$1].count }
    if let smallest = sizes.first(where: { free[$0].count >= count }) { return free.remove(at: smallest) }
    if let largest = sizes.last { free.remove(at: largest) }
    return Storage(count: count)
  }

  func give(back storages: [Storage]) { free += storages }
}
