/// What the values of several pictures in one pixel may be together.
package enum VariationConstraint: Sendable, Hashable {
  case none
  /// Each in [0, 1].
  case unitInterval
  /// None negative, and all of them sum to 1.
  case simplex
}

/// Pictures laid out for whole vectors: each row filled up with zeros, a row of zeros before the first and after the last.
/// Between two pixels lies an edge with a weight: 1 where both are inside the region, else 0, so that nothing passes the
/// region's rim (Neumann's condition).
struct VariationGrid {
  let width: Int
  let height: Int
  let planes: Int
  /// Floats from a row to the next: a multiple of 16, larger than the width.
  let stride: Int
  /// Floats of one picture.
  let size: Int
  /// In each row, where the vectors begin and end that hold pixels of the region: nothing changes outside.
  private let bounds: [Range<Int>]
  /// Weights of the edges to the right and down of each pixel.
  let across, down: Storage

  init(width: Int, height: Int, planes: Int, region: [Bool]?) {
    (self.width, self.height, self.planes) = (width, height, planes)
    stride = (width + 16) / 16 * 16
    size = stride * (height + 2)
    bounds = (0..<height).map { y in
      let row = region.map { Array($0[y * width..<(y + 1) * width]) }
      guard let first = row.map({ $0.firstIndex(of: true) }) ?? 0,
        let last = row.map({ $0.lastIndex(of: true) }) ?? width - 1
      else { return 0..<0 }
      return first / 16 * 16..<(last + 16) / 16 * 16
    }
    across = Storage(count: size)
    down = Storage(count: size)
    for y in 0..<height {
      for x in 0..<width where region?[y * width + x] ?? true {
        let place = (y + 1) * stride + x
        if x + 1 < width && region?[y * width + x + 1] ?? true { across.base[place] = 1 }
        if y + 1 < height && region?[(y + 1) * width + x] ?? true { down.base[place] = 1 }
      }
    }
  }

  /// Zeros, a picture a plane.
  func storage() -> Storage { Storage(count: size * planes) }

  /// Puts pictures, one behind the other, into their places.
  func place(_ pixels: [Float], into storage: Storage) {
    precondition(pixels.count == width * height * planes, "pictures have the grid's size")
    pixels.withBase { pixels in
      for row in 0..<planes * height {
        let (plane, y) = row.quotientAndRemainder(dividingBy: height)
        (storage.base + plane * size + (y + 1) * stride).update(from: pixels + row * width, count: width)
      }
    }
  }

  /// The pictures without what fills the rows.
  func pixels(of storage: Storage) -> [Float] {
    written(width * height * planes) { (pixels: UnsafeMutablePointer<Float>) in
      for row in 0..<planes * height {
        let (plane, y) = row.quotientAndRemainder(dividingBy: height)
        (pixels + row * width).update(from: storage.base + plane * size + (y + 1) * stride, count: width)
      }
    }
  }

  /// Visits the places of a row's vectors in one picture that hold pixels of the region.
  @inline(__always)
  func forEachVector(_ plane: Int, _ y: Int, _ body: (Int) -> Void) {
    let start = plane &* size &+ (y &+ 1) &* stride
    var place = start &+ bounds[y].lowerBound
    let end = start &+ bounds[y].upperBound
    while place < end {
      body(place)
      place &+= 16
    }
  }

  /// The place of an edge's weight, which all pictures share.
  @inline(__always)
  func edge(_ place: Int, _ plane: Int) -> Int { place &- plane &* size }
}
