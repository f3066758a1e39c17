import Angiography
import Imaging
import Language

extension Command {
  static let ischemicIndex = Command(
    "ischemic-index", "which share of the gradable retina is not perfused, and its area",
    [MarkedAngiograms.parameter, ClinicalOptions.foveal, ClinicalOptions.discArea],
    result: .object(TableValue.typeName),
    help: Help(
      "A row an image: the index in per cent of the retina that can be graded (the field of view without what is ungradable), how much "
        + "of the field that is, the area in px and, where a scale is known, in mm² and disc areas. The last row is the mean of all.",
      examples: [
        "eyes = phantom 4 size: 128", "show (ischemic-index eyes)",
        "show (ischemic-index eyes foveal-zone: excluded)",
      ],
      method:
        "Ischemic index: Tsui et al. 2011. Ischemic occlusion of the central vein: 10 disc areas or more, of a branch: 5 (CVOS, BVOS)."
    )
  ) { arguments, _ in
    let marked = try MarkedAngiograms(arguments)
    let zone: FovealZone = arguments.choice("foveal-zone")
    let discArea = ClinicalOptions.discArea(arguments)
    let samples = try ClinicalOptions.prepared(marked.samples, zone)
    let rows = zip(samples, marked.masks).map { IndexRow(of: $1, in: $0, zone: zone, discArea: discArea) }
    return .object(table(of: rows, zone))
  }

  private static func table(of rows: [IndexRow], _ zone: FovealZone) -> TableValue {
    let hasScale = rows.contains { $0.squareMillimetres != nil }
    func cells(_ row: IndexRow) -> [TableValue.Cell] {
      let areas: [TableValue.Cell] = [
        row.squareMillimetres.map { .number($0, decimals: 2) } ?? .empty,
        row.discAreas.map { .number($0, decimals: 2) } ?? .empty,
      ]
      return [
        .text(row.name), row.index.map { .number(100 * $0, decimals: 2) } ?? .empty,
        row.gradableShare.map { .number(100 * $0, decimals: 1) } ?? .empty, .number(row.pixels, decimals: 0),
      ] + (hasScale ? areas : [])
    }
    func mean(_ values: [Double?], decimals: Int) -> TableValue.Cell {
      guard let moments = meanAndDeviation(values.compactMap(\.self)) else { return .empty }
      return .text(meanText(moments.mean, moments.deviation, decimals: decimals))
    }
    let means: [TableValue.Cell] =
      [
        .text("mean ± SD"), mean(rows.map { $0.index.map { 100 * $0 } }, decimals: 2),
        mean(rows.map { $0.gradableShare.map { 100 * $0 } }, decimals: 1), mean(rows.map(\.pixels), decimals: 0),
      ]
      + (hasScale
        ? [mean(rows.map(\.squareMillimetres), decimals: 2), mean(rows.map(\.discAreas), decimals: 2)] : [])
    let hasMeans = rows.count > 1
    return TableValue(
      title: "Foveal avascular zone: \(zone.words)",
      columns: ["image", "ischemic index, %", "gradable, % of the field", "non-perfused, px"]
        + (hasScale ? ["non-perfused, mm²", "disc areas"] : []),
      rows: rows.map(cells) + (hasMeans ? [means] : []), summaryRowCount: hasMeans ? 1 : 0)
  }
}

/// What an ischemic index is made of.
private struct IndexRow {
  let name: String
  /// Non-perfused.
  let pixels: Double
  /// In [0, 1]; `nil` where nothing can be graded.
  let index, gradableShare: Double?
  let squareMillimetres, discAreas: Double?

  init(of mask: Mask, in sample: Sample, zone: FovealZone, discArea: Double) {
    let area = MarkedArea(of: mask, in: sample)
    name = sample.name
    let pixelArea = sample.scale.map { $0.millimetresPerPixel * $0.millimetresPerPixel }
    // A zone's area is of disc areas of 2.54 mm², whatever others are told in.
    let zonePixels =
      zone == .subtracted ? pixelArea.map { FovealZone.discAreas * DiscArea.usual.rawValue / $0 } ?? 0 : 0
    let marked = max(0, Double(area.pixels) - zonePixels)
    pixels = marked
    index = area.gradable == 0 ? nil : marked / Double(area.gradable)
    gradableShare = area.gradableShare
    squareMillimetres = pixelArea.map { $0 * marked }
    discAreas = squareMillimetres.map { $0 / discArea }
  }
}

extension FovealZone {
  /// How a table says it.
  var words: String {
    switch self {
    case .counted: "what is marked of it counts"
    case .excluded: "excluded, 0.16 × 2.54 mm² around the fovea"
    case .subtracted: "0.16 × 2.54 mm² subtracted"
    }
  }
}
