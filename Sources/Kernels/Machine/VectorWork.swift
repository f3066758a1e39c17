/// Work that is written once for vectors of any width, and done with those in use.
protocol VectorWork {
  /// What it works on.
  associatedtype Operands
  associatedtype Result = Void

  func run<V: TileVector>(_ vector: V.Type, _ operands: Operands) -> Result
}

extension VectorWork {
  /// Runs with vectors of `Machine.vectorWidth`. The one place that knows which there are.
  @inline(__always)
  func run(_ operands: Operands) -> Result {
    Machine.vectorWidth == 16 ? run(SIMD16<Float>.self, operands) : run(SIMD8<Float>.self, operands)
  }
}
