/// The pixels of a picture in ascending order of their values; among equal ones in raster order.
package struct PixelOrder: Sendable {
  /// Pixels, the darkest first.
  let pixels: [Int32]
  /// Of each pixel: how many different values are below its own.
  let ranks: [Int32]
  /// How many different values there are.
  let rankCount: Int

  private static let digitBits = 11
  private static let digits = 1 << digitBits

  /// Sorts by radix, three digits of 11 bits: linear in the number of pixels. No value may be NaN.
  package init(_ values: [Float]) {
    let count = values.count
    let keys = values.withBase { values in
      written(count) { (keys: UnsafeMutablePointer<UInt32>) in
        for i in 0..<count { keys[i] = sortable(values[i]) }
      }
    }
    var order = written(count) { (order: UnsafeMutablePointer<Int32>) in
      for i in 0..<count { order[i] = Int32(i) }
    }
    keys.withBase { keys in
      for pass in 0..<3 {
        let shift = UInt32(pass * Self.digitBits)
        order = withScratch(Self.digits, filledWith: 0) { starts in
          Self.sorted(order, by: keys, shift, starts)
        }
      }
    }
    pixels = order
    var rank: Int32 = -1
    ranks = keys.withBase { keys in
      written(count) { (ranks: UnsafeMutablePointer<Int32>) in
        var last: UInt32?
        order.withBase { order in
          for i in 0..<count {
            let pixel = Int(order[i])
            if keys[pixel] != last {
              rank &+= 1
              last = keys[pixel]
            }
            ranks[pixel] = rank
          }
        }
      }
    }
    rankCount = Int(rank) + 1
  }

  private static func sorted(
    _ order: [Int32], by keys: UnsafePointer<UInt32>, _ shift: UInt32, _ starts: UnsafeMutablePointer<Int>
  ) -> [Int32] {
    let mask = UInt32(digits - 1)
    for i in 0..<order.count { starts[Int(keys[i] &>> shift & mask)] &+= 1 }
    var start = 0
    for digit in 0..<digits { (starts[digit], start) = (start, start + starts[digit]) }
    return order.withBase { order in
      written(start) { (result: UnsafeMutablePointer<Int32>) in
        for i in 0..<start {
          let pixel = order[i]
          let digit = Int(keys[Int(pixel)] &>> shift & mask)
          result[starts[digit]] = pixel
          starts[digit] &+= 1
        }
      }
    }
  }
}

/// A whole number that is ordered as the float; both zeros are one.
@inline(__always)
func sortable(_ value: Float) -> UInt32 {
  let bits = (value + 0).bitPattern
  return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) &>> 31) | 0x8000_0000)
}
