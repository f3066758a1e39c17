import Base

extension Sample {
  /// What of its scale, its eye and its landmarks doesn't go together, in words.
  public var doubts: [String] {
    guard let fovea = facts.landmarks.fovea, let disc = facts.landmarks.disc else { return [] }
    var doubts: [String] = []
    if let scale {
      let distance = scale.millimetresPerPixel * fovea.distance(to: disc)
      if !Self.usualDistances.contains(distance) {
        doubts.append(
          "by the scale of “\(name)” its disc and fovea are \(shortNumber(distance)) mm apart; they are 4.8 mm apart as a rule"
        )
      }
    }
    if let eye = facts.eye, disc.x != fovea.x, (disc.x > fovea.x) != (eye == .right) {
      doubts.append(
        "“\(name)” is of the \(eye.inWords), but its disc is on the \(disc.x > fovea.x ? "right" : "left") of its fovea, as "
          + "in the other eye")
    }
    return doubts
  }

  /// From the disc to the fovea, in mm: what an eye, a projection and a mark that is a little off leave room for.
  static let usualDistances = 3.0...7.0
}

/// With one digit after the point.
private func shortNumber(_ value: Double) -> String {
  value < 1e6 ? numberText((10 * value).rounded() / 10) : numberText(value)
}
