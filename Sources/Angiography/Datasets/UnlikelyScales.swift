import Base

/// Warns of scales that make an image wider or narrower than any picture of a retina: they are most likely in another unit.
func unlikelyScales(of samples: [Sample]) -> [String] {
  let scaled = samples.compactMap { sample in
    sample.facts.millimetresPerPixel.map { Scaled(name: sample.name, width: sample.image.width, scale: $0) }
  }
  return [scaled.filter { $0.millimetres > 80 }, scaled.filter { $0.millimetres < 1 }].compactMap { group in
    guard let first = group.first else { return nil }
    let image = Set(group.map(\.width)).count == 1 ? "the image" : first.name
    let unit = first.likelyUnits.isEmpty ? "" : "; is it in \(first.likelyUnits.joined(separator: " or in "))?"
    return "mm-per-pixel of \(clippedList(group.map(\.name))): \(short(first.scale)) mm per pixel makes \(image) "
      + "\(short(first.millimetres)) mm wide, and an eye is 24 mm long\(unit)"
  }
}

private struct Scaled {
  let name: String
  let width: Int
  let scale: Double

  var millimetres: Double { scale * Double(width) }

  /// Units in which the number would give a usual width.
  var likelyUnits: [String] {
    let perPixel = [("µm", scale / 1000), ("m", scale * 1000), ("pixels per mm", 1 / scale)]
    return perPixel.filter { (3...40).contains($0.1 * Double(width)) }.map(\.0)
  }
}

/// With some four digits.
private func short(_ number: Double) -> String {
  guard number >= 0.001, number < 1e6 else { return "\(number)" }
  var unit = 1.0
  while number < 100 / unit { unit *= 10 }
  let rounded = (number * unit * 10).rounded() / (unit * 10)
  return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
}
