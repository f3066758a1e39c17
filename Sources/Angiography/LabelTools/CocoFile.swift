import Base
import Imaging

/// A file of annotations on images as COCO's `instances` files have them.
struct CocoFile {
  struct Image {
    let path: String
    /// `nil` where the file doesn't say.
    let size: PixelSize?
  }
  struct Annotation {
    let number: Int
    let category: Int
    let segmentation: JSON?
  }
  /// By their numbers, as everything in such a file refers to them.
  private(set) var images: [Int: Image] = [:]
  private(set) var categories: [Int: String] = [:]
  /// By the number of their image.
  private(set) var annotations: [Int: [Annotation]] = [:]

  init(_ bytes: [UInt8]) throws(DrawingFault) {
    let document = try JSON(ofLabels: bytes)
    for (index, entry) in try Self.list("images", of: document).enumerated() {
      let id = try Self.whole("id", of: entry, "image \(index + 1)")
      guard case .text(let path)? = entry.fields["file_name"] else {
        throw DrawingFault("image \(id) has no file_name")
      }
      guard images[id] == nil else { throw DrawingFault("two images have the id \(id)") }
      images[id] = Image(path: path, size: try Self.size(of: entry, id))
    }
    for (index, entry) in try Self.list("categories", of: document).enumerated() {
      let id = try Self.whole("id", of: entry, "category \(index + 1)")
      guard case .text(let name)? = entry.fields["name"] else { throw DrawingFault("category \(id) has no name") }
      guard categories[id] == nil else { throw DrawingFault("two categories have the id \(id)") }
      categories[id] = name
    }
    for (index, entry) in try Self.list("annotations", of: document).enumerated() {
      let words = "annotation \(index + 1)"
      let image = try Self.whole("image_id", of: entry, words)
      let category = try Self.whole("category_id", of: entry, words)
      guard images[image] != nil else { throw DrawingFault("\(words) is of an image \(image) that there is not") }
      guard categories[category] != nil else {
        throw DrawingFault("\(words) is of a category \(category) that there is not")
      }
      annotations[image, default: []].append(
        Annotation(number: index + 1, category: category, segmentation: entry.fields["segmentation"]))
    }
  }

  private static func list(_ name: String, of document: JSON) throws(DrawingFault) -> [JSON] {
    guard case .list(let entries)? = document.fields[name] else { throw DrawingFault("it has no list `\(name)`") }
    return entries
  }

  private static func whole(_ name: String, of entry: JSON, _ words: String) throws(DrawingFault) -> Int {
    guard case .whole(let number)? = entry.fields[name] else {
      throw DrawingFault("\(words) has no whole number as its `\(name)`")
    }
    return number
  }

  private static func size(of entry: JSON, _ id: Int) throws(DrawingFault) -> PixelSize? {
    switch (entry.fields["width"] ?? .null, entry.fields["height"] ?? .null) {
    case (.null, .null): return nil
    case (.whole(let width), .whole(let height)) where width > 0 && height > 0:
      return PixelSize(width: width, height: height)
    default: throw DrawingFault("`width` and `height` of image \(id) are no size in pixels")
    }
  }
}

extension CocoFile.Annotation {
  /// The areas of its segmentation: polygons, or the pixels themselves as runs.
  ///
  /// - Returns: with the size of the image that runs are of.
  func areas() throws(DrawingFault) -> (areas: [DrawnArea], size: PixelSize?) {
    switch segmentation {
    case .list(let polygons)? where !polygons.isEmpty:
      var areas: [DrawnArea] = []
      for polygon in polygons { areas.append(.polygon(try corners(polygon))) }
      return (areas, nil)
    case .object(let fields)?:
      guard let size = fields["size"]?.wholes, size.count == 2, size.allSatisfy({ 0 < $0 && $0 <= maximumPixelCount }),
        size[0] * size[1] <= maximumPixelCount
      else { throw fault("runs of pixels without the size of an image") }
      let counts =
        switch fields["counts"] {
        case .text(let text)?: CocoRuns.decoded(text)
        case let list?: list.wholes
        case nil: [Int]?.none
        }
      guard let counts, CocoRuns.are(counts, of: size[0] * size[1]) else {
        throw fault("runs of pixels that are not those of \(size[1]) × \(size[0])")
      }
      return ([.runs(counts)], PixelSize(width: size[1], height: size[0]))
    default: throw fault("no segmentation, so nobody knows which pixels it means")
    }
  }

  private func corners(_ polygon: JSON) throws(DrawingFault) -> [SIMD2<Double>] {
    guard case .list(let numbers) = polygon, numbers.count >= 6, numbers.count % 2 == 0 else {
      throw fault("a polygon that is no list of three pairs of numbers or more")
    }
    let values = numbers.compactMap(\.double)
    guard values.count == numbers.count else { throw fault("a polygon of what is no number") }
    let points = stride(from: 0, to: values.count, by: 2).map { SIMD2(values[$0], values[$0 + 1]) }
    if let reason = DrawnArea.fault(of: points) { throw DrawingFault("annotation \(number) \(reason)") }
    return points
  }

  private func fault(_ words: String) -> DrawingFault { DrawingFault("annotation \(number) has \(words)") }
}

/// Runs of pixels down the columns, as COCO counts them.
enum CocoRuns {
  /// Whether they are runs of so many pixels in all.
  static func are(_ runs: [Int], of count: Int) -> Bool {
    var left = count
    for run in runs {
      guard 0 <= run, run <= left else { return false }
      left -= run
    }
    return left == 0
  }

  /// The runs in a text of `compressed` runs; `nil` where it is none.
  ///
  /// A number is a row of characters from `0` on, five bits in each, the lowest first, with a sixth where more follow; from
  /// the fourth on it is the difference from the last but one.
  static func decoded(_ text: String) -> [Int]? {
    var runs: [Int] = []
    var (number, shift) = (0, 0)
    for byte in text.utf8 {
      guard (48..<112).contains(byte), shift < 60 else { return nil }
      let bits = Int(byte) - 48
      number |= (bits & 31) << shift
      shift += 5
      guard bits & 32 == 0 else { continue }
      if bits & 16 != 0 { number -= 1 << shift }
      if runs.count > 2 {
        let sum = number.addingReportingOverflow(runs[runs.count - 2])
        guard !sum.overflow else { return nil }
        number = sum.partialValue
      }
      runs.append(number)
      (number, shift) = (0, 0)
    }
    return shift == 0 ? runs : nil
  }
}
