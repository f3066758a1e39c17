import Imaging
import Kernels

/// How near the follow-up's vessels of each direction are, in the cells of a coarse grid: 1 on one, falling to 0 two cells
/// away, less the mean over the field; 0 outside the field.
struct NearnessMap {
  /// The side of a cell, in working pixels.
  let cell: Double
  /// Cells along a side, the frame in their middle with room around.
  private let side: Int
  /// Of the frame's middle, in cells.
  private let middle: Double
  private let frameCentre: SIMD2<Double>
  /// One a direction, [side · side].
  private let maps: [[Float]]

  private static let directions = 8
  private static let reach: Float = 2

  /// - Parameter cells: along the longer side of the frames.
  init(_ lines: Centrelines, side: Double, cells: Int) {
    cell = side / Double(cells)
    self.side = 3 * cells
    middle = Double(self.side) / 2
    frameCentre = SIMD2(Double(lines.field.width) / 2, Double(lines.field.height) / 2)
    let (grid, cell, middle, centre) = (self.side, self.cell, self.middle, frameCentre)
    func place(_ point: SIMD2<Double>) -> Int? {
      let at = (point - centre) / cell + middle
      guard at.x >= 0, at.y >= 0, at.x < Double(grid), at.y < Double(grid) else { return nil }
      return Int(at.y) * grid + Int(at.x)
    }
    var isInside = [Bool](repeating: false, count: grid * grid)
    for y in 0..<grid {
      for x in 0..<grid {
        let point = (SIMD2(Double(x), Double(y)) + 0.5 - middle) * cell + centre
        guard point.x >= 0, point.y >= 0, point.x < Double(lines.field.width), point.y < Double(lines.field.height)
        else { continue }
        isInside[y * grid + x] = lines.field[Int(point.x), Int(point.y)]
      }
    }
    var vessels = [Mask](repeating: Mask(width: grid, height: grid), count: Self.directions)
    for point in lines.points {
      guard let place = place(point.position) else { continue }
      let own = Self.direction(point.degrees)
      for next in [Self.directions - 1, 0, 1] { vessels[(own + next) % Self.directions].pixels[place] = true }
    }
    let count = Double(isInside.count { $0 })
    maps = vessels.map { vessels in
      var near = vessels.distances.pixels.map { max(0, 1 - $0 / Self.reach) }
      let sum = zip(near, isInside).reduce(0.0) { $1.1 ? $0 + Double($1.0) : $0 }
      let mean = Float(sum / max(1, count))
      for i in near.indices { near[i] = isInside[i] ? near[i] - mean : 0 }
      return near
    }
  }

  /// Which of the directions a line at this angle has, of steps of 22.5°.
  private static func direction(_ degrees: Double) -> Int {
    let turns = degrees / 180
    return min(directions - 1, Int((turns - turns.rounded(.down)) * Double(directions)))
  }

  /// Points where a turn and a scale bring them in the grid, before any shift.
  struct Placed {
    fileprivate var x, y: [Double]
    fileprivate var directions: [Int]
  }

  func placed(_ points: [CentrelinePoint], _ alignment: Alignment, centre: SIMD2<Double>) -> Placed {
    let turn = AffineMap.rotation(degrees: alignment.rotation)
    let scale = alignment.scale / cell
    var placed = Placed(x: [], y: [], directions: [])
    for point in points {
      let (x, y) = turn(point.position.x - centre.x, point.position.y - centre.y)
      placed.x.append(scale * x + middle)
      placed.y.append(scale * y + middle)
      placed.directions.append(Self.direction(point.degrees + alignment.rotation))
    }
    return placed
  }

  /// By how much the points agree more with the vessels than chance has it, in points.
  ///
  /// - Parameter shift: in working pixels.
  func excess(of points: Placed, shiftedBy shift: SIMD2<Double>) -> Double {
    var sum: Float = 0
    let (right, down, most) = (shift.x / cell, shift.y / cell, Double(side))
    for i in points.x.indices {
      let (x, y) = (points.x[i] + right, points.y[i] + down)
      guard x >= 0, y >= 0, x < most, y < most else { continue }
      sum += maps[points.directions[i]][Int(y) * side + Int(x)]
    }
    return Double(sum)
  }

  /// The three shifts by whole cells with the largest excess, apart from each other.
  ///
  /// - Parameter reach: of the shifts either way, in parts of the frame's longer side.
  func bestShifts(_ alignment: Alignment, _ points: Placed, reach: Double) -> [Alignment] {
    let most = Int((reach * Double(side) / 3).rounded())
    let count = 2 * most + 1
    var places: [(picture: Int, pixel: Int)] = []
    for i in points.x.indices {
      let (x, y) = (Int(points.x[i].rounded(.down)) - most, Int(points.y[i].rounded(.down)) - most)
      guard x >= 0, y >= 0, x + count <= side, y + count <= side else { continue }
      places.append((points.directions[i], y * side + x))
    }
    var sums = shiftedSums(of: maps, width: side, at: places, count: count)
    var found: [Alignment] = []
    for _ in 0..<3 {
      guard let best = sums.indices.max(by: { sums[$0] < sums[$1] }), sums[best] > 0 else { break }
      let (column, row) = (best % count, best / count)
      var alignment = alignment
      alignment.shift = cell * SIMD2(Double(column - most), Double(row - most))
      alignment.excess = Double(sums[best])
      found.append(alignment)
      for y in max(0, row - 2)...min(count - 1, row + 2) {
        for x in max(0, column - 2)...min(count - 1, column + 2) { sums[y * count + x] = 0 }
      }
    }
    return found
  }
}
