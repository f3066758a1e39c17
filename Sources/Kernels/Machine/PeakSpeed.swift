/// How fast this machine multiplies and adds when nothing waits for memory: the ceiling that kernels are measured against.
///
/// Twelve chains of fused multiply-adds in registers, on all workers. A processor with two such units of four cycles each
/// needs eight chains; twelve leave room and fit AVX2's sixteen registers.
public enum PeakSpeed {
  /// Computes `rounds` times all chains on every worker.
  ///
  /// - Returns: the floating-point operations, a multiplication and an addition counted as two; and a result without meaning, which
  ///   keeps the work from being dropped.
  public static func run(rounds: Int) -> (operationCount: Int, result: Float) { Chains().run(rounds) }
}

/// The chains, as long as the operand says.
private struct Chains: VectorWork {
  func run<Vector: TileVector>(_: Vector.Type, _ rounds: Int) -> (operationCount: Int, result: Float) {
    let workers = Workers.count
    let results = Storage(count: workers)
    let base = results.base
    parallel(workers) { base[$0] = chains(Vector.self, rounds) }
    return (workers * rounds * 12 * Vector.scalarCount * 2, (0..<workers).reduce(0) { $0 + base[$1] })
  }

  /// Twelve, in the registers of one worker.
  private func chains<Vector: TileVector>(_: Vector.Type, _ rounds: Int) -> Float {
    let factor = Vector(repeating: 0.999)
    let term = Vector(repeating: 0.001)
    var (a, b, c, d, e, f) = (term, factor, term, factor, term, factor)
    var (g, h, i, j, k, l) = (factor, term, factor, term, factor, term)
    for _ in 0..<rounds {
      a = term.addingProduct(a, factor)
      b = term.addingProduct(b, factor)
      c = term.addingProduct(c, factor)
      d = term.addingProduct(d, factor)
      e = term.addingProduct(e, factor)
      f = term.addingProduct(f, factor)
      g = term.addingProduct(g, factor)
      h = term.addingProduct(h, factor)
      i = term.addingProduct(i, factor)
      j = term.addingProduct(j, factor)
      k = term.addingProduct(k, factor)
      l = term.addingProduct(l, factor)
    }
    return ((a + b) + (c + d) + (e + f) + (g + h) + (i + j) + (k + l)).sum()
  }
}
