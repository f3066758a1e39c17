import Imaging

/// How large a pixel is on the retina, and how that is known. It is never guessed.
public struct RetinalScale: Sendable, Hashable, Codable {
  public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
    case given = "mm-per-pixel"
    case fieldAngle = "field-angle"
    case discDiameter = "disc-diameter"
  }

  public let millimetresPerPixel: Double
  public let source: Source

  /// Millimetres a pixel that a picture of a retina can have.
  public static let range = 0.000_01...100.0

  /// `nil` outside of `range`.
  public init?(millimetresPerPixel: Double, source: Source) {
    guard Self.range.contains(millimetresPerPixel) else { return nil }
    (self.millimetresPerPixel, self.source) = (millimetresPerPixel, source)
  }

  /// Retina a radian of the camera's field: the focal length of the reduced eye in mm (ISO 10940).
  public static let millimetresPerRadian = 17.0
  /// Diameter of an optic disc in mm, by which a marked one is measured.
  public static let discDiameter = 1.8

  /// Of a camera whose field of `degrees` is as wide as the field of view in the picture.
  public static func ofFieldAngle(_ degrees: Double, across fieldOfView: Mask) -> RetinalScale? {
    guard let box = fieldOfView.boundingBox, degrees > 0 else { return nil }
    let pixels = Double(max(box.columns.count, box.rows.count))
    return RetinalScale(
      millimetresPerPixel: millimetresPerRadian * degrees * .pi / 180 / pixels, source: .fieldAngle)
  }

  /// Of a picture whose optic disc is as wide.
  public static func ofDisc(diameter pixels: Double) -> RetinalScale? {
    pixels > 0 ? RetinalScale(millimetresPerPixel: discDiameter / pixels, source: .discDiameter) : nil
  }
}

/// How large an optic disc is taken to be where areas are told as multiples of one.
public enum DiscArea: Double, Sendable, Hashable, CaseIterable {
  /// Of 1.8 mm, in mm².
  case usual = 2.54
  /// Of 1.5 mm, in mm².
  case small = 1.77
}

extension Sample {
  /// What a pixel is on this retina: as given, else by the camera's field angle, else by a disc that somebody marked;
  /// `nil` where nobody knows.
  public var scale: RetinalScale? {
    if let given = facts.millimetresPerPixel { return RetinalScale(millimetresPerPixel: given, source: .given) }
    if let angle = facts.fieldAngle { return .ofFieldAngle(angle, across: fieldOfView) }
    return facts.landmarks.discDiameter.flatMap { .ofDisc(diameter: $0) }
  }
}
