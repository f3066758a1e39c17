import Base
import Imaging

extension Landmarks {
  /// What labelme calls them, in any case and however words are joined. A point labelled `od` is the optic disc: an eye has no
  /// place in its picture.
  private static let foveaNames: Set = ["fovea", "foveacentre", "foveacenter", "foveola", "macula"]
  private static let discNames: Set = [
    "disc", "disk", "opticdisc", "opticdisk", "opticnervehead", "papilla", "onh", "od",
  ]

  /// Whether a label is that of a landmark.
  static func isName(_ label: String) -> Bool {
    let plain = ManifestColumn.plain(label)
    return foveaNames.contains(plain) || discNames.contains(plain)
  }

  /// The points and circles of these names: a point is a landmark's middle; a circle is the disc, or the fovea by its middle.
  ///
  /// - Throws: where a name is given to two points or two circles, or a shape isn't one.
  init(drawnAs shapes: [LabelmeFile.Shape]) throws(DrawingFault) {
    let fovea = try DrawnLandmark("fovea", shapes, names: Self.foveaNames)
    let disc = try DrawnLandmark("disc", shapes, names: Self.discNames)
    self.init(fovea: fovea.middle, disc: disc.middle, discDiameter: disc.diameter)
  }

  /// With what others know besides.
  func completed(by others: Landmarks) -> Landmarks {
    Landmarks(
      fovea: fovea ?? others.fovea, disc: disc ?? others.disc, discDiameter: discDiameter ?? others.discDiameter)
  }
}

/// One landmark's point and circle.
private struct DrawnLandmark {
  let middle: Landmark?
  let diameter: Double?

  init(_ meaning: String, _ shapes: [LabelmeFile.Shape], names: Set<String>) throws(DrawingFault) {
    let own = shapes.filter { names.contains(ManifestColumn.plain($0.label)) }
    let point = try Self.only("point", meaning, of: own, pointCount: 1)
    let circle = try Self.only("circle", meaning, of: own, pointCount: 2)
    // A circle's second point lies anywhere on its rim.
    let radius = circle.map { circle in
      let reach = circle.points[1] - circle.points[0]
      return (reach * reach).sum().squareRoot()
    }
    guard radius != 0 else { throw DrawingFault("the circle of the \(meaning) has no extent") }
    guard radius.map({ (0.5...5000).contains($0) }) ?? true else {
      throw DrawingFault("the circle of the \(meaning) has a radius of \(numberText(radius ?? 0)) pixels")
    }
    diameter = radius.map { 2 * $0 }
    middle = (point ?? circle).map { Landmark(x: $0.points[0].x - 0.5, y: $0.points[0].y - 0.5) }
  }

  private static func only(
    _ kind: String, _ meaning: String, of shapes: [LabelmeFile.Shape], pointCount: Int
  ) throws(DrawingFault) -> LabelmeFile.Shape? {
    let found = shapes.filter { $0.kind == kind }
    guard found.count <= 1 else {
      throw DrawingFault(
        "\(found.count) \(kind)s are labelled as the \(meaning): \(found.map(\.label).joined(separator: ", "))")
    }
    guard found.allSatisfy({ $0.points.count == pointCount }) else {
      throw DrawingFault("the \(kind) of the \(meaning) has \(found[0].points.count) points, not \(pointCount)")
    }
    return found.first
  }
}
