import Kernels

/// Temperature scaling: every logit divided by one number, which makes all maps more or less sure of themselves and leaves
/// where they are ½ (Guo, Pleiss, Sun & Weinberger 2017).
public struct TemperatureScaling: Sendable, Hashable, Codable {
  /// Above 1 it makes probabilities less extreme, below 1 more.
  public let temperature: Double

  /// What is looked through; a better one beyond is not found.
  public static let temperatures = 0.01...100.0

  /// Whether a better one may lie beyond what was looked through.
  public var isAtAnEnd: Bool {
    temperature < 1.01 * Self.temperatures.lowerBound || temperature > 0.99 * Self.temperatures.upperBound
  }

  /// - Returns: `nil` for a temperature out of range.
  public init?(temperature: Double) {
    guard Self.temperatures.contains(temperature) else { return nil }
    self.temperature = temperature
  }

  /// Finds the temperature with the least log-loss: Newton's method on its inverse, in which the loss is convex, halving where
  /// a step leaves what is left of the range. Probabilities nearer to 0 or 1 than 2⁻²⁴ count as if they were that near.
  ///
  /// - Parameter groups: one at least.
  public init(_ groups: [ProbabilityTally.Group]) {
    precondition(!groups.isEmpty, "a temperature needs pixels")
    let seen = groups.map { (logit: logit($0.probability), count: $0.count, positives: $0.positives) }
    var (low, high) = (1 / Self.temperatures.upperBound, 1 / Self.temperatures.lowerBound)
    var inverse = 1.0
    for _ in 0..<100 {
      var (slope, curvature) = (0.0, 0.0)
      for group in seen {
        let probability = logistic(inverse * group.logit)
        slope += group.logit * (group.count * probability - group.positives)
        curvature += group.logit * group.logit * group.count * probability * (1 - probability)
      }
      if slope > 0 { high = inverse } else { low = inverse }
      let step = curvature > 0 ? inverse - slope / curvature : .nan
      let next = low <= step && step <= high ? step : (low * high).squareRoot()
      if abs(next - inverse) <= 1e-12 * inverse || slope == 0 { break }
      inverse = next
    }
    // At an end of the range rounding may lead past it.
    temperature = min(max(1 / inverse, Self.temperatures.lowerBound), Self.temperatures.upperBound)
  }

  /// 0 and 1 stay what they are.
  public func callAsFunction(_ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    return logistic((Elementary.log(probability) - Elementary.log(1 - probability)) / temperature)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard let read = Self(temperature: try fields.decode(Double.self, forKey: .temperature)) else {
      throw DecodingError.dataCorruptedError(forKey: .temperature, in: fields, debugDescription: "out of range")
    }
    self = read
  }
}

/// ln (p / (1 − p)), p no nearer to 0 and 1 than a tally tells apart.
private func logit(_ probability: Double) -> Double {
  let least = Double(ProbabilityTally.least)
  let inside = min(max(probability, least), 1 - least)
  return Elementary.log(inside) - Elementary.log(1 - inside)
}

/// 1 / (1 + e⁻ˣ), by the smaller exponential.
private func logistic(_ x: Double) -> Double {
  let decay = Elementary.exp(-abs(x))
  return x < 0 ? decay / (1 + decay) : 1 / (1 + decay)
}
