/// The shapes that a transform between two frames of one eye can take, from stiff to flexible.
public enum RegistrationModel: String, Sendable, Hashable, Codable, CaseIterable {
  /// Shift, turn and scale: 4 parameters.
  case similarity
  /// Any straight map: 6 parameters.
  case affine
  /// A polynomial of degree 2, which a curved retina seen by a camera that has moved asks for: 12 parameters (Can, Stewart,
  /// Roysam and Tanenbaum 2002).
  case quadratic

  public var parameterCount: Int {
    switch self {
    case .similarity: 4
    case .affine: 6
    case .quadratic: 12
    }
  }

  /// What each parameter adds to `normal` · T(u, v): T is linear in all of them.
  func fill(_ row: inout [Double], u: Double, v: Double, normal: SIMD2<Double>) {
    switch self {
    case .similarity:
      row[0] = normal.x
      row[1] = normal.y
      row[2] = normal.x * u + normal.y * v
      row[3] = normal.y * u - normal.x * v
    case .affine:
      let terms = SIMD4(1, u, v, 0)
      for i in 0..<3 { (row[i], row[3 + i]) = (normal.x * terms[i], normal.y * terms[i]) }
    case .quadratic:
      let terms = SIMD8(1, u, v, u * u, u * v, v * v, 0, 0)
      for i in 0..<6 { (row[i], row[6 + i]) = (normal.x * terms[i], normal.y * terms[i]) }
    }
  }
}
