/// Where the micro-kernel's sums go.
struct TileTarget {
  var base: UnsafeMutablePointer<Float>
  /// Added to each column, as many numbers as the vectors hold; nil adds nothing.
  var bias: UnsafePointer<Float>?
  /// Adds to what is there.
  var accumulating: Bool
  /// The sums begin with what is there, so that a sum in pieces is rounded as one in one piece.
  var continuing = false

  /// What a vector of sums begins with. Lanes beyond the columns hold anything; storage has room for them beyond its end.
  @inline(__always)
  func start<V: TileVector>(_ offset: Int) -> V { continuing ? V(at: base + offset) : V(repeating: 0) }

  /// Puts a whole vector of sums, from `column` on, of the row that goes to `offset`.
  @inline(__always)
  func put<V: TileVector>(_ sums: V, _ offset: Int, column: Int) {
    let address = base + (offset &+ column)
    var sums = sums
    if let bias { sums = sums.plus(V(at: bias + column)) }
    if accumulating { sums = sums.plus(V(at: address)) }
    sums.put(address)
  }

  /// Puts the first of `rows` and `columns` of sums `[rows, vectors]` of any count.
  @inline(never)
  func put<V: TileVector>(
    _: V.Type, _ sums: UnsafePointer<Float>, vectors: Int, _ targets: UnsafePointer<Int>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      for column in stride(from: 0, to: columns, by: V.scalarCount) {
        let part = V(at: sums + (row * vectors * V.scalarCount + column))
        if column + V.scalarCount <= columns {
          put(part, targets[row], column: column)
        } else {
          for lane in 0..<(columns - column) {
            let address = base + (targets[row] + column + lane)
            let sum = part[lane] + (bias?[column + lane] ?? 0)
            address.pointee = accumulating ? sum + address.pointee : sum
          }
        }
      }
    }
  }
}
