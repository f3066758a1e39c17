import Base
import Figures
import Imaging
import Language

/// Regions of a picture, each with a number: components of a mask, basins of a watershed, phases.
public struct RegionsValue: ObjectValue {
  package let regions: LabelMap

  package init(_ regions: LabelMap) { self.regions = regions }

  public static let typeName = "regions"
  public static let meaning = "numbered regions of a picture: components of a mask, basins of a watershed, phases"
  public static let members = [
    MemberDeclaration("count", .number, "how many there are"),
    MemberDeclaration("width", .number, "columns, in pixels"), MemberDeclaration("height", .number, "rows, in pixels"),
    MemberDeclaration("table", .object(TableValue.typeName), "area, place and shape of each"),
    MemberDeclaration("mask", .object(MaskValue.typeName), "the pixels of all of them"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "each in a colour of its own"),
  ]
  public var summary: String { "\(counted(regions.count, "region")), \(regions.width)×\(regions.height)" }
  public var count: Int? { regions.count }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "count": .number(Double(regions.count))
    case "width": .number(Double(regions.width), .pixels)
    case "height": .number(Double(regions.height), .pixels)
    case "table": .object(table(of: nil))
    case "mask": .object(MaskValue(regions.mask { _ in true }))
    default: .object(FigureValue(.regions(regions, caption: summary)))
    }
  }

  /// The mask of one region.
  public func element(at index: Int) throws -> Value { .object(MaskValue(regions.mask(of: index + 1))) }

  /// A row a region, with the mean and the deviation of a picture where one is given.
  func table(of plane: Plane?) -> TableValue {
    let statistics = plane.map { regions.statistics(of: $0) }
    let rows = regions.properties.map { region -> [TableValue.Cell] in
      let shape: [TableValue.Cell] = [
        .number(Double(region.label), decimals: 0), .number(Double(region.area), decimals: 0),
        .number(region.centroidX, decimals: 1), .number(region.centroidY, decimals: 1),
        .number(region.perimeter, decimals: 1), .number(region.solidity, decimals: 3),
      ]
      let grey = statistics?[region.label - 1]
      return shape + (grey.map { [.number($0.mean, decimals: 4), .number($0.deviation, decimals: 4)] } ?? [])
    }
    return TableValue(
      title: summary,
      columns: ["region", "area, px", "x, px", "y, px", "perimeter, px", "solidity"]
        + (plane == nil ? [] : ["mean", "SD"]), rows: rows)
  }
}

extension RegionsValue: Presentable {
  var presentations: [Presentation] { [.figure(.regions(regions, caption: summary))] }
}

extension RegionsValue {
  private enum CodingKeys: CodingKey { case width, height, labels, count }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(regions.width, forKey: .width)
    try fields.encode(regions.height, forKey: .height)
    try fields.encode(regions.labels, forKey: .labels)
    try fields.encode(regions.count, forKey: .count)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let (width, height) = (try fields.decode(Int.self, forKey: .width), try fields.decode(Int.self, forKey: .height))
    let (labels, count) = (
      try fields.decode([Int32].self, forKey: .labels), try fields.decode(Int.self, forKey: .count)
    )
    guard width > 0, height > 0, width <= 1 << 20, height <= 1 << 20, labels.count == width * height, count >= 0,
      labels.allSatisfy({ 0 <= $0 && $0 <= count })
    else {
      throw DecodingError.dataCorruptedError(forKey: .labels, in: fields, debugDescription: "no label a pixel")
    }
    regions = LabelMap(width: width, height: height, labels: labels, count: count)
  }
}
