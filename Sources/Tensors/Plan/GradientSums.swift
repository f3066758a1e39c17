import Base
import Kernels

/// Sums the gradients of parameters over a batch's images, layer by layer, as `ImageTree` says; where ranks share the batch,
/// with theirs, while the backward pass goes on.
///
/// Layers gather in buckets of 1 MiB or more. Of each, every rank gets its slice of all ranks' nodes, sums it, and hands the
/// sum to all: a number is sent twice, however many ranks there are. A bucket's sums are sent on when the next one goes out,
/// so that all ranks exchange in the same order.
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
    let nodes = summed(targets.map(\.count), add)
    guard let ranks = part.ranks else {
      for (target, sum) in zip(targets, parts(of: nodes[0], targets.map(\.count))) {
        Elementwise.accumulate(sum, into: target)
      }
      return
    }
    let size = Self.room(for: targets.map(\.count))
    if let open, !open.hasRoom(for: size) { send(open, ranks) }
    let open = open ?? GradientBucket(part, ranks, memory, atLeast: size)
    self.open = open
    open.append(nodes, targets: targets, size: size)
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
        // Already added: there is nothing to join but what is further left.
        var isFirst = true
        tree.append(ImageTree.Node(first: image, count: 1)) {
          if !isFirst { join() }
          isFirst = false
        }
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

  private func parts(of region: Region, _ counts: [Int]) -> [Region] {
    var start = 0
    return counts.map { count in
      defer { start += Self.rounded(count) }
      return region.part(start, count)
    }
  }

  /// Vectors start on cache lines.
  private static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
  private static func room(for counts: [Int]) -> Int { counts.reduce(0) { $0 + rounded($1) } }
}

/// Vectors that are summed, a storage a level, kept from layer to layer.
final class SumMemory {
  private var levels: [Storage] = []
  /// Storages of buckets that nobody uses.
  fileprivate var free: [Storage] = []

  func region(_ level: Int, _ count: Int) -> Region {
    while levels.count <= level { levels.append(Storage(count: count)) }
    if levels[level].count < count {
      levels[level] = Storage(count: 0)  // the old memory goes back before the new is taken
      levels[level] = Storage(count: count)
    }
    return Region(levels[level], count: count)
  }

  fileprivate func take(_ count: Int) -> Storage {
    let sizes = free.indices.sorted { free[$0].count < free[$1].count }
    if let smallest = sizes.first(where: { free[$0].count >= count }) { return free.remove(at: smallest) }
    if let largest = sizes.last { free.remove(at: largest) }
    return Storage(count: count)
  }
}

/// Layers whose gradients are exchanged at once.
///
/// The layers' vectors lie one after another; of each layer every rank sums a slice. What goes to a rank are the slices of
/// this rank's nodes, layer by layer.
private final class GradientBucket {
  /// Floats and layers that it takes; a larger layer goes out alone.
  private static let size = 1 << 18
  private static let mostLayers = 64

  private struct Layer {
    let targets: [Region]
    let size: Int
  }

  private let part: BatchPart
  private let memory: SumMemory
  private let ranks: Int
  private let rank: Int
  /// The nodes of each rank, by rank.
  private let nodes: [[ImageTree.Node]]
  private var layers: [Layer] = []
  private var length = 0
  /// Floats for which there is room in the vector of one node.
  private let capacity: Int
  /// `[rank, layer, node, slice]`: what goes to each rank, and what comes from each.
  private let outgoing: Storage
  private var incoming: Storage?
  /// Floats that go to each rank so far.
  private var filled: [Int]
  private var sums: Storage?
  private var all: Storage?
  private var pending: (any PendingExchange)?

  init(_ part: BatchPart, _ ranks: Ranks, _ memory: SumMemory, atLeast size: Int) {
    self.part = part
    self.memory = memory
    (self.ranks, rank) = (ranks.count, ranks.rank)
    nodes = part.owned.map(ImageTree.nodes)
    capacity = max(size, Self.size)
    outgoing = memory.take(self.ranks * max(1, nodes[rank].count) * Self.most(of: capacity, self.ranks))
    filled = Array(repeating: 0, count: self.ranks)
  }

  func hasRoom(for size: Int) -> Bool { length + size <= capacity && layers.count < Self.mostLayers }

  /// Floats that a rank's slices of vectors of `length` floats together have at most: in each layer one line more than its part.
  private static func most(of length: Int, _ ranks: Int) -> Int { length / ranks + 16 * mostLayers }

