import Imaging
import Testing

@Suite struct Tensors {
  private let fixtures = BlockFixtures.shared

  /// Twice the angle, so that both ends of its range are one, where the eigenvalues are apart.
  private func agree(_ found: TensorPlanes, _ expected: BlockFixtures.Tensor.Eigen, _ tolerance: Float) {
    #expect(worst(found.larger, expected.larger) < tolerance)
    #expect(worst(found.smaller, expected.smaller) < tolerance)
    for i in expected.angle.indices where expected.larger[i] - expected.smaller[i] > 100 * tolerance {
      var turn = abs(found.angle.pixels[i] - expected.angle[i])
      turn = min(turn, abs(turn - .pi))
      #expect(turn < 2 * tolerance / (expected.larger[i] - expected.smaller[i]) + 1e-6)
    }
  }

  @Test func hessiansAreNumPys() {
    for expected in fixtures.tensors {
      agree(fixtures.image.hessian(sigma: expected.sigma, within: fixtures.region), expected.hessian, 5e-6)
    }
  }

  @Test func structureTensorsAreNumPys() {
    for expected in fixtures.tensors {
      let found = fixtures.image.structureTensor(sigma: expected.sigma, rho: expected.rho, within: fixtures.region)
      agree(found, expected.structure, 2e-6)
    }
  }

  /// Inside, the trace is SciPy's Laplacian of a Gaussian, but for what the sampled second derivative makes of a constant.
  @Test func insideTheFieldTheHessianIsSciPys() {
    for expected in fixtures.tensors {
      let found = fixtures.image.hessian(sigma: expected.sigma, within: fixtures.region)
      let trace = zip(found.larger.pixels, found.smaller.pixels).map { $0 + $1 }
      let whole = fixtures.mask(expected.whole)
      #expect(whole.area > 20)
      #expect(worst(trace, expected.scipy, where: whole) < 2e-3 * (expected.scipy.map(abs).max() ?? 0))
    }
  }

  /// A ridge at each angle: its eigenvector runs along it, and the structure tensor's across.
  @Test func anglesFollowRidges() {
    for step in 0..<12 {
      let angle = Float(step) * .pi / 12 - .pi / 2 + 0.1
      let (across, down) = (cosine(angle), cosine(angle - .pi / 2))
      var plane = Plane(width: 41, height: 41)
      for y in 0..<41 {
        for x in 0..<41 {
          let away = -down * Float(x - 20) + across * Float(y - 20)
          plane[x, y] = 1 / (1 + away * away / 4)
        }
      }
      let (hessian, structure) = (plane.hessian(sigma: 2), plane.structureTensor(sigma: 1, rho: 3))
      #expect(hessian.smaller[20, 20] < -0.02 && abs(hessian.larger[20, 20]) < 0.01)
      #expect(apart(hessian.angle[20, 20], angle) < 0.01)
      #expect(apart(structure.angle[20, 20], angle + .pi / 2) < 0.01)
    }
  }

  private func apart(_ a: Float, _ b: Float) -> Float {
    let turn = (a - b).remainder(dividingBy: .pi)
    return abs(turn)
  }

  private func cosine(_ x: Float) -> Float {
    let square = x.remainder(dividingBy: 2 * .pi) * x.remainder(dividingBy: 2 * .pi)
    var (sum, term) = (Float(1), Float(1))
    for n in 1..<12 {
      term *= -square / Float(2 * n * (2 * n - 1))
      sum += term
    }
    return sum
  }
}
