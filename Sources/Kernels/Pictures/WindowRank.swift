/// The value at a rank among those of a square window around each pixel, by histograms of columns that slide down and a
/// histogram of the window that slides along (Perreault and Hébert, IEEE Transactions on Image Processing 16, 2007):
/// 32 coarse counts that are always right, and 32 × 32 fine ones, of which the group that holds the rank is brought up
/// to date. Cost: about the same for any window.
package struct WindowRank: Sendable {
  package static let levels = 1024
  private static let groups = 32
  private static let group = 32

  /// 0 ..< 1024; negative where a pixel does not count.
  private let bins: [Int16]
  private let width: Int

  package init(_ bins: [Int16], width: Int) {
    self.bins = bins
    self.width = width
  }

  /// Of n counted pixels in the window number ⌊share · n⌋ in ascending order, from 0, at most the last; −1 where none counts.
  package func values(share: Double, side: Int) -> [Int16] {
    let (width, reach) = (width, side / 2)
    let height = bins.count / width
    let levels = Self.levels
    return bins.withBase { bins in
      withScratch(width * levels, filledWith: UInt16(0)) { fine in
        withScratch(width * Self.groups, filledWith: UInt16(0)) { coarse in
          written(width * height) { (result: UnsafeMutablePointer<Int16>) in
            func count(_ y: Int, _ step: UInt16) {
              for x in 0..<width where bins[y * width + x] >= 0 {
                let bin = Int(bins[y * width + x])
                fine[x &* levels &+ bin] &+= step
                coarse[x &* Self.groups &+ bin / Self.group] &+= step
              }
            }
            for y in 0..<min(reach, height) { count(y, 1) }
            var window = Window()
            defer { window.free() }
            for y in 0..<height {
              if y + reach < height { count(y + reach, 1) }
              if y > reach { count(y - reach - 1, UInt16.max) }
              window.start()
              for x in 0..<min(reach, width) { window.add(coarse + x * Self.groups) }
              for x in 0..<width {
                if x + reach < width { window.add(coarse + (x + reach) * Self.groups) }
                if x > reach { window.remove(coarse + (x - reach - 1) * Self.groups) }
                let columns = max(0, x - reach)..<min(width, x + reach + 1)
                result[y * width + x] = window.value(share: share, fine, columns)
              }
            }
          }
        }
      }
    }
  }

  /// The window's own counts.
  private struct Window {
    private let coarse = UnsafeMutablePointer<UInt32>.allocate(capacity: groups)
    private let fine = UnsafeMutablePointer<UInt32>.allocate(capacity: levels)
    /// The columns that each group of fine counts is of.
    private let first = UnsafeMutablePointer<Int>.allocate(capacity: groups)
    private let end = UnsafeMutablePointer<Int>.allocate(capacity: groups)

    func free() {
      coarse.deallocate()
      fine.deallocate()
      first.deallocate()
      end.deallocate()
    }

    mutating func start() {
      coarse.update(repeating: 0, count: groups)
      first.update(repeating: 0, count: groups)
      end.update(repeating: 0, count: groups)
    }

    @inline(__always)
    mutating func add(_ column: UnsafePointer<UInt16>) {
      for i in 0..<groups { coarse[i] &+= UInt32(column[i]) }
    }

    @inline(__always)
    mutating func remove(_ column: UnsafePointer<UInt16>) {
      for i in 0..<groups { coarse[i] &-= UInt32(column[i]) }
    }

    @inline(__always)
    mutating func value(share: Double, _ columns: UnsafePointer<UInt16>, _ range: Range<Int>) -> Int16 {
      var count: UInt32 = 0
      for i in 0..<groups { count &+= coarse[i] }
      guard count > 0 else { return -1 }
      var left = min(UInt32(share * Double(count)), count - 1)
      var at = 0
      while coarse[at] <= left {
        left &-= coarse[at]
        at &+= 1
      }
      update(at, columns, range)
      let counts = fine + at * group
      var bin = 0
      while counts[bin] <= left {
        left &-= counts[bin]
        bin &+= 1
      }
      return Int16(truncatingIfNeeded: at &* group &+ bin)
    }

    /// Brings a group's fine counts to the columns in `range`.
    @inline(__always)
    private func update(_ at: Int, _ columns: UnsafePointer<UInt16>, _ range: Range<Int>) {
      let counts = fine + at * group
      let source = columns + at * group
      if 2 * (end[at] - range.lowerBound) < range.count {
        for i in 0..<group { counts[i] = 0 }
        (first[at], end[at]) = (range.lowerBound, range.lowerBound)
      }
      while end[at] < range.upperBound {
        let column = source + end[at] * levels
        for i in 0..<group { counts[i] &+= UInt32(column[i]) }
        end[at] &+= 1
      }
      while first[at] < range.lowerBound {
        let column = source + first[at] * levels
        for i in 0..<group { counts[i] &-= UInt32(column[i]) }
        first[at] &+= 1
      }
    }
  }
}
