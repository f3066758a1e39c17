/// An area that somebody has drawn on a picture. Of the pixels it holds those whose middles lie inside it.
///
/// Places are in pixels from the upper left corner of the picture, so that the middle of its first pixel is at (0.5, 0.5):
/// as label tools count. They are finite, and no farther than `farthest` from that corner.
public enum DrawnArea: Sendable, Hashable {
  /// A polygon by its corners; what it winds around an even number of times is outside.
  case polygon([SIMD2<Double>])
  case disc(middle: SIMD2<Double>, radius: Double)
  /// Pixels down the first column, then down the next: so many outside, so many inside, and so on in turn. Together they are
  /// as many as the picture has.
  case runs([Int])

  /// No picture reaches so far, in pixels.
  public static let farthest = 1e6
}

extension Mask {
  /// The pixels that lie in one area at least.
  ///
  /// Cost: of a polygon, a few operations for each row that each of its sides crosses, and for each pixel of its bounding
  /// box.
  public init(width: Int, height: Int, areas: [DrawnArea]) {
    self.init(width: width, height: height)
    for area in areas {
      switch area {
      case .polygon(let corners): fill(corners)
      case .disc(let middle, let radius): fill(middle, radius)
      case .runs(let runs): fill(runs)
      }
    }
  }

  /// A middle that lies on a side belongs to the area to its right, or below it: areas that share a side share no pixel.
  private mutating func fill(_ corners: [SIMD2<Double>]) {
    guard let first = corners.first else { return }
    let lowest = corners.reduce(first) { pointwiseMin($0, $1) }
    let highest = corners.reduce(first) { pointwiseMax($0, $1) }
    let rows = Self.middles(from: lowest.y, to: highest.y, within: 0..<height)
    let columns = Self.middles(from: lowest.x, to: highest.x, within: 0..<width)
    guard !rows.isEmpty, !columns.isEmpty else { return }
    // At each pixel whether an odd number of sides lies just left of it.
    var crossings = [Bool](repeating: false, count: rows.count * columns.count)
    for (start, end) in zip(corners, corners.dropFirst() + [first]) where start.y != end.y {
      let (upper, lower) = start.y < end.y ? (start, end) : (end, start)
      let slope = (lower.x - upper.x) / (lower.y - upper.y)
      for row in Self.middles(from: upper.y, to: lower.y, within: rows) {
        let x = upper.x + (Double(row) + 0.5 - upper.y) * slope
        let column = Self.firstMiddle(from: x, within: columns)
        if column < columns.upperBound {
          crossings[(row - rows.lowerBound) * columns.count + column - columns.lowerBound].toggle()
        }
      }
    }
    for row in rows {
      var isInside = false
      for column in columns {
        if crossings[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] { isInside.toggle() }
        if isInside { self[column, row] = true }
      }
    }
  }

  private mutating func fill(_ middle: SIMD2<Double>, _ radius: Double) {
    for row in Self.middles(from: middle.y - radius, to: middle.y + radius, within: 0..<height) {
      let rise = Double(row) + 0.5 - middle.y
      let reach = max(0, radius * radius - rise * rise).squareRoot()
      for column in Self.middles(from: middle.x - reach, to: middle.x + reach, within: 0..<width) {
        self[column, row] = true
      }
    }
  }

  private mutating func fill(_ runs: [Int]) {
    precondition(runs.allSatisfy { $0 >= 0 } && runs.reduce(0, +) == pixels.count, "runs are of all pixels")
    var place = 0
    for (index, run) in runs.enumerated() {
      if index % 2 == 1 { for pixel in place..<place + run { self[pixel / height, pixel % height] = true } }
      place += run
    }
  }

  /// The pixels of a row, or the rows, whose middles lie from a place up to another, which is not included.
  private static func middles(from start: Double, to end: Double, within all: Range<Int>) -> Range<Int> {
    let first = firstMiddle(from: start, within: all)
    return first..<max(first, firstMiddle(from: end, within: all))
  }

  /// The first pixel whose middle lies at a place or behind it; the range's end where none does.
  private static func firstMiddle(from place: Double, within all: Range<Int>) -> Int {
    Int(min(max((place - 0.5).rounded(.up), Double(all.lowerBound)), Double(all.upperBound)))
  }
}
