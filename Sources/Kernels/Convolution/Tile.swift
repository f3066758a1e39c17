// The micro-kernel: a few rows times one, two or four vectors of sums held in registers. GEMM, convolution and both its
// gradients are this loop over different addresses:
//
//   C[i, n] = Σ over runs r, steps k of  A[row i + run r + k·aStep] · B[r·bRunStep + k·bStep + n]
//
// A is read in place, one number broadcast at a time, so no patch is ever packed. Sums run in the order of r and k with one
// rounding per product whatever the vector width, so every processor gets the same bits.

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

/// The micro-kernel on vectors of one width.
enum Tile<V: TileVector> {
  private static var width: Int { V.scalarCount }
  /// Rows at a time with two vectors or four: 12 sums, 2 vectors of B and one of A fill the 16 registers of AVX2; 24, 4 and
  /// one fill the 32 of AVX-512, and every number that is read serves twice as often.
  private static var rowsOfTwo: Int { 6 }
  /// Rows at a time with one vector: 8 sums cover the latency of the multiply-add.
  private static var rowsOfOne: Int { 8 }

  /// All rows of C for one of the `ColumnPanels`. `rows` and `targets` hold `count` offsets, and seven more that may be
  /// read.
  static func panel(
    _ source: TileSource, aStep: Int, bStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>,
    into target: TileTarget, targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    if V.scalarCount == 16 && columns > 2 * width {
      panelOfFour(source, aStep, bStep, rows, b, target, targets, count, columns)
    } else if columns > width {
      panelOfTwo(source, aStep, bStep, rows, b, target, targets, count, columns)
    } else {
      panelOfOne(source, aStep, bStep, rows, b, target, targets, count, columns)
    }
  }

  /// The same where B is packed: the panel's columns, filled up to whole vectors, follow one another step by step and run by
  /// run.
  static func packedPanel(
    _ source: TileSource, aStep: Int, rows: UnsafePointer<Int>, b: UnsafePointer<Float>, into target: TileTarget,
    targets: UnsafePointer<Int>, count: Int, columns: Int
  ) {
    let bStep = columns > 2 * width ? 4 * width : columns > width ? 2 * width : width
    var source = source
    source.bRunStep = source.length &* bStep
    panel(
      source, aStep: aStep, bStep: bStep, rows: rows, b: b, into: target, targets: targets, count: count,
      columns: columns)
  }

  // One function for each width: within a caller that is large already, the compiler stops short of inlining.

  @inline(never)
  private static func panelOfFour(
    _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>, _ b: UnsafePointer<Float>,
    _ target: TileTarget, _ targets: UnsafePointer<Int>, _ count: Int, _ columns: Int
  ) {
    panelOfSixes(SumsFour<V>.self, source, aStep, bStep, rows, b, target, targets, count, columns)
  }

  @inline(never)
  private static func panelOfTwo(
    _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>, _ b: UnsafePointer<Float>,
    _ target: TileTarget, _ targets: UnsafePointer<Int>, _ count: Int, _ columns: Int
  ) {
    panelOfSixes(SumsTwo<V>.self, source, aStep, bStep, rows, b, target, targets, count, columns)
  }

  @inline(__always)
  private static func panelOfSixes<Sums: RowSums>(
    _: Sums.Type, _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>,
    _ b: UnsafePointer<Float>, _ target: TileTarget, _ targets: UnsafePointer<Int>, _ count: Int, _ columns: Int
  ) where Sums.V == V {
    var row = 0
    while row < count {
      six(
        Sums.self, source, aStep, bStep, rows + row, b, target, targets + row, used: count - row, columns: columns)
      row += rowsOfTwo
    }
  }

  @inline(never)
  private static func panelOfOne(
    _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>, _ b: UnsafePointer<Float>,
    _ target: TileTarget, _ targets: UnsafePointer<Int>, _ count: Int, _ columns: Int
  ) {
    var row = 0
    while row < count {
      one(source, aStep, bStep, rows + row, b, target, targets + row, used: count - row, columns: columns)
      row += rowsOfOne
    }
  }

