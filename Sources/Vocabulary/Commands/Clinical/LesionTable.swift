import Angiography
import Imaging
import Language

extension Command {
  static let lesions = Command(
    "lesions", "each non-perfused area by itself: how large, how far from the fovea",
    [
      MarkedAngiograms.parameter,
      .option(
        "least", .either([.number(.pixels, .within(0...1e9)), .number(.squareMillimetres, .within(0...1e4))]),
        default: .number(0, .pixels), "smaller ones stand together in one row, in px or mm²"),
      .option("connectivity", default: Connectivity.eight, "the neighbours by which a lesion hangs together"),
      ClinicalOptions.discArea,
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "Connected areas of gradable retina, the largest first. Distances go from the fovea to a lesion's nearest pixel; x and y are "
        + "its centroid, in pixels.",
      examples: ["eye = (phantom 1 size: 128)[0]", "show (lesions eye least: 0.2mm2)"])
  ) { arguments, _ in
    let marked = try MarkedAngiograms(arguments)
    let hasScale = marked.samples.contains { $0.scale != nil }
    var rows: [[TableValue.Cell]] = []
    for (sample, mask) in zip(marked.samples, marked.masks) {
      let list = LesionRows(
        sample: sample, hasScale: hasScale, discArea: ClinicalOptions.discArea(arguments),
        least: try leastPixels(arguments, sample))
      rows += list.rows(of: LesionList(of: mask, in: sample, connectivity: arguments.choice("connectivity")).lesions)
    }
    return .object(
      TableValue(
        columns: ["image", "lesion", "px"] + (hasScale ? ["mm²", "disc areas"] : []) + ["x", "y"]
          + [hasScale ? "to the fovea, mm" : "to the fovea, px"], rows: rows))
  }

  /// - Throws: `unknown-scale` for mm² of an image whose scale nobody knows.
  private static func leastPixels(_ arguments: Arguments, _ sample: Sample) throws(Failure) -> Double {
    guard case .number(let least, let unit) = arguments["least"] else { preconditionFailure("an area is a number") }
    guard unit == .squareMillimetres else { return least }
    guard let scale = sample.scale?.millimetresPerPixel else { throw ClinicalOptions.unknownScale(of: sample) }
    return least / (scale * scale)
  }
}

/// The rows of one image.
private struct LesionRows {
  let sample: Sample
  /// Whether the table has columns of mm.
  let hasScale: Bool
  let discArea: Double
  /// In pixels.
  let least: Double

  func rows(of lesions: [LesionList.Lesion]) -> [[TableValue.Cell]] {
    let large = lesions.filter { Double($0.pixels) >= least }
    let small = lesions.dropFirst(large.count)
    let named = large.enumerated().map { index, lesion in
      row(
        "\(index + 1)", pixels: lesion.pixels,
        [.number(lesion.centroid.x, decimals: 0), .number(lesion.centroid.y, decimals: 0), distance(lesion)])
    }
    guard !small.isEmpty else { return named }
    let rest = row(
      "\(small.count) smaller", pixels: small.reduce(0) { $0 + $1.pixels }, [.empty, .empty, .empty])
    return named + [rest]
  }

  private func row(_ name: String, pixels: Int, _ place: [TableValue.Cell]) -> [TableValue.Cell] {
    [.text(sample.name), .text(name), .number(Double(pixels), decimals: 0)] + areas(pixels) + place
  }

  private func areas(_ pixels: Int) -> [TableValue.Cell] {
    guard hasScale else { return [] }
    guard let scale = sample.scale?.millimetresPerPixel else { return [.empty, .empty] }
    let area = Double(pixels) * scale * scale
    return [.number(area, decimals: 3), .number(area / discArea, decimals: 3)]
  }

  private func distance(_ lesion: LesionList.Lesion) -> TableValue.Cell {
    guard let pixels = lesion.foveaDistance else { return .empty }
    guard hasScale else { return .number(pixels, decimals: 0) }
    return sample.scale.map { .number(pixels * $0.millimetresPerPixel, decimals: 2) } ?? .empty
  }
}
