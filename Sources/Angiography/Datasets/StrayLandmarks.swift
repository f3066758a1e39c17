import Base

/// Warns of landmarks that lie outside their image: most likely they are of the image at another size.
func strayLandmarks(of samples: [Sample]) -> [String] {
  let stray = samples.filter { sample in
    [sample.facts.landmarks.fovea, sample.facts.landmarks.disc].compactMap(\.self).contains { place in
      !(-0.5..<Double(sample.image.width) - 0.5).contains(place.x)
        || !(-0.5..<Double(sample.image.height) - 0.5).contains(place.y)
    }
  }
  guard let first = stray.first else { return [] }
  return [
    "fovea or disc of \(clippedList(stray.map(\.name))): outside the image, which is \(first.image.width)×\(first.image.height); "
      + "are the places of the image at another size?"
  ]
}
