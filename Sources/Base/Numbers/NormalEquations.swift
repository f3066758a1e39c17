/// Weighted least squares in a few unknowns: Σ w (row · θ − value)² is least where A θ = b.
package struct NormalEquations {
  private let count: Int
  /// The lower triangle counts, [count · count].
  private var matrix: [Double]
  private var right: [Double]

  package init(unknowns: Int) {
    count = unknowns
    matrix = [Double](repeating: 0, count: unknowns * unknowns)
    right = [Double](repeating: 0, count: unknowns)
  }

  package mutating func add(_ row: [Double], value: Double, weight: Double) {
    for i in 0..<count where row[i] != 0 {
      let scaled = weight * row[i]
      for j in 0...i { matrix[i * count + j] += scaled * row[j] }
      right[i] += scaled * value
    }
  }

  /// Pulls one unknown towards 0, as an equation of its own.
  package mutating func add(pullOn unknown: Int, weight: Double) { matrix[unknown * count + unknown] += weight }

  /// `nil` where the equations leave an unknown open.
  package var solution: [Double]? { factor.map { Self.solve($0, right, count) } }

  /// A⁻¹, [count · count]; `nil` where there is none.
  package var inverse: [Double]? {
    guard let factor else { return nil }
    var inverse = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      for (row, value) in Self.solve(factor, unit, count).enumerated() { inverse[row * count + column] = value }
    }
    return inverse
  }

  /// Cholesky's: A = L Lᵀ.
  private var factor: [Double]? {
    var lower = matrix
    for j in 0..<count {
      var pivot = lower[j * count + j]
      let size = pivot
      for k in 0..<j { pivot -= lower[j * count + k] * lower[j * count + k] }
      guard pivot > 1e-10 * size, pivot > 0 else { return nil }
      let root = pivot.squareRoot()
      lower[j * count + j] = root
      for i in j + 1..<max(count, j + 1) {
        var value = lower[i * count + j]
        for k in 0..<j { value -= lower[i * count + k] * lower[j * count + k] }
        lower[i * count + j] = value / root
      }
    }
    return lower
  }

  private static func solve(_ lower: [Double], _ right: [Double], _ count: Int) -> [Double] {
    var x = right
    for i in 0..<count {
      for k in 0..<i { x[i] -= lower[i * count + k] * x[k] }
      x[i] /= lower[i * count + i]
    }
    for i in stride(from: count - 1, through: 0, by: -1) {
      for k in i + 1..<max(count, i + 1) { x[i] -= lower[k * count + i] * x[k] }
      x[i] /= lower[i * count + i]
    }
    return x
  }
}
