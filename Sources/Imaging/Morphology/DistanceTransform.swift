extension Mask {
  /// The Euclidean distance, in pixels, from each pixel's centre to the nearest pixel of the set; 0 on the set itself,
  /// infinite everywhere when it is empty. SciPy's `distance_transform_edt` of the complement.
  ///
  /// Exact: distances along columns, then the lower envelope of parabolas along rows (Felzenszwalb and Huttenlocher,
  /// Theory of Computing 8, 2012). Cost: linear in the number of pixels.
  public var distances: Plane {
    let far = width + height
    var columns = [Int](repeating: far, count: pixels.count)
    for x in 0..<width {
      var distance = far
      for y in 0..<height {
        distance = pixels[y * width + x] ? 0 : min(distance + 1, far)
        columns[y * width + x] = distance
      }
      distance = far
      for y in stride(from: height - 1, through: 0, by: -1) {
        distance = pixels[y * width + x] ? 0 : min(distance + 1, far)
        columns[y * width + x] = min(columns[y * width + x], distance)
      }
    }
    var result = Plane(width: width, height: height, filledWith: .infinity)
    var envelope = ParabolaEnvelope(capacity: width)
    for y in 0..<height {
      envelope.removeAll()
      for x in 0..<width where columns[y * width + x] < far {
        let distance = columns[y * width + x]
        envelope.add(vertex: x, height: distance * distance)
      }
      envelope.forEachLowest(upTo: width) { x, square in
        result.pixels[y * width + x] = Float(Double(square).squareRoot())
      }
    }
    return result
  }
}

/// The lower envelope of parabolas (x − vertex)² + height with whole vertices in ascending order.
private struct ParabolaEnvelope {
  private var vertices: [Int] = []
  private var heights: [Int] = []
  /// From this x on (a whole number) each parabola is the lowest.
  private var starts: [Int] = []

  init(capacity: Int) {
    vertices.reserveCapacity(capacity)
    heights.reserveCapacity(capacity)
    starts.reserveCapacity(capacity)
  }

  mutating func removeAll() {
    vertices.removeAll(keepingCapacity: true)
    heights.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  mutating func add(vertex: Int, height: Int) {
    while let lastVertex = vertices.last, let lastHeight = heights.last, let lastStart = starts.last {
      // Where the new parabola gets below the last one: x > crossing, in whole numbers rounded down.
      let rise = (height + vertex * vertex) - (lastHeight + lastVertex * lastVertex)
      let start = Int((Double(rise) / Double(2 * (vertex - lastVertex))).rounded(.down)) + 1
      if start > lastStart {
        append(vertex, height, start)
        return
      }
      vertices.removeLast()
      heights.removeLast()
      starts.removeLast()
    }
    append(vertex, height, 0)
  }

  private mutating func append(_ vertex: Int, _ height: Int, _ start: Int) {
    vertices.append(vertex)
    heights.append(height)
    starts.append(start)
  }

  /// Visits x = 0 ..< end with the lowest parabola's value; none when there is no parabola.
  func forEachLowest(upTo end: Int, _ visit: (Int, Int) -> Void) {
    guard !vertices.isEmpty else { return }
    var current = 0
    for x in 0..<end {
      while current + 1 < starts.count && starts[current + 1] <= x { current += 1 }
      let away = x - vertices[current]
      visit(x, away * away + heights[current])
    }
  }
}
