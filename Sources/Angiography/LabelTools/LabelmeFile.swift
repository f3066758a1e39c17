import Base
import Imaging

/// What somebody has drawn on an image in labelme, as the JSON file that labelme keeps beside the image has it.
struct LabelmeFile: Hashable {
  struct Shape: Hashable {
    let label: String
    /// As labelme names it: `point`, `circle`, `polygon` and others.
    let kind: String
    /// In pixels from the upper left corner of the upright image: the middle of its first pixel is at (0.5, 0.5).
    let points: [SIMD2<Double>]
  }
  let path: String
  let shapes: [Shape]
  /// Of the image that they were drawn on; `nil` where the file doesn't say.
  let size: PixelSize?
  let landmarks: Landmarks
  /// Whether whoever has drawn says that all was drawn that there is: `save` writes that as a flag of the image.
  let isFlaggedGraded: Bool

  /// What a JSON file beside an image turned out to be.
  enum Reading {
    /// No JSON, or another program's.
    case others
    case broken(DatasetProblem)
    case read(LabelmeFile)
  }

  static let ending = "json"
  /// The flag of an image of which all has been drawn.
  static let gradedFlag = "graded"
  /// labelme may keep the image itself in the file.
  static let largestFile = 256 << 20

  /// Reads a file, which is labelme's where it has `shapes`.
  static func reading(_ path: String) -> Reading {
    let bytes: [UInt8]
    do { bytes = try readFile(path, limit: largestFile) } catch { return .broken(.folder(error)) }
    do throws(DrawingFault) {
      guard let fields = try members(bytes), let shapes = fields["shapes"] else { return .others }
      return .read(try LabelmeFile(path: path, shapes: shapes, in: fields))
    } catch {
      return .broken(.labelme(file: path, reason: error.reason))
    }
  }

  /// The members of the object that the file holds; `nil` where it holds something else, or no JSON that names shapes.
  private static func members(_ bytes: [UInt8]) throws(DrawingFault) -> [String: JSON]? {
    do throws(DrawingFault) {
      guard case .object(let fields) = try JSON(ofLabels: bytes) else { return nil }
      return fields
    } catch {
      guard bytes.firstRange(of: "\"shapes\"".utf8) != nil else { return nil }
      throw error
    }
  }

  private init(path: String, shapes: JSON, in fields: [String: JSON]) throws(DrawingFault) {
    guard case .list(let entries) = shapes else { throw DrawingFault("`shapes` is no list") }
    var read: [Shape] = []
    for (index, entry) in entries.enumerated() { read.append(try Shape(entry, number: index + 1)) }
    self.path = path
    self.shapes = read
    size = try Self.size(fields["imageWidth"], fields["imageHeight"])
    landmarks = try Landmarks(drawnAs: read)
    isFlaggedGraded = (fields["flags"] ?? .null).fields[Self.gradedFlag] == .truth(true)
  }

  private static func size(_ width: JSON?, _ height: JSON?) throws(DrawingFault) -> PixelSize? {
    switch (width ?? .null, height ?? .null) {
    case (.null, .null): return nil
    case (.whole(let width), .whole(let height)) where width > 0 && height > 0:
      return PixelSize(width: width, height: height)
    default: throw DrawingFault("`imageWidth` and `imageHeight` are no size in pixels")
    }
  }
}

/// Why a file of a label tool can't be used.
struct DrawingFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension LabelmeFile.Shape {
  /// - Parameter number: among the file's shapes, from 1.
  fileprivate init(_ json: JSON, number: Int) throws(DrawingFault) {
    guard case .object(let fields) = json, case .text(let label)? = fields["label"] else {
      throw DrawingFault("shape \(number) has no label")
    }
    // The first versions drew polygons alone, and named no kind.
    guard case .text(let kind) = fields["shape_type"] ?? .text("polygon") else {
      throw DrawingFault("the `shape_type` of shape \(number), “\(label)”, is no text")
    }
    guard case .list(let entries)? = fields["points"] else {
      throw DrawingFault("shape \(number), “\(label)”, has no points")
    }
    let points = entries.compactMap { entry -> SIMD2<Double>? in
      guard case .list(let numbers) = entry, numbers.count == 2, let x = numbers[0].double, let y = numbers[1].double
      else { return nil }
      return SIMD2(x, y)
    }
    guard points.count == entries.count else {
      throw DrawingFault("a point of shape \(number), “\(label)”, is no pair of numbers")
    }
    (self.label, self.kind, self.points) = (label, kind, points)
  }
}

extension DatasetPlan {
  /// Takes what labelme has drawn on an image.
  ///
  /// - Parameter image: the name of the image in its folder.
  mutating func take(_ reading: LabelmeFile.Reading, of image: String) {
    switch reading {
    case .others: break
    case .broken(let problem): problems.append(problem)
    case .read(let file): labelme[image, default: []].append(file)
    }
  }
}

/// Files of label tools whose areas were drawn on an image of another size.
func differingDrawings(_ files: SampleFiles, _ image: UprightSize) -> [DatasetProblem] {
  let annotated = files.drawing.flatMap { drawing -> DatasetProblem? in
    guard let size = drawing.size, size != image.size else { return nil }
    return .annotatedSizeDiffers(file: drawing.file, size, image: files.image, image)
  }
  return (annotated.map { [$0] } ?? [])
    + files.labelme.compactMap { file in
      guard let size = file.size, size != image.size else { return nil }
      return .labelmeSizeDiffers(file: file.path, size, image: files.image, image)
    }
}
