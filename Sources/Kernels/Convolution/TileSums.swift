// A row of the micro-kernel: its sums in registers, and the line of B that they are added to from.

/// A line of B.
protocol RowLine {
  init(_ b: UnsafePointer<Float>)
}

/// A row's sums in some vectors.
protocol RowSums {
  associatedtype V: TileVector
  associatedtype Line: RowLine
  static var vectors: Int { get }
  /// The sums' beginnings, those of the row that goes to `offset`.
  init(_ target: TileTarget, _ offset: Int)
  mutating func add(_ a: Float, _ line: Line)
  /// Puts whole vectors where they go.
  func put(_ target: TileTarget, _ offset: Int)
  func put(_ address: UnsafeMutablePointer<Float>)
}

/// One vector of B.
struct LineOne<V: TileVector> {
  let b0: V

  @inline(__always)
  init(_ b: UnsafePointer<Float>) {
    b0 = V(at: b)
  }
}

/// A row's sums in one vector.
struct SumsOne<V: TileVector> {
  private var c0: V

  /// The sums' beginnings, those of the row that goes to `offset`.
  @inline(__always)
  init(_ target: TileTarget, _ offset: Int) {
    c0 = target.start(offset)
  }

  @inline(__always)
  mutating func add(_ a: Float, _ line: LineOne<V>) {
    let a = V(repeating: a)
    c0 = c0.fused(a, line.b0)
  }

  /// Puts whole vectors where they go.
  @inline(__always)
  func put(_ target: TileTarget, _ offset: Int) {
    target.put(c0, offset, column: 0)
  }

  @inline(__always)
  func put(_ address: UnsafeMutablePointer<Float>) {
    c0.put(address)
  }
}

/// Two vectors of B.
struct LineTwo<V: TileVector>: RowLine {
  let b0, b1: V

  @inline(__always)
  init(_ b: UnsafePointer<Float>) {
    b0 = V(at: b)
    b1 = V(at: b + V.scalarCount)
  }
}

/// A row's sums in two vectors.
struct SumsTwo<V: TileVector>: RowSums {
  static var vectors: Int { 2 }

  private var c0, c1: V

  /// The sums' beginnings, those of the row that goes to `offset`.
  @inline(__always)
  init(_ target: TileTarget, _ offset: Int) {
    c0 = target.start(offset)
    c1 = target.start(offset &+ V.scalarCount)
  }

  @inline(__always)
  mutating func add(_ a: Float, _ line: LineTwo<V>) {
    let a = V(repeating: a)
    c0 = c0.fused(a, line.b0)
    c1 = c1.fused(a, line.b1)
  }

  /// Puts whole vectors where they go.
  @inline(__always)
  func put(_ target: TileTarget, _ offset: Int) {
    target.put(c0, offset, column: 0)
    target.put(c1, offset, column: V.scalarCount)
  }

  @inline(__always)
  func put(_ address: UnsafeMutablePointer<Float>) {
    c0.put(address)
    c1.put(address + V.scalarCount)
  }
}

/// Four vectors of B.
struct LineFour<V: TileVector>: RowLine {
  let b0, b1, b2, b3: V

  @inline(__always)
  init(_ b: UnsafePointer<Float>) {
    b0 = V(at: b)
    b1 = V(at: b + V.scalarCount)
    b2 = V(at: b + 2 &* V.scalarCount)
    b3 = V(at: b + 3 &* V.scalarCount)
  }
}

/// A row's sums in four vectors.
struct SumsFour<V: TileVector>: RowSums {
  static var vectors: Int { 4 }

  private var c0, c1, c2, c3: V

  /// The sums' beginnings, those of the row that goes to `offset`.
  @inline(__always)
  init(_ target: TileTarget, _ offset: Int) {
    c0 = target.start(offset)
    c1 = target.start(offset &+ V.scalarCount)
    c2 = target.start(offset &+ 2 &* V.scalarCount)
    c3 = target.start(offset &+ 3 &* V.scalarCount)
  }

  @inline(__always)
  mutating func add(_ a: Float, _ line: LineFour<V>) {
    let a = V(repeating: a)
    c0 = c0.fused(a, line.b0)
    c1 = c1.fused(a, line.b1)
    c2 = c2.fused(a, line.b2)
    c3 = c3.fused(a, line.b3)
  }

  /// Puts whole vectors where they go.
  @inline(__always)
  func put(_ target: TileTarget, _ offset: Int) {
    target.put(c0, offset, column: 0)
    target.put(c1, offset, column: V.scalarCount)
    target.put(c2, offset, column: 2 * V.scalarCount)
    target.put(c3, offset, column: 3 * V.scalarCount)
  }

  @inline(__always)
  func put(_ address: UnsafeMutablePointer<Float>) {
    c0.put(address)
    c1.put(address + V.scalarCount)
    c2.put(address + 2 &* V.scalarCount)
    c3.put(address + 3 &* V.scalarCount)
  }
}
