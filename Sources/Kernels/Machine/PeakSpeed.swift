/// How fast this machine multiplies and adds when nothing waits for memory: the ceiling that kernels are measured against.
///
/// Twelve chains of fused multiply-adds in registers, on all workers. A processor with two such units of four cycles each
/// needs eight chains; twelve leave room and fit AVX2's sixteen registers.
public enum PeakSpeed {
  /// Floating-point operations that `run` does, a multiplication and an addition counted as two.
  public static func operationCount(rounds: Int) -> Int {
    Workers.count * rounds * chains * Machine.vectorWidth * 2
  }

  /// Computes `rounds` times all chains on every worker. The result has no meaning; it keeps the work from being dropped.
  public static func run(rounds: Int) -> Float {
    let workers = Workers.count
    let results = Storage(count: workers)
    let base = results.base
    parallel(workers) { worker in
      base[worker] = Chains().run(rounds)
    }
    return (0..<results.count).reduce(0) { $0 + base[$1] }
  }

  private static let chains = 12
}

/// The chains, as long as the operand says.
private struct Chains: VectorWork {
  func run<Vector: TileVector>(_: Vector.Type, _ rounds: Int) -> Float {
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
