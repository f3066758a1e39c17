import Base
import Imaging
import Language

extension Command {
  static let regionTable = Command(
    "region-table", "area, place and shape of each region, and its grey",
    [
      .argument("regions", .object(RegionsValue.typeName), "what `watershed` or `components` gave"),
      .option(
        "image", .optional(.object(ImageValue.typeName)), default: Value.none,
        "whose mean and deviation (÷ n) are taken, of the regions' size"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "A row a region that has pixels. x and y are the centroid; the upper left pixel's middle is (0, 0). Perimeters count a "
        + "diagonal step as √2 (Benkrid and Crookes 2000); solidity is the area's share of its convex hull. All in pixels.",
      examples: [
        "eye = (phantom 1 size: 64)[0]", "t = region-table (components eye.mask) image: eye.image",
        "print t, t[0].mean",
      ])
  ) { arguments, _ in
    let value = arguments.require("regions", as: RegionsValue.self)
    guard !arguments.isNone("image") else { return .object(value.table(of: nil)) }
    return .object(
      value.table(of: try arguments.plane("image", width: value.regions.width, height: value.regions.height)))
  }

  static let regionGraph = Command(
    "region-graph", "which regions touch, and what is between them",
    [
      .argument("regions", .object(RegionsValue.typeName), "what `watershed` or `components` gave"),
      .option("image", .object(ImageValue.typeName), "whose grey along the boundaries is taken, of the regions' size"),
    ],
    result: .object(TableValue.typeName),
    help: Help(
      "The region adjacency graph: a row a pair that shares a side of a pixel, with the count of such sides and the mean grey of "
        + "the pixels on both sides of them.",
      examples: [
        "eye = smooth (phantom 1 size: 64)[0]", "print region-graph (watershed eye depth: 0.1) image: eye",
      ])
  ) { arguments, _ in
    let regions = arguments.require("regions", as: RegionsValue.self).regions
    let plane = try arguments.plane("image", width: regions.width, height: regions.height)
    let pairs = regions.boundaries(of: plane).sorted { $0.key < $1.key }
    return .object(
      TableValue(
        title: "\(counted(pairs.count, "pair")) of \(counted(regions.count, "region"))",
        columns: ["region", "neighbour", "sides", "mean"],
        rows: pairs.map { pair, boundary in
          [
            .number(Double(pair.first), decimals: 0), .number(Double(pair.second), decimals: 0),
            .number(Double(boundary.sides), decimals: 0), .number(boundary.mean, decimals: 4),
          ]
        }))
  }
}
