import Base

extension Sample {
  /// Whether a place lies in the image.
  public func shows(_ place: Landmark) -> Bool {
    (-0.5..<Double(image.width) - 0.5).contains(place.x) && (-0.5..<Double(image.height) - 0.5).contains(place.y)
  }
}

/// The samples without landmarks that lie outside their image, with a warning of them: most likely they are of the image at
/// another size.
func withoutStrayLandmarks(_ samples: [Sample]) -> (samples: [Sample], warnings: [String]) {
  var stray: [Sample] = []
  let kept = samples.map { sample -> Sample in
    var facts = sample.facts
    if let fovea = facts.landmarks.fovea, !sample.shows(fovea) { facts.landmarks.fovea = nil }
    if let disc = facts.landmarks.disc, !sample.shows(disc) {
      // What is wrong about its place is wrong about its size.
      (facts.landmarks.disc, facts.landmarks.discDiameter) = (nil, nil)
    }
    guard facts != sample.facts else { return sample }
    stray.append(sample)
    return sample.with(facts)
  }
  guard let first = stray.first else { return (samples, []) }
  return (
    kept,
    [
      "fovea or disc of \(clippedList(stray.map(\.name))): outside the image, which is \(first.image.width)×\(first.image.height), "
        + "and left out; are the places of the image at another size?"
    ]
  )
}
