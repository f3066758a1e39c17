// Winograd's minimal filtering F(4, 3): four outputs of a three-tap filter from six inputs d and the filter w by six
// products instead of twelve (Lavin & Gray 2016),
//
//   y = Aᵀ[(G w) ⊙ (Bᵀ d)],
//
// and, the form being trilinear, the filter's gradient by six products as well: w' = Gᵀ[(Bᵀ d) ⊙ (A y')].
// Applied along both axes that is 36 products for 16 outputs, a quarter of the direct count. Every function here is one
// axis, on a vector of channels at once. Every rounding is written out, so all builds give the same bits.
//
// The polynomials are evaluated at 0, ±5/8, ±3/2 and ∞ instead of the usual 0, ±1, ±2, ∞: over 256 channels of random
// numbers the root-mean-square error is 1.4·10⁻⁶ of the output's against 3.2·10⁻⁶, the largest 2.5·10⁻⁶ of the largest
// output against 12.6·10⁻⁶, and multiply-adds make the odd numbers free.

/// What stands at the six points.
struct Six<V: TileVector> {
  var p0, p1, p2, p3, p4, p5: V
}

enum Winograd {
  /// Pixels of the output and of the input along one side of a tile, and products a tile and pair of channels.
  static let outputs = 4
  static let inputs = 6
  static let points = 36

  /// The distance between points that hold `count` floats each: an odd number of cache lines, so that a tile's 36 numbers
  /// fall into different sets of the cache.
  @inline(__always)
  static func pointStep(_ count: Int) -> Int { ((count + 15) / 16 | 1) * 16 }

  /// Target channels in groups whose filters, or whose filters' gradients, take 40 MiB at most in the transformed
  /// domain, as far as a group of 32 does.
  static func groups(of channels: Int, depth: Int) -> [Range<Int>] {
    let most = max(32, (10 << 20) / (points * depth) / 32 * 32)
    let count = (channels + most - 1) / most
    let size = (channels + 32 * count - 1) / (32 * count) * 32
    return stride(from: 0, to: channels, by: size).map { $0..<min(channels, $0 + size) }
  }

  // The points a and b, their powers, and the factors of the filter's rows: 1 / (a²b²), 1 / (2a²(a² − b²)) and
  // 1 / (2b²(b² − a²)). All but the factors are exact.
  private static var a: Float { 0.625 }
  private static var a2: Float { 0.390625 }
  private static var a3: Float { 0.244140625 }
  private static var b: Float { 1.5 }
  private static var b2: Float { 2.25 }
  private static var b3: Float { 3.375 }
  private static var atZero: Float { 256 / 225 }
  private static var atA: Float { -2048 / 2975 }
  private static var atB: Float { 128 / 1071 }

  @inline(__always)
  private static func all<V: TileVector>(_ number: Float) -> V { V(repeating: number) }

  /// Bᵀ d.
  @inline(__always)
  static func input<V: TileVector>(_ d0: V, _ d1: V, _ d2: V, _ d3: V, _ d4: V, _ d5: V) -> Six<V> {
    let (evenA, oddA) = (d2.timesPlus(all(-b2), d4), d1.timesPlus(all(-b2), d3))
    let (evenB, oddB) = (d2.timesPlus(all(-a2), d4), d1.timesPlus(all(-a2), d3))
    let (product, sum): (V, V) = (all(a2 * b2), all(-(a2 + b2)))
    return Six(
      p0: d0.timesPlus(product, d2.timesPlus(sum, d4)), p1: oddA.timesPlus(all(a), evenA),
      p2: oddA.timesPlus(all(-a), evenA), p3: oddB.timesPlus(all(b), evenB), p4: oddB.timesPlus(all(-b), evenB),
      p5: d1.timesPlus(product, d3.timesPlus(sum, d5)))
  }

  /// Aᵀ m.
  @inline(__always)
  static func output<V: TileVector>(_ m: Six<V>) -> (V, V, V, V) {
    let (evenA, oddA) = (m.p1.plus(m.p2), m.p1.minus(m.p2))
    let (evenB, oddB) = (m.p3.plus(m.p4), m.p3.minus(m.p4))
    return (
      m.p0.plus(evenA).plus(evenB), oddA.timesPlus(all(a), oddB.times(all(b))),
      evenA.timesPlus(all(a2), evenB.times(all(b2))),
      oddA.timesPlus(all(a3), oddB.timesPlus(all(b3), m.p5))
    )
  }

  /// A y′.
  @inline(__always)
  static func outputGradient<V: TileVector>(_ y0: V, _ y1: V, _ y2: V, _ y3: V) -> Six<V> {
    let (evenA, oddA) = (y2.timesPlus(all(a2), y0), y3.timesPlus(all(a2), y1))
    let (evenB, oddB) = (y2.timesPlus(all(b2), y0), y3.timesPlus(all(b2), y1))
    return Six(
      p0: y0, p1: oddA.timesPlus(all(a), evenA), p2: oddA.timesPlus(all(-a), evenA),
      p3: oddB.timesPlus(all(b), evenB), p4: oddB.timesPlus(all(-b), evenB), p5: y3)
  }

  /// G w.
  @inline(__always)
  static func filter<V: TileVector>(_ w0: V, _ w1: V, _ w2: V) -> Six<V> {
    let (evenA, evenB) = (w2.timesPlus(all(a2), w0), w2.timesPlus(all(b2), w0))
    return Six(
      p0: w0.times(all(atZero)), p1: w1.timesPlus(all(a), evenA).times(all(atA)),
      p2: w1.timesPlus(all(-a), evenA).times(all(atA)), p3: w1.timesPlus(all(b), evenB).times(all(atB)),
      p4: w1.timesPlus(all(-b), evenB).times(all(atB)), p5: w2)
  }

  /// Gᵀ m.
  @inline(__always)
  static func filterGradient<V: TileVector>(_ m: Six<V>) -> (V, V, V) {
    let (evenA, oddA) = (m.p1.plus(m.p2).times(all(atA)), m.p1.minus(m.p2).times(all(atA * a)))
    let (evenB, oddB) = (m.p3.plus(m.p4).times(all(atB)), m.p3.minus(m.p4).times(all(atB * b)))
    return (
      m.p0.timesPlus(all(atZero), evenA.plus(evenB)), oddA.plus(oddB),
      evenA.timesPlus(all(a2), evenB.timesPlus(all(b2), m.p5))
    )
  }
}

// Half-transformed tiles lie in memory as floats and are read and written as vectors: through a pointer to vectors the
// compiler copies them in halves, and computes in halves from there on.
extension Six {
  /// The six vectors that lie side by side.
  @inline(__always)
  init(at line: UnsafePointer<Float>) { self.init(at: line, step: V.scalarCount) }

  /// The six vectors that lie `step` floats apart.
  @inline(__always)
  init(at line: UnsafePointer<Float>, step: Int) {
    self.init(
      p0: V(at: line), p1: V(at: line + step), p2: V(at: line + 2 &* step), p3: V(at: line + 3 &* step),
      p4: V(at: line + 4 &* step), p5: V(at: line + 5 &* step))
  }

  /// Writes the six `step` floats apart.
  @inline(__always)
  func put(_ line: UnsafeMutablePointer<Float>, step: Int) {
    p0.put(line)
    p1.put(line + step)
    p2.put(line + 2 &* step)
    p3.put(line + 3 &* step)
    p4.put(line + 4 &* step)
    p5.put(line + 5 &* step)
  }
}
