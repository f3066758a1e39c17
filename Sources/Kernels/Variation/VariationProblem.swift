/// min ½ Σᵢ ‖uᵢ − fᵢ‖² + θ Σᵢ ∫|∇uᵢ| over pictures u₁ … that a constraint allows, and its dual: u(p) = P(f + θ div p), P the
/// projection onto what is allowed, for fields p of vectors no longer than 1 (Chambolle, Journal of Mathematical Imaging and
/// Vision 20, 2004). Differences go to the right and down, |∇u| is Euclidean; across the region's rim nothing is counted.
package final class VariationProblem {
  let grid: VariationGrid
  let constraint: VariationConstraint
  let f, u, px, py: Storage
  /// c.
  let costs: Storage
  package internal(set) var theta: Float = 1

  /// - Parameter planes: how many pictures.
  package init(width: Int, height: Int, planes: Int, within region: [Bool]?, constraint: VariationConstraint) {
    grid = VariationGrid(width: width, height: height, planes: planes, region: region)
    self.constraint = constraint
    f = grid.storage()
    u = grid.storage()
    px = grid.storage()
    py = grid.storage()
    costs = grid.storage()
  }

  /// The pictures, one behind the other.
  package var solution: [Float] { grid.pixels(of: u) }

  /// The dual field's two components.
  package var dual: (across: [Float], down: [Float]) {
    get { (grid.pixels(of: px), grid.pixels(of: py)) }
    set {
      grid.place(newValue.across, into: px)
      grid.place(newValue.down, into: py)
    }
  }

  package func pose(_ target: [Float], theta: Float) {
    grid.place(target, into: f)
    self.theta = theta
  }

  /// A row of f + θ div p, before the projection.
  @inline(__always)
  func writePrimal(row y: Int, _ qx: UnsafePointer<Float>, _ qy: UnsafePointer<Float>) {
    let (f, u, stride, theta) = (f.base, u.base, grid.stride, theta)
    for plane in 0..<grid.planes {
      grid.forEachVector(plane, y) { i in
        let divergence = wide(qx + i) - wide(qx + i - 1) + wide(qy + i) - wide(qy + i - stride)
        store(wide(f + i) + theta * divergence, u + i)
      }
    }
  }

  /// Sets u to u(p).
  ///
  /// - Returns: Σ ∫|∇uᵢ| and Σ ∫(|∇uᵢ| − p · ∇uᵢ) ≥ 0, which times θ is how far at most u is from the minimum in energy.
  package func evaluate() -> (variation: Double, gap: Double) {
    let (px, py, u) = (px.base, py.base, u.base)
    for y in 0..<grid.height {
      writePrimal(row: y, px, py)
      constraint.project(u, row: y, grid)
    }
    return measure(px, py)
  }

  /// The same sums for the u that is there.
  private func measure(_ px: UnsafePointer<Float>, _ py: UnsafePointer<Float>) -> (variation: Double, gap: Double) {
    let (u, ax, ay, stride) = (u.base, grid.across.base, grid.down.base, grid.stride)
    var (variation, gap) = (SIMD16<Double>.zero, SIMD16<Double>.zero)
    for plane in 0..<grid.planes {
      for y in 0..<grid.height {
        grid.forEachVector(plane, y) { i in
          let edge = grid.edge(i, plane)
          let gx = wide(ax + edge) * (wide(u + i + 1) - wide(u + i))
          let gy = wide(ay + edge) * (wide(u + i + stride) - wide(u + i))
          let length = (gx * gx + gy * gy).squareRoot()
          variation += SIMD16<Double>(length)
          gap += SIMD16<Double>(length - (gx * wide(px + i) + gy * wide(py + i)))
        }
      }
    }
    return (variation.sum(), gap.sum())
  }

  /// Σ ⟨uᵢ, cᵢ⟩ for u as it is and, over all allowed u, the least of Σ ⟨uᵢ, cᵢ − div pᵢ⟩, below which no
  /// Σ ∫|∇uᵢ| + ⟨uᵢ, cᵢ⟩ can be.
  package func linearEnergy() -> (value: Double, bound: Double) {
    let (grid, c, u) = (grid, costs.base, u.base)
    let (px, py, stride) = (px.base, py.base, grid.stride)
    var (value, bound) = (SIMD16<Double>.zero, SIMD16<Double>.zero)
    for y in 0..<grid.height {
      grid.forEachVector(0, y) { place in
        var least = constraint == .unitInterval ? Wide.zero : Wide(repeating: .infinity)
        for plane in 0..<grid.planes {
          let i = place &+ plane &* grid.size
          value += SIMD16<Double>(wide(u + i) * wide(c + i))
          let pull = wide(c + i) - (wide(px + i) - wide(px + i - 1) + wide(py + i) - wide(py + i - stride))
          least = least.replacing(with: pull, where: pull .< least)
        }
        bound += SIMD16<Double>(least)
      }
    }
    return (value.sum(), bound.sum())
  }

  /// Σ ∫|∇uᵢ| + Σ ⟨uᵢ, cᵢ⟩ of pictures that are allowed.
  package func energy(of pictures: [Float]) -> Double {
    grid.place(pictures, into: u)
    return measure(px.base, py.base).variation + linearEnergy().value
  }

  /// Sets f to u′ − θ c, near which a step of the proximal point method with costs c ends.
  package func poseStep(from primal: [Float], theta: Float) {
    grid.place(primal, into: f)
    for i in 0..<f.count { f.base[i] -= theta * costs.base[i] }
    self.theta = theta
  }

  /// What a unit of each picture costs in each pixel.
  package func charge(_ costs: [Float]) { grid.place(costs, into: self.costs) }
}
