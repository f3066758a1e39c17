/// How far two gradings of one angiogram differ: the standard deviation of replicate ischemic indices, in percentage points.
public struct GradingNoise: Sendable, Hashable, Codable {
  public let replicateDeviation: Double

  /// - Parameter replicateDeviation: of the ischemic index, in percentage points.
  public init(replicateDeviation: Double) { self.replicateDeviation = replicateDeviation }

  /// What was published for a disease (Tsui and colleagues 2015, ultra-widefield angiograms).
  public init(of disease: Disease) {
    switch disease {
    case .branchVeinOcclusion: self.init(replicateDeviation: 3.8)
    case .centralVeinOcclusion: self.init(replicateDeviation: 13)
    case .diabeticRetinopathy: self.init(replicateDeviation: 17.8)
    }
  }

  public enum Disease: String, Sendable, Hashable, Codable, CaseIterable {
    case branchVeinOcclusion = "brvo"
    case centralVeinOcclusion = "crvo"
    case diabeticRetinopathy = "dr"
  }

  /// The smallest change of the ischemic index that 95 of 100 pairs of gradings of one angiogram stay below: 1.96·√2·SD.
  public var smallestChange: Double { 1.96 * 2.0.squareRoot() * replicateDeviation }

  /// The same as an area of a retina of so many pixels, in pixels.
  public func smallestChange(of retina: Int) -> Double { smallestChange / 100 * Double(retina) }
}
