import Base
import Imaging

/// What a picture of an eye is known by, whatever was done to its file.
struct Fingerprint: Sendable {
  /// Of its size and pixels: equal only where all are, by chance excepted.
  let content: UInt64
  /// A bit a cell of a coarse grid over the field of view, whether it is brighter than its neighbourhood: as the picture
  /// stands, then turned and flipped in the seven other ways. `nil` for a picture that is too small or too even.
  private let views: [[UInt64]]?

  /// Cells of a side. At 24, frames of one eye stand apart from copies of one frame, and both from other eyes.
  private static let side = 24
  /// Smaller fields of view have no cells to speak of.
  private static let leastSide = 2 * side

  /// Takes about a millisecond for 512² pixels.
  init(_ sample: Sample) {
    content = sample.contentDigest
    views = Self.views(of: sample.image, within: sample.fieldOfView)
  }

  /// The share of the cells that differ, in whichever of the eight ways the other one lies; 0 for copies, near ½ for
  /// different eyes. `nil` where one has no cells.
  ///
  /// A negative has dark cells for bright ones; it counts only where it is a copy, as two frames of an eye are never one.
  func distance(to other: Fingerprint) -> Double? { other.cells.flatMap(distance(fromOneWith:)) }

  /// The same, of one of which only the cells are known.
  func distance(fromOneWith cells: Cells) -> Double? {
    guard let views else { return nil }
    let differing = views.map { view in
      Double(zip(cells.words, view).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }) / Double(Self.cells.count)
    }
    guard let least = differing.min(), let most = differing.max() else { return nil }
    return 1 - most <= Leak.mostOfCopies ? min(least, 1 - most) : least
  }

  /// As the picture stands; `nil` where it has none.
  var cells: Cells? { views.map { Cells(words: $0[0]) } }

  private static func views(of image: Plane, within field: Mask) -> [[UInt64]]? {
    guard let box = boundingBox(of: field), min(box.columns.count, box.rows.count) >= leastSide else { return nil }
    let means = cellMeans(of: image, columns: box.columns, rows: box.rows)
    var (contrast, brightness) = (0.0, 0.0)
    var isBright = [Bool](repeating: false, count: side * side)
    for cell in cells {
      let difference = means[cell] - neighbourhoodMean(of: cell, in: means)
      isBright[cell] = difference > 0
      contrast += difference * difference
      brightness += means[cell]
    }
    let count = Double(cells.count)
    // What an even picture has is noise.
    guard (contrast / count).squareRoot() > 0.005 * brightness / count else { return nil }
    return turns.map { turn in packed(turn.map { isBright[$0] }) }
  }

  /// The mean grey of each cell of a grid over a part of an image, every pixel shared by area between the cells it touches.
  private static func cellMeans(of image: Plane, columns: Range<Int>, rows: Range<Int>) -> [Double] {
    let (across, down) = (shares(columns.count), shares(rows.count))
    var means = [Double](repeating: 0, count: side * side)
    var line = [Double](repeating: 0, count: side)
    for (y, below) in down.enumerated() {
      for cell in line.indices { line[cell] = 0 }
      let start = (rows.lowerBound + y) * image.width + columns.lowerBound
      for (x, share) in across.enumerated() {
        let grey = Double(image.pixels[start + x])
        line[share.cell] += share.first * grey
        if share.cell + 1 < side { line[share.cell + 1] += (1 - share.first) * grey }
      }
      for cell in line.indices {
        means[below.cell * side + cell] += below.first * line[cell]
        if below.cell + 1 < side { means[(below.cell + 1) * side + cell] += (1 - below.first) * line[cell] }
      }
    }
    let area = Double(columns.count * rows.count) / Double(side * side)
    return means.map { $0 / area }
  }

  /// For each of so many pixels: the first cell that it touches, and how much of it lies there.
  private static func shares(_ count: Int) -> [(cell: Int, first: Double)] {
    let scale = Double(side) / Double(count)
    return (0..<count).map { pixel in
      let (start, end) = (Double(pixel) * scale, Double(pixel + 1) * scale)
      let cell = min(Int(start), side - 1)
      return (cell, cell == side - 1 ? 1 : min(1, (Double(cell + 1) - start) / (end - start)))
    }
  }

  /// The mean of the cells up to two away that lie in the disc.
  private static func neighbourhoodMean(of cell: Int, in means: [Double]) -> Double {
    let (x, y) = (cell % side, cell / side)
    var (sum, count) = (0.0, 0.0)
    for row in max(0, y - 2)...min(side - 1, y + 2) {
      for column in max(0, x - 2)...min(side - 1, x + 2) where isInDisc[row * side + column] {
        sum += means[row * side + column]
        count += 1
      }
    }
    return sum / count
  }

  private static let isInDisc: [Bool] = (0..<side * side).map { cell in
    let middle = Double(side - 1) / 2
    let (x, y) = (Double(cell % side) - middle, Double(cell / side) - middle)
    return x * x + y * y <= 0.97 * 0.97 * Double(side * side) / 4
  }

  /// The cells of the disc that fills the grid: all fields of view have these.
  private static let cells = isInDisc.indices.filter { isInDisc[$0] }

  /// For each of the eight ways to lie, where the cells of the disc come from.
  private static let turns: [[Int]] = (0..<8).map { way in
    cells.map { cell in
      var (x, y) = (cell % side, cell / side)
      if way & 1 == 1 { x = side - 1 - x }
      if way & 2 == 2 { y = side - 1 - y }
      if way & 4 == 4 { (x, y) = (y, x) }
      return y * side + x
    }
  }

  private static func packed(_ bits: [Bool]) -> [UInt64] {
    stride(from: 0, to: bits.count, by: 64).map { start in
      bits[start..<min(start + 64, bits.count)].reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
    }
  }
}

