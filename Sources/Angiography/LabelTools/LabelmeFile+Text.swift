import Base
import Imaging

/// The class names under which `save` writes areas.
public enum AreaNames {
  public static let nonPerfusion = "CNP"
  /// What `load` takes as not graded without being told.
  public static let ungraded = "ungraded"
}

/// The file that labelme would have kept of a mask, had somebody drawn it there: polygons that hold its very pixels.
///
/// - Parameters:
///   - mask: `nil` where nobody has marked the image.
///   - landmarks: those that somebody has marked are written; what was found can be found again.
///   - image: the image's file, as its path from the folder in which the text will stand.
public func labelmeText(
  mask: Mask?, ungraded: Mask? = nil, landmarks: Landmarks = Landmarks(), size: PixelSize, image: String
) -> String {
  var shapes = landmarks.shapes
  for (name, set) in [(AreaNames.nonPerfusion, mask), (AreaNames.ungraded, ungraded)] {
    for case .polygon(let corners) in set?.outlines ?? [] { shapes.append(shape(name, "polygon", corners)) }
  }
  let document = JSON.object([
    "version": .text("5.5.0"), "flags": .object(mask == nil ? [:] : [LabelmeFile.gradedFlag: .truth(true)]),
    "shapes": .list(shapes), "imagePath": .text(image), "imageData": .null, "imageHeight": .whole(size.height),
    "imageWidth": .whole(size.width),
  ])
  return document.text(.lines) + "\n"
}

private func shape(_ label: String, _ kind: String, _ points: [SIMD2<Double>]) -> JSON {
  .object([
    "label": .text(label), "points": .list(points.map { .list([.number($0.x), .number($0.y)]) }), "group_id": .null,
    "description": .text(""), "shape_type": .text(kind), "flags": .object([:]),
  ])
}

extension Landmarks {
  /// As `init(drawnAs:)` reads them: points, and a circle for a disc whose diameter is known.
  fileprivate var shapes: [JSON] {
    func corner(_ place: Landmark) -> SIMD2<Double> { SIMD2(place.x + 0.5, place.y + 0.5) }
    var found: [JSON] = []
    if let fovea, fovea.confidence == nil { found.append(shape("fovea", "point", [corner(fovea)])) }
    if let disc, disc.confidence == nil {
      if let discDiameter {
        found.append(shape("disc", "circle", [corner(disc), corner(disc) + SIMD2(discDiameter / 2, 0)]))
      } else {
        found.append(shape("disc", "point", [corner(disc)]))
      }
    }
    return found
  }
}

/// What nnU-Net's `dataset.json` says of a folder in its form: one channel, one class, and perhaps what it is to ignore.
public func nnUNetText(trainingCount: Int, hasUngraded: Bool) -> String {
  var labels: [String: JSON] = ["background": .whole(0), AreaNames.nonPerfusion: .whole(1)]
  if hasUngraded { labels["ignore"] = .whole(2) }
  let document = JSON.object([
    "channel_names": .object(["0": .text("FFA")]), "labels": .object(labels), "numTraining": .whole(trainingCount),
    "file_ending": .text(".png"),
  ])
  return document.text(.lines) + "\n"
}
