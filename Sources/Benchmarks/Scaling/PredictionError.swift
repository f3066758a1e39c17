/// How well a kind of fit predicts what it has not seen: every point is predicted from all others.
public struct PredictionError: Sendable, Equatable {
  /// Of the relative errors' sizes.
  public let median, largest: Double

  /// - Parameter predict: fits to some points, and gives what that makes of another; `nil` where they leave it open.
  /// - Returns: `nil` where some point can't be predicted from the others.
  package init?<Point>(of points: [Point], measured: (Point) -> Double, _ predict: ([Point], Point) -> Double?) {
    var errors: [Double] = []
    for (index, point) in points.enumerated() {
      let others = points.enumerated().filter { $0.offset != index }.map(\.element)
      guard let predicted = predict(others, point) else { return nil }
      errors.append(abs(predicted / measured(point) - 1))
    }
    guard let largest = errors.max() else { return nil }
    errors.sort()
    median = (errors[errors.count / 2] + errors[(errors.count - 1) / 2]) / 2
    self.largest = largest
  }
}
