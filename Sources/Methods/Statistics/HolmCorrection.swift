/// Holm's step-down correction (Holm 1979): probabilities that keep the chance of one false finding among all at its level.
/// In the order given; at most 1. A test that could not be made, `nil`, is none of them.
public func holmCorrected(_ probabilities: [Double?]) -> [Double?] {
  let made = probabilities.indices.compactMap { index in probabilities[index].map { (index, $0) } }
  precondition(made.allSatisfy { (0...1).contains($0.1) }, "probabilities lie in [0, 1]")
  var corrected = probabilities
  var least = 0.0
  for (place, (index, probability)) in made.sorted(by: { $0.1 < $1.1 }).enumerated() {
    least = max(least, min(1, probability * Double(made.count - place)))
    corrected[index] = least
  }
  return corrected
}
