/// Points on centrelines in the squares of a grid, to find the closest one of a direction.
struct ClosestPoints {
  let points: [CentrelinePoint]
  private let cell: Double
  private let columns, rows: Int
  /// Where each square's points begin in `order`, and after the last where they end.
  private let starts: [Int]
  private let order: [Int]

  /// Two directions that differ by more are not of one vessel: cos 30°.
  static let leastAgreement = 0.866

  /// - Parameter reach: the farthest that will be looked for, in pixels.
  init(_ points: [CentrelinePoint], width: Int, height: Int, reach: Double) {
    self.points = points
    cell = reach
    (columns, rows) = (Int(Double(width) / reach) + 1, Int(Double(height) / reach) + 1)
    var counts = [Int](repeating: 0, count: columns * rows + 1)
    let squares = points.map { [columns] in Int($0.position.y / reach) * columns + Int($0.position.x / reach) }
    for square in squares { counts[square + 1] += 1 }
    for i in 1..<counts.count { counts[i] += counts[i - 1] }
    starts = counts
    var order = [Int](repeating: 0, count: points.count)
    for (index, square) in squares.enumerated() {
      order[counts[square]] = index
      counts[square] += 1
    }
    self.order = order
  }

  /// The closest point within `radius`, at most the reach, whose vessel runs along; `nil` without one.
  func closest(to position: SIMD2<Double>, along: SIMD2<Double>, within radius: Double) -> Int? {
    let (column, row) = (Int((position.x / cell).rounded(.down)), Int((position.y / cell).rounded(.down)))
    guard column >= -1, column <= columns, row >= -1, row <= rows else { return nil }
    var best: Int?
    var least = radius * radius
    for y in max(0, row - 1)..<max(0, min(rows, row + 2)) {
      for x in max(0, column - 1)..<max(0, min(columns, column + 2)) {
        for place in starts[y * columns + x]..<starts[y * columns + x + 1] {
          let index = order[place]
          let apart = points[index].position - position
          let distance = (apart * apart).sum()
          guard distance < least, abs((points[index].along * along).sum()) >= Self.leastAgreement else { continue }
          (best, least) = (index, distance)
        }
      }
    }
    return best
  }
}