  /// A rank's slice of a vector: whole cache lines.
  private func slice(_ rank: Int, of size: Int) -> Range<Int> {
    let lines = size / 16
    return (rank * lines / ranks * 16)..<((rank + 1) * lines / ranks * 16)
  }

  /// Floats of a rank's slices of all layers.
  private func sliced(_ rank: Int) -> Int { layers.reduce(0) { $0 + slice(rank, of: $1.size).count } }

  private func room(_ rank: Int) -> Int { rank * max(1, nodes[self.rank].count) * Self.most(of: capacity, ranks) }

  /// - Parameter own: this rank's nodes, which are copied.
  func append(_ own: [Region], targets: [Region], size: Int) {
    layers.append(Layer(targets: targets, size: size))
    length += size
    guard !nodes[rank].isEmpty else { return }
    for other in 0..<ranks {
      let slice = slice(other, of: size)
      for node in own {
        Region(outgoing, offset: room(other) + filled[other], count: slice.count).copy(
          node.part(slice.lowerBound, slice.count))
        filled[other] += slice.count
      }
    }
  }

  /// Sends each rank the slices that it sums.
  func start(_ ranks: Ranks) {
    let own = sliced(rank)
    var start = 0
    let arriving = nodes.map { nodes in
      defer { start += nodes.count * own }
      return Self.bytes(start, nodes.count * own)
    }
    let incoming = memory.take(start)
    self.incoming = incoming
    let leaving = (0..<self.ranks).map { Self.bytes(room($0), filled[$0]) }
    pending = ranks.link.startExchange(
      RankParcels(outgoing.address, leaving), into: RankParcels(incoming.address, arriving))
  }

  func hasArrived() -> Bool { pending?.isComplete() ?? true }

  /// Sums this rank's slices, and sends the sums to all.
  func passOn(_ ranks: Ranks) {
    guard sums == nil, let pending, let incoming else { return }
    ranks.finish(pending)
    let own = sliced(rank)
    let sums = memory.take(max(1, own))
    self.sums = sums
    var done = 0
    for layer in layers {
      let count = slice(rank, of: layer.size).count
      // The vectors of all nodes, from left to right; each is summed where the leftmost of its images lies.
      var stack: [Region] = []
      var tree = ImageTree()
      let join = {
        let last = stack.removeLast()
        Elementwise.accumulate(last, into: stack[stack.count - 1])
      }
      var sender = 0
      for nodes in nodes {
        for (index, node) in nodes.enumerated() {
          stack.append(
            Region(incoming, offset: sender + done * nodes.count + index * count, count: count))
          tree.append(node, join: join)
        }
        sender += nodes.count * own
      }
      tree.close(join: join)
      Region(sums, offset: done, count: count).copy(stack[0])
      done += count
    }
    let all = memory.take(length)
    self.all = all
    var start = 0
    let arriving = (0..<self.ranks).map { sender in
      let count = sliced(sender)
      defer { start += count }
      return Self.bytes(start, count)
    }
    self.pending = ranks.link.startExchange(
      RankParcels(sums.address, Array(repeating: Self.bytes(0, own), count: self.ranks)),
      into: RankParcels(all.address, arriving))
  }

  /// Waits for all ranks' sums and adds them to the gradients.
  func settle(_ ranks: Ranks) {
    guard let pending, let all else { return }
    ranks.finish(pending)
    var start = 0
    for sender in 0..<self.ranks {
      for layer in layers {
        let slice = slice(sender, of: layer.size)
        add(Region(all, offset: start, count: slice.count), at: slice.lowerBound, to: layer.targets)
        start += slice.count
      }
    }
    memory.free += [outgoing, all] + [incoming, sums].compactMap { $0 }
    (self.pending, self.all) = (nil, nil)
  }

  /// Adds a piece of a layer's vector to the targets that it holds.
  private func add(_ piece: Region, at first: Int, to targets: [Region]) {
    var start = 0
    for target in targets {
      let from = max(first, start)
      let to = min(first + piece.count, start + target.count)
      if from < to {
        Elementwise.accumulate(piece.part(from - first, to - from), into: target.part(from - start, to - from))
      }
      start += (target.count + 15) / 16 * 16
    }
  }

  private static func bytes(_ start: Int, _ count: Int) -> Range<Int> {
    let size = MemoryLayout<Float>.stride
    return (start * size)..<((start + count) * size)
  }
}
