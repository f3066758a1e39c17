/// The value at a rank among those of a square window around each pixel, by histograms of columns that slide down and a
/// histogram of the window that slides along (Perreault and Hébert, IEEE Transactions on Image Processing 16, 2007):
/// 32 coarse counts that are always right, and 32 × 32 fine ones, of which the group that holds the rank is brought up
/// to date. Cost: about the same for any window.
///
/// Counts are cumulative, those of columns as those of windows, so that a rank is found by comparing 32 numbers at once
/// instead of adding them up one after another.
package struct WindowRank: Sendable {
  package static let levels = 1024
  fileprivate static let groups = 32
  fileprivate static let group = 32

  /// 0 ..< 1024; negative where a pixel does not count.
  private let bins: [Int16]
  private let width: Int

  package init(_ bins: [Int16], width: Int) {
    self.bins = bins
    self.width = width
  }

  /// Of n counted pixels in the window number ⌊share · n⌋ in ascending order, from 0, at most the last; −1 where none counts.
  package func values(share: Double, side: Int) -> [Int16] {
    precondition((0...1).contains(share), "a rank is a share")
    guard width > 0 else { return [] }
    let (height, reached) = (bins.count / width, 2 * (side / 2) + 1)
    return min(reached, width) * min(reached, height) <= Int(UInt16.max)
      ? values(share: share, side: side, UInt16.self) : values(share: share, side: side, UInt32.self)
  }

  /// - Parameter type: wide enough for all pixels of a window.
  private func values<Count: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    share: Double, side: Int, _ type: Count.Type
  ) -> [Int16] {
    let (width, reach) = (width, side / 2)
    let height = bins.count / width
    let levels = Self.levels
    return bins.withBase { bins in
      withScratch(width * levels, filledWith: Count(0)) { fine in
        withScratch(width * Self.groups, filledWith: Count(0)) { coarse in
          written(width * height) { (result: UnsafeMutablePointer<Int16>) in
            func count(_ y: Int, _ step: Count) {
              for x in 0..<width where bins[y * width + x] >= 0 {
                let bin = Int(bins[y * width + x])
                let group = bin / Self.group
                Self.add(step, from: bin % Self.group, to: fine + (x &* levels &+ group &* Self.group))
                Self.add(step, from: group, to: coarse + x &* Self.groups)
              }
            }
            for y in 0..<min(reach, height) { count(y, 1) }
            let window = RankedWindow<Count>()
            defer { window.free() }
            for y in 0..<height {
              if y + reach < height { count(y + reach, 1) }
              if y > reach { count(y - reach - 1, Count.max) }
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

  /// Counts one pixel more, or less, in a bin of 32 and in all above it.
  @inline(__always)
  private static func add<Count: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ step: Count, from bin: Int, to counts: UnsafeMutablePointer<Count>
  ) {
    let first = Count(truncatingIfNeeded: bin)
    for i in 0..<group { counts[i] &+= Count(truncatingIfNeeded: i) >= first ? step : 0 }
  }
}

/// The window's own counts, each of all bins up to its own.
private struct RankedWindow<Count: FixedWidthInteger & UnsignedInteger & BitwiseCopyable> {
  private let coarse = UnsafeMutablePointer<Count>.allocate(capacity: WindowRank.groups)
  private let fine = UnsafeMutablePointer<Count>.allocate(capacity: WindowRank.levels)
  /// The columns that each group of fine counts is of.
  private let first = UnsafeMutablePointer<Int>.allocate(capacity: WindowRank.groups)
  private let end = UnsafeMutablePointer<Int>.allocate(capacity: WindowRank.groups)

  func free() {
    coarse.deallocate()
    fine.deallocate()
    first.deallocate()
    end.deallocate()
  }

  func start() {
    coarse.update(repeating: 0, count: WindowRank.groups)
    first.update(repeating: 0, count: WindowRank.groups)
    end.update(repeating: 0, count: WindowRank.groups)
  }

  @inline(__always)
  func add(_ column: UnsafePointer<Count>) {
    for i in 0..<WindowRank.groups { coarse[i] &+= column[i] }
  }

  @inline(__always)
  func remove(_ column: UnsafePointer<Count>) {
    for i in 0..<WindowRank.groups { coarse[i] &-= column[i] }
  }

  @inline(__always)
  func value(share: Double, _ columns: UnsafePointer<Count>, _ range: Range<Int>) -> Int16 {
    let count = coarse[WindowRank.groups - 1]
    guard count > 0 else { return -1 }
    var left = min(Count(truncatingIfNeeded: Int(share * Double(Int(truncatingIfNeeded: count)))), count - 1)
    let at = Self.bin(of: left, in: coarse)
    if at > 0 { left &-= coarse[at - 1] }
    update(at, columns, range)
    return Int16(truncatingIfNeeded: at &* WindowRank.group &+ Self.bin(of: left, in: fine + at &* WindowRank.group))
  }

  /// Of 32 bins the one that holds a rank: so many count no more than that.
  @inline(__always)
  private static func bin(of rank: Count, in counts: UnsafePointer<Count>) -> Int {
    // Without a branch, so that all 32 are compared at once; there are fewer than 2³¹ pixels.
    let next = Int32(truncatingIfNeeded: rank) &+ 1
    var bins: Int32 = 0
    for i in 0..<WindowRank.group { bins &-= (Int32(truncatingIfNeeded: counts[i]) &- next) &>> 31 }
    return Int(bins)
  }

  /// Brings a group's fine counts to the columns in `range`.
  @inline(__always)
  private func update(_ at: Int, _ columns: UnsafePointer<Count>, _ range: Range<Int>) {
    let counts = fine + at * WindowRank.group
    let source = columns + at * WindowRank.group
    if 2 * (end[at] - range.lowerBound) < range.count {
      for i in 0..<WindowRank.group { counts[i] = 0 }
      (first[at], end[at]) = (range.lowerBound, range.lowerBound)
    }
    while end[at] < range.upperBound {
      let column = source + end[at] * WindowRank.levels
      for i in 0..<WindowRank.group { counts[i] &+= column[i] }
      end[at] &+= 1
    }
    while first[at] < range.lowerBound {
      let column = source + first[at] * WindowRank.levels
      for i in 0..<WindowRank.group { counts[i] &-= column[i] }
      first[at] &+= 1
    }
  }
}
