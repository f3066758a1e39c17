/// The largest value under a disc (dx² + dy² ≤ radius²) around each pixel, of those in the picture.
///
/// Row by row of the picture, from the disc's poles (narrow) to its middle (wide): the maximum over a wider row segment
/// grows from that over a narrower one, and is taken into the rows that see it. Cost: about 4 · radius comparisons a pixel.
package func discMaxima(_ pixels: [Float], width: Int, radius: Int) -> [Float] {
  let height = pixels.count / width
  // At distance d from the middle row, d from the poles inward.
  let halfWidths = (0...radius).map { discHalfWidth(radius: radius, offset: $0) }
  return pixels.withBase { pixels in
    written(width * height) { (result: UnsafeMutablePointer<Float>) in
      result.update(repeating: -.infinity, count: width * height)
      withScratch(width, filledWith: Float(0)) { segment in
        for y in 0..<height {
          let source = pixels + y * width
          segment.update(from: source, count: width)
          var reach = 0
          for offset in stride(from: radius, through: 0, by: -1) {
            while reach < halfWidths[offset] {
              reach += 1
              guard reach < width else { continue }
              raise(segment, by: source + reach, count: width - reach)
              raise(segment + reach, by: source, count: width - reach)
            }
            if y + offset < height { raise(result + (y + offset) * width, by: segment, count: width) }
            if offset > 0 && y >= offset { raise(result + (y - offset) * width, by: segment, count: width) }
          }
        }
      }
    }
  }
}

/// Takes the larger of both.
@inline(__always)
private func raise(_ target: UnsafeMutablePointer<Float>, by source: UnsafePointer<Float>, count: Int) {
  // Without `max`'s care for NaN, which keeps a loop from being vectorised.
  for x in 0..<count { target[x] = target[x] > source[x] ? target[x] : source[x] }
}

/// The largest dx with dx² + offset² ≤ radius².
private func discHalfWidth(radius: Int, offset: Int) -> Int {
  var dx = 0
  while (dx + 1) * (dx + 1) + offset * offset <= radius * radius { dx += 1 }
  return dx
}
