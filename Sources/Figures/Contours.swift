import Angiography
import Imaging

/// A closed line along the edges between pixels, through pixel corners (0…width, 0…height); its end is not repeated.
///
/// Outer lines run clockwise on the page (the set on their right), holes the other way.
public struct Contour: Sendable, Hashable {
  public struct Corner: Sendable, Hashable {
    public var x: Int
    public var y: Int

    public init(_ x: Int, _ y: Int) {
      self.x = x
      self.y = y
    }
  }

  /// Only the corners where the line turns.
  public let corners: [Corner]

  /// Twice the area inside, in pixels; negative for a hole. Over all contours of a mask the sum is twice its area.
  public var doubledArea: Int {
    var sum = 0
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      sum += corner.x * next.y - next.x * corner.y
    }
    return sum
  }
}

extension Mask {
  /// The borders of the set, exact to the pixel: marching squares on the pixel corners.
  ///
  /// Pixels that touch only at a corner belong to different lines. Time and space grow with the pixels.
  public func contours() -> [Contour] {
    var tracer = ContourTracer(self)
    return tracer.contours()
  }
}

/// Follows the borders of a mask with the set on the right hand.
private struct ContourTracer {
  /// East, south, west, north: steps to the next corner, each a right turn from the one before.
  private static let steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]

  private let columns: Int
  private let rows: Int
  /// For each corner, a bit for each direction in which a border leaves it.
  private let leaving: [UInt8]
  private var left: [UInt8]

  init(_ mask: Mask) {
    columns = mask.width + 1
    rows = mask.height + 1
    var leaving = [UInt8](repeating: 0, count: columns * rows)
    for y in 0..<mask.height {
      for x in 0..<mask.width where mask[x, y] {
        let corner = y * columns + x
        if y == 0 || !mask[x, y - 1] { leaving[corner] |= 1 }
        if x == mask.width - 1 || !mask[x + 1, y] { leaving[corner + 1] |= 2 }
        if y == mask.height - 1 || !mask[x, y + 1] { leaving[corner + columns + 1] |= 4 }
        if x == 0 || !mask[x - 1, y] { leaving[corner + columns] |= 8 }
      }
    }
    self.leaving = leaving
    left = leaving
  }

  mutating func contours() -> [Contour] {
    var found: [Contour] = []
    for corner in leaving.indices {
      while left[corner] != 0 { found.append(trace(from: corner)) }
    }
    return found
  }

  private mutating func trace(from start: Int) -> Contour {
    let firstDirection = left[start].trailingZeroBitCount
    var direction = firstDirection
    var corner = start
    var corners = [Contour.Corner(start % columns, start / columns)]
    while true {
      left[corner] &= ~(1 << direction)
      let (dx, dy) = Self.steps[direction]
      corner += dy * columns + dx
      let next = turn(at: corner, from: direction)
      if corner == start, next == firstDirection { break }
      if next != direction { corners.append(Contour.Corner(corner % columns, corner / columns)) }
      direction = next
    }
    return Contour(corners: corners)
  }

  /// Where two borders leave a corner, the right turn stays with the pixel that was being followed.
  private func turn(at corner: Int, from direction: Int) -> Int {
    let right = (direction + 1) % 4
    if leaving[corner] & (1 << right) != 0 { return right }
    return leaving[corner].trailingZeroBitCount
  }
}
