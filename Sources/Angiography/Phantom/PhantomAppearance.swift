import Tensors

/// What differs from one phantom to the next apart from its anatomy: exposure, disease, disturbances. Drawn once per
/// sample.
struct PhantomAppearance {
  /// Grey of evenly lit perfused retina.
  private(set) var tissue: Float
  /// Strength of the capillary mesh in perfused retina, as a fraction of its grey.
  let texture: Float
  /// Width of a capillary mesh, as a fraction of the side.
  let meshSpacing: Float
  /// Mean darkening of the non-perfused retina.
  let darkening: Float
  /// Grey of the widest vessels.
  let vessel: Float
  /// Brightness of the disc relative to the tissue.
  let disc: Float
  /// Depth of the macular pigment and its radius.
  let pigment, pigmentRadius: Float
  /// Fall of the light towards the border.
  private(set) var vignetting: Float
  /// Slope of the light across the picture.
  private(set) var tilt: SIMD2<Float>
  let tortuosity, calibre: Float

  init(darkening: Double, stream: inout RandomStream) {
    tissue = stream.uniform(in: 0.2...0.38)
    texture = stream.uniform(in: 0.18...0.28)
    meshSpacing = stream.uniform(in: 0.0056...0.0076)
    self.darkening = Float(darkening) * stream.uniform(in: 0.75...1.25)
    vessel = stream.uniform(in: 0.9...1.5)
    disc = stream.uniform(in: 0.8...2)
    pigment = stream.uniform(in: 0.5...0.8)
    pigmentRadius = stream.uniform(in: 0.045...0.09)
    vignetting = stream.uniform(in: 0.1...0.5)
    tilt = SIMD2(stream.bell(), stream.bell()) * 0.25
    tortuosity = stream.uniform(in: 0.6...1.3)
    calibre = stream.uniform(in: 0.85...1.15)
  }

  /// Another day's picture of the same eye.
  mutating func expose(stream: inout RandomStream) {
    tissue = stream.uniform(in: 0.2...0.38)
    vignetting = stream.uniform(in: 0.1...0.5)
    tilt = SIMD2(stream.bell(), stream.bell()) * 0.25
  }
}
