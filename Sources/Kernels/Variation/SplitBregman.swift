/// Split Bregman (Goldstein and Osher, SIAM Journal on Imaging Sciences 2, 2009; with a constraint as Goldstein, Bresson and
/// Osher, Journal of Scientific Computing 45, 2010): the gradient d ≈ ∇u and, under a constraint, z ≈ u are variables of
/// their own, joined by the penalties μ and ν and by what is left over, b and c. A step is one red–black Gauss–Seidel sweep
/// for u, a shrinkage for d, a projection for z. Its dual field is p = μ b, never longer than 1.
package struct SplitBregman {
  private let problem: VariationProblem
  private let dx, dy, z, c: Storage

  package init(_ problem: VariationProblem) {
    self.problem = problem
    dx = problem.grid.storage()
    dy = problem.grid.storage()
    z = problem.grid.storage()
    c = problem.grid.storage()
  }

  /// Penalties that suit values in about [0, 1]: a gradient of 1 ÷ μ is an edge.
  private var gradientPenalty: Float { 2 / problem.theta }
  private var pointPenalty: Float { 1 / problem.theta }

  /// Takes `steps` steps from p as it is.
  package func advance(steps: Int) {
    let grid = problem.grid
    start()
    for _ in 0..<steps {
      for colour in 0..<2 { for y in 0..<grid.height { relax(row: y, colour) } }
      for y in 0..<grid.height {
        shrink(row: y)
        settle(row: y)
      }
    }
  }

  /// Everything where it would be if p were the solution: u = z = u(p), d = ∇u, c = div p ÷ ν.
  private func start() {
    _ = problem.evaluate()
    let (grid, u, stride) = (problem.grid, problem.u.base, problem.grid.stride)
    let (px, py, z, c) = (problem.px.base, problem.py.base, z.base, c.base)
    let inverse = 1 / pointPenalty
    for plane in 0..<grid.planes {
      for y in 0..<grid.height {
        grid.forEachVector(plane, y) { i in
          let (gx, gy) = gradient(i, plane)
          store(gx, dx.base + i)
          store(gy, dy.base + i)
          store(wide(u + i), z + i)
          store(inverse * (wide(px + i) - wide(px + i - 1) + wide(py + i) - wide(py + i - stride)), c + i)
        }
      }
    }
  }

  @inline(__always)
  private func gradient(_ i: Int, _ plane: Int) -> (Wide, Wide) {
    let (grid, u) = (problem.grid, problem.u.base)
    let (edge, here) = (grid.edge(i, plane), wide(u + i))
    return (
      wide(grid.across.base + edge) * (wide(u + i + 1) - here),
      wide(grid.down.base + edge) * (wide(u + i + grid.stride) - here)
    )
  }

  /// Solves (ν + μ ∇ᵀ∇) u = ν (z − c) + μ ∇ᵀ(d − b) in the pixels of one colour of the chessboard, the others held; without
  /// a constraint f ÷ θ stands for ν (z − c), and 1 ÷ θ for ν.
  @inline(__always)
  private func relax(row y: Int, _ colour: Int) {
    let (grid, u, stride) = (problem.grid, problem.u.base, problem.grid.stride)
    let (ax, ay, f) = (grid.across.base, grid.down.base, problem.f.base)
    let (px, py, dx, dy, z, c) = (problem.px.base, problem.py.base, dx.base, dy.base, z.base, c.base)
    let (mu, nu) = (gradientPenalty, pointPenalty)
    let isFree = problem.constraint == .none
    let turn = parity .== Wide(repeating: Float((y &+ colour) & 1))
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in
        let edge = grid.edge(i, plane)
        let (right, left) = (wide(ax + edge), wide(ax + edge - 1))
        let (below, above) = (wide(ay + edge), wide(ay + edge - stride))
        // p is μ b.
        let (x, xBefore) = (mu * wide(dx + i) - wide(px + i), mu * wide(dx + i - 1) - wide(px + i - 1))
        let (y, yBefore) = (mu * wide(dy + i) - wide(py + i), mu * wide(dy + i - stride) - wide(py + i - stride))
        let around =
          right * wide(u + i + 1) + left * wide(u + i - 1) + below * wide(u + i + stride) + above * wide(u + i - stride)
        let pull = isFree ? wide(f + i) : wide(z + i) - wide(c + i)
        let value =
          (nu * pull + mu * around + (xBefore - x) + (yBefore - y)) / (nu + mu * (right + left + below + above))
        store(wide(u + i).replacing(with: value, where: turn), u + i)
      }
    }
  }

  /// d = what of ∇u + b is longer than 1 ÷ μ, p = μ times the rest.
  @inline(__always)
  private func shrink(row y: Int) {
    let grid = problem.grid
    let mu = gradientPenalty
    let inverse = 1 / mu
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in
        let (gx, gy) = gradient(i, plane)
        let x = mu * gx + wide(problem.px.base + i)
        let y = mu * gy + wide(problem.py.base + i)
        let length = (x * x + y * y).squareRoot()
        let scale = Wide.one / Wide.one.replacing(with: length, where: length .> Wide.one)
        let (newX, newY) = (x * scale, y * scale)
        store(newX, problem.px.base + i)
        store(newY, problem.py.base + i)
        store(inverse * (x - newX), dx.base + i)
        store(inverse * (y - newY), dy.base + i)
      }
    }
  }

  /// z = the nearest allowed point to (f ÷ θ + ν (u + c)) ÷ (1 ÷ θ + ν), c = c + u − z.
  @inline(__always)
  private func settle(row y: Int) {
    guard problem.constraint != .none else { return }
    let (grid, u, z, c, f) = (problem.grid, problem.u.base, z.base, c.base, problem.f.base)
    let (weight, nu) = (1 / problem.theta, pointPenalty)
    let inverse = 1 / (weight + nu)
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in
        store(inverse * (weight * wide(f + i) + nu * (wide(u + i) + wide(c + i))), z + i)
      }
    }
    problem.constraint.project(z, row: y, grid)
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in store(wide(c + i) + wide(u + i) - wide(z + i), c + i) }
    }
  }
}

private let parity = Wide((0..<16).map { Float($0 & 1) })
