extension VariationConstraint {
  /// Moves a row's pixels to the nearest allowed ones.
  @inline(__always)
  func project(_ values: UnsafeMutablePointer<Float>, row y: Int, _ grid: VariationGrid) {
    switch self {
    case .none: break
    case .unitInterval:
      for plane in 0..<grid.planes {
        grid.forEachVector(plane, y) { place in
          store(wide(values + place).clamped(lowerBound: .zero, upperBound: .one), values + place)
        }
      }
    case .simplex: grid.forEachVector(0, y) { projectToSimplex(values + $0, grid.planes, grid.size) }
    }
  }
}

/// The nearest point of the simplex, of 16 pixels at once: max(v − t, 0) with the t that makes the sum 1. Michelot's way
/// (Journal of Optimization Theory and Applications 50, 1986): t from all the entries, then from those above t, until it
/// stays; as often as there are entries suffices.
@inline(__always)
private func projectToSimplex(_ values: UnsafeMutablePointer<Float>, _ count: Int, _ step: Int) {
  var sum = Wide.zero
  for i in 0..<count { sum += wide(values + i &* step) }
  var t = (sum - 1) / Float(count)
  for _ in 1..<count {
    var above = Wide.zero
    var members = Wide.zero
    for i in 0..<count {
      let value = wide(values + i &* step)
      above += Wide.zero.replacing(with: value, where: value .> t)
      members += Wide.zero.replacing(with: 1, where: value .> t)
    }
    let next = (above - 1) / members
    if !any(next .!= t) { break }
    t = next
  }
  for i in 0..<count {
    let value = wide(values + i &* step) - t
    store(Wide.zero.replacing(with: value, where: value .> Wide.zero), values + i &* step)
  }
}
