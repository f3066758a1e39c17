/// Watershed by flooding from markers: pixels are taken in ascending order of their values, among equal ones first come,
/// first served, and give their label to neighbours that have none (Meyer's priority flood).
///
/// - Parameters:
///   - markers: the label of each pixel, 0 where it has none.
///   - region: pixels outside it get no label and pass none on.
/// - Returns: the label of each pixel; 0 outside the region and where no marker's flood comes.
package func flooded(
  _ values: [Float], width: Int, from markers: [Int32], within region: [Bool]?, _ connectivity: Connectivity
) -> [Int32] {
  let order = PixelOrder(values)
  let count = values.count
  let height = count / width
  let stride = width + 2
  let offsets = connectivity.offsets(stride: stride)
  let framed = stride * (height + 2)
  let queue = RankQueue(ranks: order.rankCount, places: framed)
  defer { queue.free() }
  return withScratch(framed, filledWith: Int32(-1)) { labels in
    withScratch(framed, filledWith: Int32(0)) { ranks in
      for y in 0..<height {
        for x in 0..<width {
          let place = (y + 1) * stride + x + 1
          let pixel = y * width + x
          ranks[place] = order.ranks[pixel]
          let isInside = region?[pixel] ?? true
          labels[place] = isInside ? markers[pixel] : -1
          if labels[place] > 0 { queue.append(place, rank: Int(order.ranks[pixel])) }
        }
      }
      offsets.withBase { steps in
        while let place = queue.popFirst() {
          let label = labels[place]
          for index in 0..<offsets.count {
            let other = place &+ steps[index]
            guard labels[other] == 0 else { continue }
            labels[other] = label
            queue.append(other, rank: Int(ranks[other]))
          }
        }
      }
      return written(count) { (result: UnsafeMutablePointer<Int32>) in
        for y in 0..<height {
          for x in 0..<width { result[y * width + x] = max(0, labels[(y + 1) * stride + x + 1]) }
        }
      }
    }
  }
}

/// A priority queue of pixels by rank: a list a rank, and a tree of 64-bit words that says which lists hold something.
/// Every operation looks at as many words as the tree has levels, four for 16 million ranks.
private struct RankQueue {
  private let heads: UnsafeMutablePointer<Int32>
  private let tails: UnsafeMutablePointer<Int32>
  private let next: UnsafeMutablePointer<Int32>
  /// The leaves first; the last level is one word.
  private let words: UnsafeMutablePointer<UInt64>
  private var levels: [Int] = []

  init(ranks: Int, places: Int) {
    heads = .allocate(capacity: ranks)
    tails = .allocate(capacity: ranks)
    next = .allocate(capacity: places)
    var size = ranks
    var total = 0
    repeat {
      size = (size + 63) / 64
      levels.append(total)
      total += size
    } while size > 1
    words = .allocate(capacity: total)
    words.initialize(repeating: 0, count: total)
  }

  func free() {
    heads.deallocate()
    tails.deallocate()
    next.deallocate()
    words.deallocate()
  }

  @inline(__always)
  func append(_ place: Int, rank: Int) {
    let entry = Int32(truncatingIfNeeded: place)
    next[place] = -1
    if words[rank &>> 6] & 1 &<< UInt64(rank & 63) != 0 {
      next[Int(tails[rank])] = entry
      tails[rank] = entry
      return
    }
    heads[rank] = entry
    tails[rank] = entry
    var index = rank
    for level in 0..<levels.count {
      let word = levels[level] &+ index &>> 6
      let before = words[word]
      words[word] = before | 1 &<< UInt64(index & 63)
      if before != 0 { return }
      index = index &>> 6
    }
  }

  @inline(__always)
  func popFirst() -> Int? {
    var index = 0
    for level in (0..<levels.count).reversed() {
      let word = words[levels[level] &+ index]
      guard word != 0 else { return nil }
      index = index &<< 6 &+ word.trailingZeroBitCount
    }
    let place = Int(heads[index])
    heads[index] = next[place]
    if next[place] < 0 {
      for level in 0..<levels.count {
        let word = levels[level] &+ index &>> 6
        words[word] &= ~(1 &<< UInt64(index & 63))
        if words[word] != 0 { break }
        index = index &>> 6
      }
    }
    return place
  }
}
