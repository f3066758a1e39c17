/// Chambolle's dual projection: the field p goes along the gradient of u(p) by τ ÷ θ, τ = 1/8, and back to vectors no longer
/// than 1 (Chambolle, EMMCVPR 2005), with the momentum of Beck and Teboulle (IEEE Transactions on Image Processing 18, 2009).
package struct DualProjection {
  private let problem: VariationProblem
  /// Where the gradient is taken: ahead of p by the momentum.
  private let qx, qy: Storage
  private static let step: Float = 1 / 8

  package init(_ problem: VariationProblem) {
    self.problem = problem
    qx = problem.grid.storage()
    qy = problem.grid.storage()
  }

  /// Takes `steps` steps from p as it is.
  package func advance(steps: Int) {
    let (grid, u) = (problem.grid, problem.u.base)
    qx.base.update(from: problem.px.base, count: qx.count)
    qy.base.update(from: problem.py.base, count: qy.count)
    let momenta = Self.momenta(steps)
    for first in stride(from: 0, to: steps, by: Self.sweep) {
      let last = min(first + Self.sweep, steps)
      // A row of u takes the field of its own row and the one above, so that one may go on once the next row is there: and so
      // may the next step, two rows behind, while they are in the cache.
      for front in 0...(grid.height + 2 * (last - first - 1)) {
        for step in first..<last {
          let y = front - 2 * (step - first)
          guard y >= 0 else { break }
          if y < grid.height {
            problem.writePrimal(row: y, qx.base, qy.base)
            problem.constraint.project(u, row: y, grid)
          }
          if y > 0 && y <= grid.height { moveField(row: y - 1, momenta[step]) }
        }
      }
    }
  }

  /// Steps that go over the picture together.
  private static let sweep = 5

  /// (tₖ − 1) ÷ tₖ₊₁ with t₁ = 1, tₖ₊₁ = ½ (1 + √(1 + 4 tₖ²)).
  private static func momenta(_ steps: Int) -> [Float] {
    var t: Float = 1
    return (0..<steps).map { _ in
      let last = t
      t = (1 + (1 + 4 * t * t).squareRoot()) / 2
      return (last - 1) / t
    }
  }

  @inline(__always)
  private func moveField(row y: Int, _ momentum: Float) {
    let (grid, u, stride) = (problem.grid, problem.u.base, problem.grid.stride)
    let (ax, ay) = (grid.across.base, grid.down.base)
    let (px, py, qx, qy) = (problem.px.base, problem.py.base, qx.base, qy.base)
    let step = Self.step / problem.theta
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in
        let edge = grid.edge(i, plane)
        let here = wide(u + i)
        let x = wide(qx + i) + (step * wide(ax + edge)) * (wide(u + i + 1) - here)
        let y = wide(qy + i) + (step * wide(ay + edge)) * (wide(u + i + stride) - here)
        var (newX, newY) = (x, y)
        let squares = x * x + y * y
        if any(squares .> Wide.one) {
          let length = squares.squareRoot()
          let scale = Wide.one / Wide.one.replacing(with: length, where: length .> Wide.one)
          newX *= scale
          newY *= scale
        }
        store(newX + momentum * (newX - wide(px + i)), qx + i)
        store(newY + momentum * (newY - wide(py + i)), qy + i)
        store(newX, px + i)
        store(newY, py + i)
      }
    }
  }
}
