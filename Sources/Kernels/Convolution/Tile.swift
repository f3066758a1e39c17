// The micro-kernel: a few rows times one or two vectors of sums held in registers. GEMM, convolution and both its gradients
// are this loop over different addresses:
//
//   C[i, n] = Σ over runs r, steps k of  A[row i + run r + k·aStep] · B[r·bRunStep + k·bStep + n]
//
// A is read in place, one number broadcast at a time, so no patch is ever packed. Where the steps are known to the compiler
// it unrolls with plain displacements; where not, the loop's end is compared by address, which it will not unroll (copies of
// every row's pointer would not fit the registers). Sums run in the order of r and k with one
// rounding per product whatever the vector width, so every processor gets the same bits.

/// A vector register of floats.
protocol TileVector: SIMD where Scalar == Float {
  /// self + a · b with one rounding.
  func fused(_ a: Self, _ b: Self) -> Self
}

extension SIMD8<Float>: TileVector {
  @inline(__always) func fused(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }
}

extension SIMD16<Float>: TileVector {
  @inline(__always) func fused(_ a: Self, _ b: Self) -> Self { addingProduct(a, b) }
}

/// Where the micro-kernel reads.
struct TileSource {
  var a: UnsafePointer<Float>
  /// Offset of each run in A.
  var runOffsets: UnsafePointer<Int>
  var runs: Int
  var length: Int
  /// Distance in B from one run to the next, where B is not packed.
  var bRunStep = 0
}

/// Where the sums go.
struct TileTarget {
  var base: UnsafeMutablePointer<Float>
  /// Added to each column, as many numbers as the vectors hold; nil adds nothing.
  var bias: UnsafePointer<Float>?
  /// Adds to what is there.
  var accumulating: Bool

  /// Stores the first `columns` sums of one row: V.scalarCount or fewer.
  @inline(__always)
  func store<V: TileVector>(_ sums: V, at offset: Int, column: Int, columns: Int) {
    var sums = sums
    if let bias { sums += UnsafeRawPointer(bias + column).loadUnaligned(as: V.self) }
    let address = base + offset + column
    if columns >= V.scalarCount {
      if accumulating { sums += UnsafeRawPointer(address).loadUnaligned(as: V.self) }
      UnsafeMutableRawPointer(address).storeBytes(of: sums, as: V.self)
    } else {
      var lane = 0
      while lane < columns {
        address[lane] = accumulating ? address[lane] + sums[lane] : sums[lane]
        lane += 1
      }
    }
  }
}

/// The micro-kernel on vectors of one width.
enum Tile<V: TileVector> {
  static var width: Int { V.scalarCount }
  /// Rows at a time with two vectors: 12 sums, 2 vectors of B and one of A fill the 16 registers of AVX2.
  static var rowsOfTwo: Int { 6 }
  /// Rows at a time with one vector: 8 sums cover the latency of the multiply-add.
  static var rowsOfOne: Int { 8 }

  @inline(__always)
  private static func read(_ b: UnsafePointer<Float>) -> V { UnsafeRawPointer(b).loadUnaligned(as: V.self) }

  /// Six rows by two vectors. `rows` holds six offsets in A, `targets` six in C, of which the first `used` are stored.
  @inline(__always)
  static func two(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, used: Int, columns: Int
  ) {
    var c00 = V(), c01 = V(), c10 = V(), c11 = V(), c20 = V(), c21 = V()
    var c30 = V(), c31 = V(), c40 = V(), c41 = V(), c50 = V(), c51 = V()
    let (a0, a1, a2) = (source.a + rows[0], source.a + rows[1], source.a + rows[2])
    let (a3, a4, a5) = (source.a + rows[3], source.a + rows[4], source.a + rows[5])
    var run = 0
    while run < source.runs {
      var k = source.runOffsets[run]
      var b = b + run &* source.bRunStep
      let end = k &+ source.length &* aStep
      while k < end {
        let (b0, b1) = (read(b), read(b + width))
        var x = V(repeating: a0[k])
        c00 = c00.fused(x, b0)
        c01 = c01.fused(x, b1)
        x = V(repeating: a1[k])
        c10 = c10.fused(x, b0)
        c11 = c11.fused(x, b1)
        x = V(repeating: a2[k])
        c20 = c20.fused(x, b0)
        c21 = c21.fused(x, b1)
        x = V(repeating: a3[k])
        c30 = c30.fused(x, b0)
        c31 = c31.fused(x, b1)
        x = V(repeating: a4[k])
        c40 = c40.fused(x, b0)
        c41 = c41.fused(x, b1)
        x = V(repeating: a5[k])
        c50 = c50.fused(x, b0)
        c51 = c51.fused(x, b1)
        b += bStep
        k &+= aStep
      }
      run &+= 1
    }
    let rest = columns &- width
    target.store(c00, at: targets[0], column: 0, columns: columns)
    target.store(c01, at: targets[0], column: width, columns: rest)
    if used < 2 { return }
    target.store(c10, at: targets[1], column: 0, columns: columns)
    target.store(c11, at: targets[1], column: width, columns: rest)
    if used < 3 { return }
    target.store(c20, at: targets[2], column: 0, columns: columns)
    target.store(c21, at: targets[2], column: width, columns: rest)
    if used < 4 { return }
    target.store(c30, at: targets[3], column: 0, columns: columns)
    target.store(c31, at: targets[3], column: width, columns: rest)
    if used < 5 { return }
    target.store(c40, at: targets[4], column: 0, columns: columns)
    target.store(c41, at: targets[4], column: width, columns: rest)
    if used < 6 { return }
    target.store(c50, at: targets[5], column: 0, columns: columns)
    target.store(c51, at: targets[5], column: width, columns: rest)
  }

