/// How far pixels are from a centre in several features: 1 − exp(−Σ (fₖ − μₖ)² ÷ w).
///
/// - Parameter width: w, above 0.
package func kernelDistances(_ features: [[Float]], to centre: [Float], width: Float) -> [Float] {
  precondition(features.count == centre.count && width > 0, "a centre has each feature")
  return combined(features) { at in
    var sum = Lanes.zero
    for feature in centre.indices {
      let gap = at[feature] - centre[feature]
      sum += gap * gap
    }
    return 1 - exponential(-sum / width)
  }
}