extension Fingerprint {
  /// A bit for each cell of the disc, 64 in a word, the first lowest.
  struct Cells: Hashable, Sendable {
    fileprivate let words: [UInt64]

    fileprivate init(words: [UInt64]) { self.words = words }

    /// 16 hexadecimal digits a word.
    var text: String {
      words.map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
    }

    /// - Parameter text: may be anything; `nil` where it is no such text.
    init?(text: String) {
      let digits = Array(text.utf8)
      let count = (Fingerprint.cells.count + 63) / 64
      guard digits.count == 16 * count, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
      else { return nil }
      words = (0..<count).map { word in
        digits[16 * word..<16 * (word + 1)].reduce(0) { $0 << 4 | UInt64($1 <= 0x39 ? $1 - 0x30 : $1 - 0x57) }
      }
      // Nothing stands behind the last cell.
      let used = Fingerprint.cells.count - 64 * (count - 1)
      guard used == 64 || words[count - 1] >> UInt64(used) == 0 else { return nil }
    }
  }
}

extension Sample {
  /// Of the image's size and pixels: equal only where all are, by chance excepted.
  package var contentDigest: UInt64 {
    var digest = FNV1a()
    digest.add(UInt64(image.width))
    digest.add(image.pixels)
    return digest.value
  }
}

/// The columns and rows that hold a mask's pixels; `nil` for an empty mask.
private func boundingBox(of mask: Mask) -> (columns: Range<Int>, rows: Range<Int>)? {
  var (left, right, top, bottom) = (mask.width, 0, mask.height, 0)
  for y in 0..<mask.height {
    let row = mask.pixels[y * mask.width..<(y + 1) * mask.width]
    guard let first = row.firstIndex(of: true), let last = row.lastIndex(of: true) else { continue }
    left = min(left, first - row.startIndex)
    right = max(right, last - row.startIndex + 1)
    top = min(top, y)
    bottom = y + 1
  }
  return left < right ? (left..<right, top..<bottom) : nil
}