  /// Eight rows by one vector, for what is left of the columns or all of few.
  @inline(__always)
  static func one(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, used: Int, columns: Int
  ) {
    var c0 = V(), c1 = V(), c2 = V(), c3 = V(), c4 = V(), c5 = V(), c6 = V(), c7 = V()
    let (a0, a1, a2, a3) = (source.a + rows[0], source.a + rows[1], source.a + rows[2], source.a + rows[3])
    let (a4, a5, a6, a7) = (source.a + rows[4], source.a + rows[5], source.a + rows[6], source.a + rows[7])
    var run = 0
    while run < source.runs {
      var k = source.runOffsets[run]
      var b = b + run &* source.bRunStep
      let end = k &+ source.length &* aStep
      while k < end {
        let b0 = read(b)
        c0 = c0.fused(V(repeating: a0[k]), b0)
        c1 = c1.fused(V(repeating: a1[k]), b0)
        c2 = c2.fused(V(repeating: a2[k]), b0)
        c3 = c3.fused(V(repeating: a3[k]), b0)
        c4 = c4.fused(V(repeating: a4[k]), b0)
        c5 = c5.fused(V(repeating: a5[k]), b0)
        c6 = c6.fused(V(repeating: a6[k]), b0)
        c7 = c7.fused(V(repeating: a7[k]), b0)
        b += bStep
        k &+= aStep
      }
      run &+= 1
    }
    target.store(c0, at: targets[0], column: 0, columns: columns)
    if used < 2 { return }
    target.store(c1, at: targets[1], column: 0, columns: columns)
    if used < 3 { return }
    target.store(c2, at: targets[2], column: 0, columns: columns)
    if used < 4 { return }
    target.store(c3, at: targets[3], column: 0, columns: columns)
    if used < 5 { return }
    target.store(c4, at: targets[4], column: 0, columns: columns)
    if used < 6 { return }
    target.store(c5, at: targets[5], column: 0, columns: columns)
    if used < 7 { return }
    target.store(c6, at: targets[6], column: 0, columns: columns)
    if used < 8 { return }
    target.store(c7, at: targets[7], column: 0, columns: columns)
  }

  /// All rows of C for a panel of at most two vectors of columns. `rows` and `targets` hold `count` offsets, and seven more
  /// that may be read.
  @inline(__always)
  static func panel(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    if columns > width {
      panelOfTwo(
        source, aStep: aStep, bStep: bStep, rows: rows, b: b, into: target, targets: targets, count: count,
        columns: columns)
    } else {
      panelOfOne(
        source, aStep: aStep, bStep: bStep, rows: rows, b: b, into: target, targets: targets, count: count,
        columns: columns)
    }
  }

  /// The same where B is packed: the panel's columns, filled up to whole vectors, follow one another step by step and run by
  /// run. The compiler then knows the step.
  @inline(__always)
  static func packedPanel(
    _ source: TileSource, aStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>, into target: TileTarget,
    targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    var source = source
    if columns > width {
      source.bRunStep = source.length &* 2 &* width
      panelOfTwo(
        source, aStep: aStep, bStep: 2 * width, rows: rows, b: b, into: target, targets: targets, count: count,
        columns: columns)
    } else {
      source.bRunStep = source.length &* width
      panelOfOne(
        source, aStep: aStep, bStep: width, rows: rows, b: b, into: target, targets: targets, count: count,
        columns: columns)
    }
  }

  @inline(__always)
  private static func panelOfTwo(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    var row = 0
    while row < count {
      two(
        source, aStep: aStep, bStep: bStep, rows: rows + row, b: b, into: target, targets: targets + row,
        used: count - row, columns: columns)
      row += rowsOfTwo
    }
  }

  @inline(__always)
  private static func panelOfOne(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    var row = 0
    while row < count {
      one(
        source, aStep: aStep, bStep: bStep, rows: rows + row, b: b, into: target, targets: targets + row,
        used: count - row, columns: columns)
      row += rowsOfOne
    }
  }
}
