import Angiography
import Imaging

/// What is done to a map of probabilities before the level is looked for at which a mark begins.
package struct MapPreparation: Sendable, Hashable, Codable {
  /// The share of the mean of its log-odds that each map loses, in [0, 1]: see `Plane.centred`.
  package var centring: Float
  /// Around the fovea, marked or as it is found, nothing is marked within this radius, in pixels of 512; 0: everywhere.
  package var fovealRadius: Double

  /// In pixels of 512.
  package static let radii = 0.0...200.0

  package init(centring: Float = 0, fovealRadius: Double = 0) {
    precondition((0...1).contains(centring) && Self.radii.contains(fovealRadius), "a share, and a length")
    (self.centring, self.fovealRadius) = (centring, fovealRadius)
  }

  func prepared(_ map: Plane, of sample: Sample) -> Plane {
    map.centred(within: sample.fieldOfView, by: centring).sparingFovea(of: sample, radius: fovealRadius)
  }

  /// Levels to choose from.
  var candidates: [Float] { OperatingLevel.candidates(centring: centring) }
}

/// What is done with the maps of networks before they are cut.
package struct MapUse: Sendable, Hashable {
  /// Whether each is the mean over eight turns of the picture.
  package let augmentsTests: Bool
  package let preparation: MapPreparation
  /// The probability at which a mark begins.
  package let level: Float
}

extension MapPreparation {
  private enum CodingKeys: CodingKey { case centring, fovealRadius }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let centring = try fields.decode(Float.self, forKey: .centring)
    let radius = try fields.decode(Double.self, forKey: .fovealRadius)
    guard (0...1).contains(centring), Self.radii.contains(radius) else {
      throw DecodingError.dataCorruptedError(
        forKey: .centring, in: fields, debugDescription: "no share of a mean, or no radius")
    }
    self.init(centring: centring, fovealRadius: radius)
  }
}
