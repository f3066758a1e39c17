import Imaging

/// What is done about the foveal avascular zone, which has no capillaries and is not non-perfused.
public enum FovealZone: String, Sendable, Hashable, CaseIterable {
  /// What is marked of it counts.
  case counted
  /// A disc of its usual area around the fovea is no retina that can be graded.
  case excluded
  /// Its usual area is taken off what is marked (COMS).
  case subtracted

  /// Its usual area in disc areas.
  public static let discAreas = 0.16
  /// Its usual radius in mm, of a disc of 0.16 × 2.54 mm².
  public static let radius = (discAreas * DiscArea.usual.rawValue / Double.pi).squareRoot()
}

extension Sample {
  /// The same with the foveal avascular zone as no gradable retina; `nil` where fovea or scale are unknown.
  public var withoutFovealZone: Sample? {
    guard let fovea = facts.landmarks.fovea, let scale else { return nil }
    let radius = FovealZone.radius / scale.millimetresPerPixel
    var zone = Mask(width: image.width, height: image.height)
    for y in 0..<image.height {
      for x in 0..<image.width {
        zone[x, y] = fovea.distance(to: Landmark(x: Double(x), y: Double(y))) <= radius
      }
    }
    return ungradable(zone)
  }
}
