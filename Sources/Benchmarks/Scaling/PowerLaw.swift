import Base
import Glibc

/// y = c · x₁^p₁ · x₂^p₂ …: a straight line in the logarithms, fitted by least squares there, which weighs every value by its
/// size.
public struct PowerLaw: Sendable {
  public let factor: Double
  /// One for each x.
  public let exponents: [Double]
  /// Standard errors of the exponents, from what the fit leaves over; `nil` where there are no more values than unknowns.
  public let errors: [Double]?

  /// - Parameters:
  ///   - points: x and y, all positive; each has as many x.
  /// - Returns: `nil` where the points leave an exponent open, as where an x is the same in all.
  public init?(_ points: [(x: [Double], y: Double)]) {
    guard let first = points.first else { return nil }
    let rows = points.map { (row: [1] + $0.x.map { log($0) }, value: log($0.y)) }
    var equations = NormalEquations(unknowns: first.x.count + 1)
    for (row, value) in rows { equations.add(row, value: value, weight: 1) }
    guard let solution = equations.solution, let inverse = equations.inverse else { return nil }
    factor = exp(solution[0])
    exponents = Array(solution.dropFirst())
    let spare = points.count - solution.count
    guard spare > 0 else {
      errors = nil
      return
    }
    let left = rows.reduce(0) { sum, equation in
      let gap = zip(equation.row, solution).reduce(equation.value) { $0 - $1.0 * $1.1 }
      return sum + gap * gap
    }
    errors = (1..<solution.count).map { (left / Double(spare) * inverse[$0 * solution.count + $0]).squareRoot() }
  }

  public func value(at x: [Double]) -> Double { zip(x, exponents).reduce(factor) { $0 * pow($1.0, $1.1) } }
}
