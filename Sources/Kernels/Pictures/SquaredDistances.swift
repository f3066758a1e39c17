/// The squared Euclidean distance, in pixels, from each pixel's centre to the nearest pixel of the set; nil when it is empty.
///
/// Exact: distances along columns, then the lower envelope of parabolas along rows (Felzenszwalb and Huttenlocher,
/// Theory of Computing 8, 2012). Cost: linear in the number of pixels.
package func squaredDistances(to pixels: [Bool], width: Int) -> [Int32]? {
  guard pixels.contains(true) else { return nil }
  let height = pixels.count / width
  let far = Int32(width + height)
  var squares = written(pixels.count) { (distances: UnsafeMutablePointer<Int32>) in
    pixels.withBase { pixels in
      for x in 0..<width { distances[x] = pixels[x] ? 0 : far }
      for y in 1..<max(1, height) {
        let row = distances + y * width
        for x in 0..<width { row[x] = pixels[y * width + x] ? 0 : min(row[x - width] &+ 1, far) }
      }
      for y in (0..<max(0, height - 1)).reversed() {
        let row = distances + y * width
        for x in 0..<width { row[x] = min(row[x], row[x + width] &+ 1) }
      }
    }
  }
  squares.withMutableBase { squares in
    var envelope = ParabolaEnvelope(capacity: width)
    defer { envelope.free() }
    for y in 0..<height {
      let row = squares + y * width
      envelope.removeAll()
      for x in 0..<width where row[x] < far {
        envelope.add(vertex: Int32(truncatingIfNeeded: x), height: row[x] &* row[x])
      }
      envelope.writeLowest(to: row, count: width)
    }
  }
  return squares
}

/// The lower envelope of parabolas (x − vertex)² + height with whole vertices in ascending order.
private struct ParabolaEnvelope {
  private let vertices, heights: UnsafeMutablePointer<Int32>
  /// From this x on (a whole number) each parabola is the lowest.
  private let starts: UnsafeMutablePointer<Int32>
  private var count = 0

  init(capacity: Int) {
    vertices = .allocate(capacity: capacity)
    heights = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
  }

  func free() {
    vertices.deallocate()
    heights.deallocate()
    starts.deallocate()
  }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func add(vertex: Int32, height: Int32) {
    var start: Int32 = 0
    while count > 0 {
      let last = count &- 1
      // Where the new parabola gets below the last one: x > crossing, in whole numbers rounded down.
      let rise = height &+ vertex &* vertex &- heights[last] &- vertices[last] &* vertices[last]
      start = Int32((Double(rise) / Double(2 &* (vertex &- vertices[last]))).rounded(.down)) &+ 1
      if start > starts[last] { break }
      start = 0
      count = last
    }
    vertices[count] = vertex
    heights[count] = height
    starts[count] = start
    count &+= 1
  }

  /// Writes the lowest parabola's value at x = 0 ..< `width`; there is at least one parabola.
  @inline(__always)
  func writeLowest(to row: UnsafeMutablePointer<Int32>, count width: Int) {
    for current in 0..<count {
      let end = current + 1 < count ? min(starts[current + 1], Int32(truncatingIfNeeded: width)) : Int32(width)
      let (vertex, height) = (vertices[current], heights[current])
      var x = starts[current]
      while x < end {
        row[Int(x)] = (x &- vertex) &* (x &- vertex) &+ height
        x &+= 1
      }
    }
  }
}