  /// Six rows by two vectors or four. `rows` holds as many offsets in A, `targets` as many in C, of which the first
  /// `used` are stored.
  @inline(__always)
  private static func six<Sums: RowSums>(
    _: Sums.Type, _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>,
    _ b: UnsafePointer<Float>, _ target: TileTarget, _ targets: UnsafePointer<Int>, used: Int, columns: Int
  ) where Sums.V == V {
    let width = Sums.vectors * V.scalarCount
    var c0 = Sums(target, targets[0])
    var c1 = Sums(target, targets[1])
    var c2 = Sums(target, targets[2])
    var c3 = Sums(target, targets[3])
    var c4 = Sums(target, targets[4])
    var c5 = Sums(target, targets[5])
    let (a0, a1, a2) = (source.a + rows[0], source.a + rows[1], source.a + rows[2])
    let (a3, a4, a5) = (source.a + rows[3], source.a + rows[4], source.a + rows[5])
    var run = 0
    while run < source.runs {
      var k = source.runOffsets[run]
      var b = b + run &* source.bRunStep
      let end = k &+ source.length &* aStep
      while k < end {
        let line = Sums.Line(b)
        c0.add(a0[k], line)
        c1.add(a1[k], line)
        c2.add(a2[k], line)
        c3.add(a3[k], line)
        c4.add(a4[k], line)
        c5.add(a5[k], line)
        b += bStep
        k &+= aStep
      }
      run &+= 1
    }
    if used >= 6 && columns >= width {
      c0.put(target, targets[0])
      c1.put(target, targets[1])
      c2.put(target, targets[2])
      c3.put(target, targets[3])
      c4.put(target, targets[4])
      c5.put(target, targets[5])
      return
    }
    withUnsafeTemporaryAllocation(byteCount: 6 * Sums.vectors * 64, alignment: 64) { memory in
      let sums = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      c0.put(sums)
      c1.put(sums + width)
      c2.put(sums + 2 * width)
      c3.put(sums + 3 * width)
      c4.put(sums + 4 * width)
      c5.put(sums + 5 * width)
      target.put(V.self, sums, vectors: Sums.vectors, targets, rows: min(used, 6), columns: columns)
    }
  }

  /// Eight rows by one vector. `rows` holds as many offsets in A, `targets` as many in C, of which the first
  /// `used` are stored.
  @inline(__always)
  private static func one(
    _ source: TileSource, _ aStep: Int, _ bStep: Int, _ rows: UnsafePointer<Int>, _ b: UnsafePointer<Float>,
    _ target: TileTarget, _ targets: UnsafePointer<Int>, used: Int, columns: Int
  ) {
    var c0 = SumsOne<V>(target, targets[0])
    var c1 = SumsOne<V>(target, targets[1])
    var c2 = SumsOne<V>(target, targets[2])
    var c3 = SumsOne<V>(target, targets[3])
    var c4 = SumsOne<V>(target, targets[4])
    var c5 = SumsOne<V>(target, targets[5])
    var c6 = SumsOne<V>(target, targets[6])
    var c7 = SumsOne<V>(target, targets[7])
    let (a0, a1, a2, a3) = (source.a + rows[0], source.a + rows[1], source.a + rows[2], source.a + rows[3])
    let (a4, a5, a6, a7) = (source.a + rows[4], source.a + rows[5], source.a + rows[6], source.a + rows[7])
    var run = 0
    while run < source.runs {
      var k = source.runOffsets[run]
      var b = b + run &* source.bRunStep
      let end = k &+ source.length &* aStep
      while k < end {
        let line = LineOne<V>(b)
        c0.add(a0[k], line)
        c1.add(a1[k], line)
        c2.add(a2[k], line)
        c3.add(a3[k], line)
        c4.add(a4[k], line)
        c5.add(a5[k], line)
        c6.add(a6[k], line)
        c7.add(a7[k], line)
        b += bStep
        k &+= aStep
      }
      run &+= 1
    }
    if used >= 8 && columns >= width {
      c0.put(target, targets[0])
      c1.put(target, targets[1])
      c2.put(target, targets[2])
      c3.put(target, targets[3])
      c4.put(target, targets[4])
      c5.put(target, targets[5])
      c6.put(target, targets[6])
      c7.put(target, targets[7])
      return
    }
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 64) { memory in
      let sums = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      c0.put(sums)
      c1.put(sums + width)
      c2.put(sums + 2 * width)
      c3.put(sums + 3 * width)
      c4.put(sums + 4 * width)
      c5.put(sums + 5 * width)
      c6.put(sums + 6 * width)
      c7.put(sums + 7 * width)
      target.put(V.self, sums, vectors: 1, targets, rows: min(used, 8), columns: columns)
    }
  }
}
