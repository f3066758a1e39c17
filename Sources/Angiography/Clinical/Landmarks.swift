/// A place in an image in pixels, from the middle of the upper left pixel, and how it is known.
public struct Landmark: Sendable, Hashable, Codable {
  public let x, y: Double
  /// `nil`: somebody marked it. In [0, 1]: it was found, and so sure is that.
  public let confidence: Double?

  public init(x: Double, y: Double, confidence: Double? = nil) {
    (self.x, self.y, self.confidence) = (x, y, confidence)
  }

  public func distance(to other: Landmark) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}

/// What of the retina a picture shows by name.
public struct Landmarks: Sendable, Hashable, Codable {
  /// The middle of the foveal avascular zone.
  public var fovea: Landmark?
  /// The middle of the optic disc.
  public var disc: Landmark?
  /// Of the optic disc, in pixels.
  public var discDiameter: Double?

  public init(fovea: Landmark? = nil, disc: Landmark? = nil, discDiameter: Double? = nil) {
    (self.fovea, self.disc, self.discDiameter) = (fovea, disc, discDiameter)
  }

  public var isEmpty: Bool { fovea == nil && disc == nil && discDiameter == nil }
}

/// The part of an angiography that a frame is of. Non-perfusion is read in the transit phase: earlier, vessels have not
/// filled yet; later, leakage covers the capillaries.
public enum Phase: String, Sendable, Hashable, Codable, CaseIterable {
  case early, transit, late

  /// By one of its names.
  public init?(named name: String) {
    switch name.lowercased() {
    case "early", "choroidal", "arterial": self = .early
    case "transit", "arteriovenous", "av", "venous", "laminar", "mid", "middle": self = .transit
    case "late", "recirculation": self = .late
    default: return nil
    }
  }
}
