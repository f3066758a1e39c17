import Angiography
import Imaging
import Language
import Methods

extension Command {
  static let ischemicIndex = Command(
    "ischemic-index", "which share of the gradable retina is not perfused, and its area",
    [
      MarkedAngiograms.parameter, ClinicalOptions.foveal, ClinicalOptions.discArea,
      ClinicalOptions.intervals,
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "A row an image: the index in per cent of the retina that can be graded (the field of view without what is ungradable), how much "
        + "of the field that is, the area in px and, where a scale is known, in mm² and disc areas. Of an "
        + "`uncertainty` the index, and with a scale the area, have an interval. The last row is the mean of all that can be graded.",
      examples: [
        "eyes = phantom 4 size: 128", "show (ischemic-index eyes)",
        "show (ischemic-index eyes foveal-zone: excluded)",
      ],
      method:
        "Ischemic index: Tsui et al. 2011. Ischemic occlusion of the central vein: 10 disc areas or more, of a branch: 5 (CVOS, BVOS).",
      explanation: .retinalMeasures),
    rules: [ClinicalOptions.intervalRule]
  ) { arguments, context in
    let marked = try MarkedAngiograms(arguments)
    marked.warn(ofLeaks: arguments, context.host)
    let rows = try IndexRow.rows(of: marked, arguments)
    let zone: FovealZone = arguments.choice("foveal-zone")
    let trust = marked.trust(arguments).map { "; \($0)" } ?? ""
    return .object(table(of: rows, title: "Foveal avascular zone: \(zone.words)\(trust)"))
  }

  private static func table(of rows: [IndexRow], title: String) -> TableValue {
    let hasScale = rows.contains { $0.squareMillimetres != nil }
    let hasIntervals = rows.contains { $0.interval != nil }
    func interval(_ row: IndexRow, per unit: Double?, decimals: Int) -> [TableValue.Cell] {
      guard hasIntervals else { return [] }
      return [row.intervalText(per: unit, decimals: decimals, between: " … ").map { .text($0) } ?? .empty]
    }
    func cells(_ row: IndexRow) -> [TableValue.Cell] {
      let areas: [TableValue.Cell] =
        [row.squareMillimetres.map { .number($0, decimals: 2) } ?? .empty]
        + interval(row, per: row.pixelsASquareMillimetre, decimals: 2)
        + [row.discAreas.map { .number($0, decimals: 2) } ?? .empty]
      let index: [TableValue.Cell] =
        [.text(row.name), row.index.map { .number(100 * $0, decimals: 2) } ?? .empty]
        + interval(row, per: row.pixelsAPercent, decimals: 1)
      return index + [
        row.gradableShare.map { .number(100 * $0, decimals: 1) } ?? .empty,
        row.pixels.map { .number($0, decimals: 0) } ?? .empty,
      ] + (hasScale ? areas : [])
    }
    func mean(_ values: [Double?], decimals: Int) -> TableValue.Cell {
      let known = values.compactMap(\.self)
      guard let moments = meanAndDeviation(known) else { return .empty }
      return .text(
        meanText(moments.mean, moments.deviation, decimals: decimals, over: known.count, of: values.count))
    }
    let gap: [TableValue.Cell] = hasIntervals ? [.empty] : []
    let indexMeans: [TableValue.Cell] = [.text("mean ± SD"), mean(rows.map { $0.index.map { 100 * $0 } }, decimals: 2)]
    let shareMeans = [
      mean(rows.map { $0.gradableShare.map { 100 * $0 } }, decimals: 1), mean(rows.map(\.pixels), decimals: 0),
    ]
    let areaMeans =
      hasScale
      ? [mean(rows.map(\.squareMillimetres), decimals: 2)] + gap + [mean(rows.map(\.discAreas), decimals: 2)] : []
    let hasMeans = rows.count > 1
    let range = hasIntervals ? ["interval"] : []
    return TableValue(
      title: title,
      columns: ["image", "ischemic index, %"] + range + ["gradable, % of the field", "non-perfused, px"]
        + (hasScale ? ["non-perfused, mm²"] + range.map { "\($0), mm²" } + ["disc areas"] : []),
      rows: rows.map(cells) + (hasMeans ? [indexMeans + gap + shareMeans + areaMeans] : []),
      summaryRowCount: hasMeans ? 1 : 0)
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
