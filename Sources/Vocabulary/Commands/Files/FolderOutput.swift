import Angiography
import Base
import Imaging
import Language

/// Writes bytes at a path below the output folder, by the rules of the host.
typealias FileWriter = (_ bytes: [UInt8], _ path: String) throws -> Void

/// Predictions and datasets as folders of images with a CSV beside them.
enum FolderOutput {
  /// `<name>.mask.png` and `<name>.probability.png` an image, at the image's own size, and `predictions.csv`.
  static func write(_ found: PredictionsValue, to folder: String, depth: SampleDepth, by put: FileWriter) throws {
    let masks = found.masks()
    var lines = [["image", "mask", "probability", "marked-px", "field-of-view-px", "marked-fraction", "marked-mm2"]]
    for (index, sample) in found.samples.enumerated() {
      let maskName = "\(sample.name).mask.png"
      let mapName = "\(sample.name).probability.png"
      try write(masks[index].plane, to: "\(folder)/\(maskName)", depth: .eight, by: put)
      try write(found.maps[index], to: "\(folder)/\(mapName)", depth: depth, by: put)
      let marked = MarkedArea(of: masks[index], in: sample)
      lines.append([
        sample.name, maskName, mapName, "\(marked.pixels)", "\(marked.field)", marked.share.map { "\($0)" } ?? "",
        marked.squareMillimetres.map { "\($0)" } ?? "",
      ])
    }
    try put(Array(lines.map(csvLine).joined().utf8), "\(folder)/predictions.csv")
  }

  /// `images/<name>.png`, `masks/<name>.png` where there is one, and `manifest.csv`, which `load` reads back.
  /// - Parameter depth: of all images; `nil` keeps each image's own.
  static func write(_ dataset: Dataset, to folder: String, depth: SampleDepth?, by put: FileWriter) throws {
    var lines = [["image", "mask", "case", "visit", "eye", "grader", "mm-per-pixel"]]
    for sample in dataset.samples {
      let image = "images/\(sample.name).png"
      try write(sample.image, to: "\(folder)/\(image)", depth: depth ?? sample.depth, by: put)
      var maskPath = ""
      if let mask = sample.mask {
        maskPath = "masks/\(sample.name).png"
        try write(mask.plane, to: "\(folder)/\(maskPath)", depth: .eight, by: put)
      }
      let facts = sample.facts
      lines.append([
        image, maskPath, facts.caseName ?? "", facts.visit ?? "", facts.eye?.rawValue ?? "", facts.grader ?? "",
        facts.millimetresPerPixel.map { "\($0)" } ?? "",
      ])
    }
    try put(Array(lines.map(csvLine).joined().utf8), "\(folder)/manifest.csv")
  }

  private static func write(_ plane: Plane, to path: String, depth: SampleDepth, by put: FileWriter) throws {
    try put(plane.encoded(for: path, depth: depth), path)
  }
}

extension TableValue {
  /// The table as CSV, numbers at full precision and whole ones as such; without rows that sum up the others.
  var commaSeparated: String {
    let lines = rows.dropLast(summaryRowCount).map { row in row.map(\.field) }
    return ([columns] + lines).map(csvLine).joined()
  }
}

extension TableValue.Cell {
  /// As it stands in a file of numbers.
  fileprivate var field: String {
    switch self {
    case .number(let number, _) where number.isNaN: ""
    case .number(let number, decimals: 0): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .number(let number, _): "\(number)"
    case .text(let text): text
    case .empty: ""
    }
  }
}
