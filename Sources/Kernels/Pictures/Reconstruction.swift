/// The neighbours that a pixel is joined with.
public enum Connectivity: String, Sendable, Hashable, Codable, CaseIterable {
  /// Left, right, above and below.
  case four
  /// These and the diagonal ones.
  case eight
}

/// Greyscale reconstruction by dilation: the marker, spread from pixel to pixel as far as the mask allows (the largest
/// plane ≤ `mask` that dilations of the marker reach). Vincent's hybrid algorithm (IEEE Transactions on Image Processing
/// 2, 1993): one pass in raster order, one backward, then a queue of what is left.
///
/// - Parameter marker: lowered to the mask where it is above.
package func reconstructed(
  _ marker: [Float], under mask: [Float], width: Int, _ connectivity: Connectivity
) -> [Float] {
  // A frame of −∞ around the picture saves every question for the border.
  let height = mask.count / width
  let stride = width + 2
  let neighbours = connectivity.offsets(stride: stride)
  let before = neighbours.filter { $0 < 0 }
  let after = neighbours.filter { $0 > 0 }
  let count = stride * (height + 2)
  return withScratch(count, filledWith: -Float.infinity) { limit in
    withScratch(count, filledWith: -Float.infinity) { level in
      for y in 0..<height {
        let start = (y + 1) * stride + 1
        for x in 0..<width {
          limit[start + x] = mask[y * width + x]
          level[start + x] = min(marker[y * width + x], mask[y * width + x])
        }
      }
      var queue = PixelQueue(capacity: count)
      before.withBase { before in
        for y in 1...height {
          for place in (y * stride + 1)..<(y * stride + 1 + width) {
            level[place] = highest(level, place, before, neighbours.count / 2, limit[place])
          }
        }
      }
      after.withBase { after in
        for y in Swift.stride(from: height, through: 1, by: -1) {
          for place in ((y * stride + 1)..<(y * stride + 1 + width)).reversed() {
            let value = highest(level, place, after, neighbours.count / 2, limit[place])
            level[place] = value
            for index in 0..<neighbours.count / 2 {
              let other = place &+ after[index]
              if level[other] < value && level[other] < limit[other] {
                queue.append(place)
                break
              }
            }
          }
        }
      }
      neighbours.withBase { offsets in
        while let place = queue.popFirst() {
          let value = level[place]
          for index in 0..<neighbours.count {
            let other = place &+ offsets[index]
            if level[other] < value && level[other] < limit[other] {
              level[other] = value < limit[other] ? value : limit[other]
              queue.append(other)
            }
          }
        }
      }
      queue.free()
      return written(width * height) { result in
        for y in 0..<height { (result + y * width).update(from: level + (y + 1) * stride + 1, count: width) }
      }
    }
  }
}

/// The largest of a pixel and the neighbours, at most `limit`.
@inline(__always)
private func highest(
  _ level: UnsafePointer<Float>, _ place: Int, _ neighbours: UnsafePointer<Int>, _ count: Int, _ limit: Float
) -> Float {
  var value = level[place]
  for index in 0..<count {
    let other = level[place &+ neighbours[index]]
    value = other > value ? other : value
  }
  return value < limit ? value : limit
}

extension Connectivity {
  /// Steps to the neighbours in a picture whose rows are `stride` pixels apart, those before the pixel first.
  func offsets(stride: Int) -> [Int] {
    switch self {
    case .four: [-stride, -1, 1, stride]
    case .eight: [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1]
    }
  }
}

/// A first-in, first-out queue of pixels, in a ring that doubles when it is full.
struct PixelQueue {
  private var memory: UnsafeMutablePointer<Int32>
  private var mask: Int
  private var first = 0
  private var count = 0

  init(capacity: Int) {
    var size = 1024
    while size < capacity / 8 { size *= 2 }
    memory = .allocate(capacity: size)
    mask = size - 1
  }

  func free() { memory.deallocate() }

  @inline(__always)
  mutating func append(_ pixel: Int) {
    if count > mask { grow() }
    memory[(first &+ count) & mask] = Int32(truncatingIfNeeded: pixel)
    count &+= 1
  }

  @inline(__always)
  mutating func popFirst() -> Int? {
    guard count > 0 else { return nil }
    let pixel = memory[first]
    first = (first &+ 1) & mask
    count &-= 1
    return Int(pixel)
  }

  private mutating func grow() {
    let size = 2 * (mask + 1)
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: size)
    for index in 0..<count { larger[index] = memory[(first + index) & mask] }
    memory.deallocate()
    (memory, mask, first) = (larger, size - 1, 0)
  }
}
