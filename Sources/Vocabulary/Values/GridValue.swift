import Angiography
import Figures
import Imaging
import Language

/// How much is marked in each cell of a grid on one retina or several.
public struct GridValue: ObjectValue {
  /// One an image, all of one grid.
  let areas: [GriddedArea]
  private let samples: [Sample]
  private let masks: [Mask]

  package init(_ areas: [GriddedArea], samples: [Sample], masks: [Mask]) {
    precondition(!areas.isEmpty && areas.count == samples.count && areas.count == masks.count, "an area an image")
    (self.areas, self.samples, self.masks) = (areas, samples, masks)
  }

  public static let typeName = "grid"
  public static let meaning = "how much is marked in each field of a grid on the retina"
  public static let members = [
    MemberDeclaration("names", .list(of: .text), "of the cells, from the centre outwards"),
    MemberDeclaration(
      "shares", .list(of: .any), "marked shares of the cells, in [0, 1]; of several images their means"),
    MemberDeclaration("table", .object(TableValue.typeName), "a row a cell"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "the grid on the first image"),
  ]

  public var summary: String {
    let cells = "\(areas[0].grid.form.rawValue) grid of \(areas[0].cells.count) cells"
    return areas.count == 1 ? "\(cells) on “\(samples[0].name)”" : "\(cells) on \(areas.count) images"
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "names": .list(names.map { .text($0) })
    case "shares": .list(areas[0].cells.indices.map { share($0).map { .number($0.mean) } ?? Value.none })
    case "table": .object(table)
    default: .object(FigureValue(try figure))
    }
  }

  /// Where all know on which side the nose is, all by that; else by sides of the picture.
  private var names: [String] {
    guard areas.count > 1 else { return areas[0].grid.names(nasalIsRight: areas[0].nasalIsRight) }
    return areas[0].grid.pooledNames(nasalIsRight: areSidesKnown ? true : nil)
  }

  private var areSidesKnown: Bool { areas.allSatisfy { $0.nasalIsRight != nil } }

  /// Cells of one name: those of left eyes are mirrored, also their hours.
  private func cells(_ index: Int) -> [GriddedArea.Cell] {
    guard areas.count > 1 else { return [areas[0].cells[index]] }
    let name = names[index]
    return areas.map { area in
      let own = area.grid.pooledNames(nasalIsRight: areSidesKnown ? area.nasalIsRight : nil)
      return area.cells[own.firstIndex(of: name) ?? index]
    }
  }

  /// Whether hours or sectors of left eyes stand for those of right ones.
  private var isMirrored: Bool {
    areas.count > 1 && areSidesKnown && [.clock, .polar].contains(areas[0].grid.form)
      && areas.contains { $0.nasalIsRight == false }
  }

  /// Over the images on which the cell can be graded.
  private func share(_ index: Int) -> (mean: Double, deviation: Double?)? {
    meanAndDeviation(cells(index).compactMap(\.share))
  }

  private var table: TableValue {
    let isOne = areas.count == 1
    let rows = names.enumerated().map { index, name -> [TableValue.Cell] in
      let cells = cells(index)
      guard isOne else {
        let area = meanAndDeviation(cells.filter { $0.gradable > 0 }.map(\.squareMillimetres))
        return [
          .text(name), .number(Double(cells.count { $0.gradable > 0 }), decimals: 0),
          share(index).map { .text(meanText(100 * $0.mean, $0.deviation.map { 100 * $0 }, decimals: 1)) } ?? .empty,
          area.map { .text(meanText($0.mean, $0.deviation, decimals: 2)) } ?? .empty,
        ]
      }
      let pixel = areas[0].scale.millimetresPerPixel * areas[0].scale.millimetresPerPixel
      return [
        .text(name), .number(pixel * Double(cells[0].gradable), decimals: 2),
        cells[0].share.map { .number(100 * $0, decimals: 1) } ?? .empty,
        .number(cells[0].squareMillimetres, decimals: 2),
      ]
    }
    let columns =
      isOne
      ? ["cell", "gradable, mm²", "non-perfused, %", "non-perfused, mm²"]
      : ["cell", "images", "non-perfused, %", "non-perfused, mm²"]
    return TableValue(title: title, columns: columns, rows: rows)
  }

  /// With how its centre is known.
  private var title: String {
    let summary = self.summary + (isMirrored ? "; left eyes are mirrored" : "")
    let found = areas.compactMap(\.centre.confidence)
    guard let least = found.min() else { return summary }
    let which = found.count == areas.count ? "its centre was" : "\(found.count) centres were"
    return
      "\(summary); \(which) found, not marked (confidence \(formatted(least, decimals: 2))\(found.count > 1 ? " or more" : ""))"
  }

  private var figure: Figure {
    get throws {
      try .gridMap(
        areas[0], on: samples[0], outlines: [.truth(masks[0].intersection(samples[0].gradable), name: "non-perfused")],
        caption: title)
    }
  }
}

extension GridValue: Presentable {
  var presentations: [Presentation] { get throws { [.figure(try figure), .table(table)] } }
}

extension GridValue {
  private enum CodingKeys: CodingKey { case areas, samples, masks }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(areas, forKey: .areas)
    try fields.encode(samples, forKey: .samples)
    try fields.encode(masks, forKey: .masks)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    areas = try fields.decode([GriddedArea].self, forKey: .areas)
    samples = try fields.decode([Sample].self, forKey: .samples)
    masks = try fields.decode([Mask].self, forKey: .masks)
    let isWhole = zip(samples, masks).allSatisfy { $0.image.width == $1.width && $0.image.height == $1.height }
    guard !areas.isEmpty, areas.count == samples.count, areas.count == masks.count, isWhole else {
      throw DecodingError.dataCorruptedError(forKey: .areas, in: fields, debugDescription: "no grid on images")
    }
  }
}
