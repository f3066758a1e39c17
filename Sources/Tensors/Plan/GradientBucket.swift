import Base
import Kernels

/// Pieces of layers' vectors that are exchanged at once.
///
/// They lie one after another; of each piece every rank sums a slice. What goes to a rank are the slices of this rank's nodes,
/// piece by piece.
final class GradientBucket {
  private struct Piece {
    let targets: [Region]
    /// Where it starts in the vector of its layer.
    let first: Int
    let size: Int
  }

  /// A full bucket may hold fewer floats than it has room for: a rank's slice of a piece is up to a line more than its part.
  private static let mostPieces = 64

  private let memory: SumMemory
  private let ranks: Int
  private let rank: Int
  /// The nodes of each rank, by rank.
  private let nodes: [[ImageTree.Node]]
  private var pieces: [Piece] = []
  private var length = 0
  private let capacity: Int
  /// `[rank, piece, node, slice]`: what goes to each rank, and what comes from each.
  private let outgoing: Storage
  private var incoming: Storage?
  /// Floats that go to each rank so far.
  private var filled: [Int]
  private var sums: Storage?
  private var all: Storage?
  private var pending: (any PendingExchange)?

  init(_ part: BatchPart, _ ranks: Ranks, _ memory: SumMemory) {
    self.memory = memory
    (self.ranks, rank) = (ranks.count, ranks.rank)
    nodes = part.owned.map(ImageTree.nodes)
    capacity = ArenaLayout.rounded(part.bucketSize)
    outgoing = memory.take(self.ranks * max(1, nodes[rank].count) * Self.most(of: capacity, self.ranks))
    filled = Array(repeating: 0, count: self.ranks)
  }

  /// Floats that may still be appended.
  var room: Int { pieces.count < Self.mostPieces ? capacity - length : 0 }

  /// Floats that a rank's slices of pieces of `length` floats together have at most: of each one line more than its part.
  private static func most(of length: Int, _ ranks: Int) -> Int { length / ranks + 16 * mostPieces }

  /// A rank's slice of a piece: whole cache lines.
  private func slice(_ rank: Int, of size: Int) -> Range<Int> {
    let lines = size / 16
    return (rank * lines / ranks * 16)..<((rank + 1) * lines / ranks * 16)
  }

  /// Floats of a rank's slices of all pieces.
  private func sliced(_ rank: Int) -> Int { pieces.reduce(0) { $0 + slice(rank, of: $1.size).count } }

  private func start(of rank: Int) -> Int { rank * max(1, nodes[self.rank].count) * Self.most(of: capacity, ranks) }

  /// - Parameters:
  ///   - own: the piece of this rank's nodes, which is copied.
  ///   - first: where the piece starts in the vector of its layer, whose parameters' gradients are `targets`.
  func append(_ own: [Region], first: Int, targets: [Region]) {
    let size = own[0].count
    pieces.append(Piece(targets: targets, first: first, size: size))
    length += size
    guard !nodes[rank].isEmpty else { return }
    for other in 0..<ranks {
      let slice = slice(other, of: size)
      for node in own {
        Region(outgoing, offset: start(of: other) + filled[other], count: slice.count).copy(
          node.part(slice.lowerBound, slice.count))
        filled[other] += slice.count
      }
    }
  }

  /// Sends each rank the slices that it sums.
  func start(_ ranks: Ranks) {
    let own = sliced(rank)
    var place = 0
    let arriving = nodes.map { nodes in
      defer { place += nodes.count * own }
      return Self.bytes(place, nodes.count * own)
    }
    let incoming = memory.take(place)
    self.incoming = incoming
    let leaving = (0..<self.ranks).map { Self.bytes(start(of: $0), filled[$0]) }
    pending = ranks.link.startExchange(
      RankParcels(outgoing.address, leaving, of: outgoing), into: RankParcels(incoming.address, arriving, of: incoming))
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
    for piece in pieces {
      let count = slice(rank, of: piece.size).count
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
          stack.append(Region(incoming, offset: sender + done * nodes.count + index * count, count: count))
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
    var place = 0
    let arriving = (0..<self.ranks).map { sender in
      let count = sliced(sender)
      defer { place += count }
      return Self.bytes(place, count)
    }
    self.pending = ranks.link.startExchange(
      RankParcels(sums.address, Array(repeating: Self.bytes(0, own), count: self.ranks), of: sums),
      into: RankParcels(all.address, arriving, of: all))
  }

  /// Waits for all ranks' sums and adds them to the gradients.
  func settle(_ ranks: Ranks) {
    guard let pending, let all else { return }
    ranks.finish(pending)
    var place = 0
    for sender in 0..<self.ranks {
      for piece in pieces {
        let slice = slice(sender, of: piece.size)
        add(Region(all, offset: place, count: slice.count), at: piece.first + slice.lowerBound, to: piece.targets)
        place += slice.count
      }
    }
    memory.give(back: [outgoing, all] + [incoming, sums].compactMap { $0 })
    (self.pending, self.all) = (nil, nil)
  }

  /// Adds what lies from `first` on in a layer's vector to the gradients that it holds.
  private func add(_ sum: Region, at first: Int, to targets: [Region]) {
    var start = 0
    for target in targets {
      let from = max(first, start)
      let to = min(first + sum.count, start + target.count)
      if from < to {
        Elementwise.accumulate(sum.part(from - first, to - from), into: target.part(from - start, to - from))
      }
      start += ArenaLayout.rounded(target.count)
    }
  }

  private static func bytes(_ start: Int, _ count: Int) -> Range<Int> {
    let size = MemoryLayout<Float>.stride
    return (start * size)..<((start + count) * size)
  }
}
