/// How far a fitted transform is likely to lie from the true one, over the retina that both frames show.
///
/// What the parameters leave open is their sandwich covariance (White 1980; neighbouring residuals err together, so those of
/// one square of the field count as one), propagated to points of the field; what the model can't follow is the mean residual
/// of the squares, beyond what their own scatter explains.
struct MappingError {
  /// Root of the mean squared distance over the field, in working pixels.
  let overField: Double

  /// Sides of the squares, in pixels of a frame 512 wide.
  static let square = 64.0

  /// With vessels in fewer squares a model's parameters aren't held.
  static func leastSquares(_ model: RegistrationModel) -> Int { model.parameterCount + 2 }

  init?(
    _ fit: VesselFit, _ model: RegistrationModel, _ baseline: Centrelines, _ followUp: ClosestPoints, _ field: Field,
    unit: Double
  ) {
    let count = model.parameterCount
    guard let inverse = fit.equations(model, baseline, followUp).inverse else { return nil }
    let side = Self.square * unit
    let columns = Int(Double(baseline.field.width) / side) + 1
    var scores: [Int: Square] = [:]
    var row = [Double](repeating: 0, count: count)
    for match in fit.matches where match.weight > 0 {
      let (point, other) = (baseline.points[match.baseline], followUp.points[match.followUp])
      fit.fill(&row, model, point.position, normal: other.normal)
      let square = Int(point.position.y / side) * columns + Int(point.position.x / side)
      scores[square, default: Square(count)].add(row, residual: match.residual, weight: match.weight)
    }
    let squares = scores.sorted { $0.key < $1.key }.map(\.value)
    guard squares.count >= Self.leastSquares(model) else { return nil }
    var meat = [Double](repeating: 0, count: count * count)
    for square in squares {
      for i in 0..<count {
        for j in 0..<count { meat[i * count + j] += square.score[i] * square.score[j] }
      }
    }
    // Few squares for many parameters leave residuals too small.
    let correction = Double(squares.count) / Double(squares.count - count)
    let covariance = Self.product(Self.product(inverse, meat, count), inverse, count).map { $0 * correction }
    let misfit = squares.reduce(0) { $0 + $1.misfit } / Double(squares.count)
    // Residuals are across vessels, which run in all directions: errors have two such parts.
    overField = (field.meanSquare(of: covariance, model, fit) + 2 * max(0, misfit)).squareRoot()
  }

  /// What the residuals of one square sum to.
  private struct Square {
    var score: [Double]
    private var weight = 0.0
    private var sum = 0.0
    private var squares = 0.0

    init(_ count: Int) { score = [Double](repeating: 0, count: count) }

    mutating func add(_ row: [Double], residual: Double, weight: Double) {
      for i in score.indices { score[i] += weight * residual * row[i] }
      self.weight += weight
      sum += weight * residual
      squares += weight * residual * residual
    }

    /// The square of the mean residual, less what the scatter of the residuals makes of it.
    var misfit: Double {
      let mean = sum / weight
      let scatter = max(0, squares / weight - mean * mean)
      return mean * mean - scatter / max(1, weight / Self.alike)
    }

    /// So many points in a row err alike, as the filters that found them are as wide.
    private static let alike = 5.0
  }

  /// Points spread over the retina that both frames show.
  struct Field {
    let points: [SIMD2<Double>]

    init(_ transform: RetinalTransform, _ baseline: Centrelines, _ followUp: Centrelines) {
      let (mask, steps) = (baseline.field, 16)
      var points: [SIMD2<Double>] = []
      for row in 0..<steps {
        for column in 0..<steps {
          let share = SIMD2(Double(column) + 0.5, Double(row) + 0.5) / Double(steps)
          let point = share * SIMD2(Double(mask.width), Double(mask.height))
          if mask.holds(point), followUp.field.holds(transform(point)) { points.append(point) }
        }
      }
      self.points = points
    }

    /// The mean of the traces of B C Bᵀ, B the derivative of the mapped point by the parameters.
    func meanSquare(of covariance: [Double], _ model: RegistrationModel, _ fit: VesselFit) -> Double {
      let count = model.parameterCount
      var row = [Double](repeating: 0, count: count)
      var sum = 0.0
      for point in points {
        for normal in [SIMD2(1.0, 0), SIMD2(0, 1.0)] {
          fit.fill(&row, model, point, normal: normal)
          for i in 0..<count {
            for j in 0..<count { sum += row[i] * covariance[i * count + j] * row[j] }
          }
        }
      }
      return sum / Double(max(1, points.count))
    }
  }

  private static func product(_ a: [Double], _ b: [Double], _ count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for k in 0..<count {
        for j in 0..<count { result[i * count + j] += a[i * count + k] * b[k * count + j] }
      }
    }
    return result
  }
}
