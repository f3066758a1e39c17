import Imaging

extension Sample {
  /// The sample as a camera sees it when the eye has moved: turned and scaled about the middle, then shifted.
  ///
  /// The image is interpolated, masks take the nearest pixel; what comes in from outside is 0 and no field of view. Fovea and
  /// disc go with it, and are forgotten where they leave the picture.
  /// - Parameters:
  ///   - right, down: in pixels.
  ///   - degrees: from the x axis towards y: clockwise on a screen.
  public func moved(right: Double, down: Double, degrees: Double, scale: Double) -> Sample {
    precondition(scale > 0, "a picture has a scale")
    let (width, height) = (image.width, image.height)
    let (x, y) = (Double(width) / 2, Double(height) / 2)
    let back = AffineMap.translation(x: -x - right, y: -y - down)
      .followed(by: .rotation(degrees: -degrees))
      .followed(by: .scaling(x: 1 / scale, y: 1 / scale))
      .followed(by: .translation(x: x, y: y))
    func moved(_ mask: Mask) -> Mask { mask.resampled(width: width, height: height, through: back) }
    let forth = AffineMap.translation(x: -x, y: -y)
      .followed(by: .scaling(x: scale, y: scale))
      .followed(by: .rotation(degrees: degrees))
      .followed(by: .translation(x: x + right, y: y + down))
    func moved(_ place: Landmark) -> Landmark? {
      let (u, v) = forth(place.x + 0.5, place.y + 0.5)
      guard u >= 0, v >= 0, u < Double(width), v < Double(height) else { return nil }
      return Landmark(x: u - 0.5, y: v - 0.5, confidence: place.confidence)
    }
    var facts = facts
    // Wherever the scale came from, the picture's new one follows from it.
    facts.millimetresPerPixel = self.scale.map { $0.millimetresPerPixel / scale }
    facts.fieldAngle = nil
    facts.landmarks = Landmarks(
      fovea: facts.landmarks.fovea.flatMap(moved), disc: facts.landmarks.disc.flatMap(moved),
      discDiameter: facts.landmarks.discDiameter.map { $0 * scale })
    return Sample(
      name: name, image: image.resampled(width: width, height: height, through: back), mask: mask.map(moved),
      fieldOfView: moved(fieldOfView), ungraded: ungraded.map(moved), territory: territory.map(moved), depth: depth,
      facts: facts)
  }
}
