import Angiography
import Imaging

/// Where an angiogram misleads: what is dark without being non-perfused, and where non-perfusion would not be dark.
package struct MisleadingPlaces: Sendable {
  /// In and close around the foveal avascular zone and the optic disc; `nil` where neither is known or found.
  package let landmarks: Mask?
  /// In shadow or at the rim of the field of view.
  package let shadow: Mask
  /// As bright as their surround.
  package let bright: Mask

  /// Looks for fovea and disc where nobody has marked both. Cost: that search, and two window means.
  package init(_ sample: Sample, rule: ErrorRule) {
    landmarks = Self.landmarks(of: sample)
    let field = sample.fieldOfView
    let background = DarkThreshold.background(sample.image, fieldOfView: field)
    let relative = DarkThreshold.relativeBrightness(sample.image, fieldOfView: field, against: background)
    bright = Mask(relative, atLeast: Float(rule.bright))
    let median = background.percentiles([50], within: field)?.first ?? 0
    let (level, side) = (Float(rule.dark) * median, Double(max(field.width, field.height)))
    let edge = field.complement.distances
    let rim = Float(ErrorRule.rim * side / 512)
    shadow = Mask(
      width: field.width, height: field.height,
      pixels: background.pixels.indices.map { background.pixels[$0] < level || edge.pixels[$0] <= rim })
  }

  private static func landmarks(of sample: Sample) -> Mask? {
    var landmarks = sample.facts.landmarks
    if landmarks.fovea == nil || landmarks.disc == nil, let search = LandmarkSearch(of: sample),
      search.confidence >= LandmarkSearch.usualConfidence
    {
      landmarks = search.landmarks
    }
    let side = Double(max(sample.image.width, sample.image.height))
    let scale = sample.scale?.millimetresPerPixel ?? ErrorRule.usualScale * 512 / side
    let discRadius = landmarks.discDiameter.map { $0 / 2 } ?? ErrorRule.discRadius / scale
    let places = [
      landmarks.fovea.map { ($0, ErrorRule.reach * FovealZone.radius / scale) },
      landmarks.disc.map { ($0, ErrorRule.reach * discRadius) },
    ].compactMap(\.self)
    guard !places.isEmpty else { return nil }
    let (width, height) = (sample.image.width, sample.image.height)
    var found = [Bool](repeating: false, count: width * height)
    for (landmark, radius) in places {
      for place in sample.image.places(around: landmark, radius: radius) { found[place] = true }
    }
    return Mask(width: width, height: height, pixels: found)
  }
}
