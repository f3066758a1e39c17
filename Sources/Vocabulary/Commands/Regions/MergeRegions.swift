import Imaging
import Language

extension Command {
  static let mergeRegions = Command(
    "merge-regions", "neighbouring regions of like grey as one",
    [
      .argument("regions", .object(RegionsValue.typeName), "what `watershed` or `components` gave"),
      .option("image", .object(ImageValue.typeName), "whose grey is compared, of the regions' size"),
      .option("step", .number(.one, .above(0)), default: .number(0.05), "two means that differ by less become one"),
    ],
    result: .object(RegionsValue.typeName),
    help: Help(
      "Of all neighbours, sharing a side of a pixel, the two whose means differ least become one region, with the mean of both; "
        + "then the next two, until all differ by `step` or more. Of equal pairs that with the lowest numbers comes first.",
      examples: [
        "eye = smooth (phantom 1 size: 64)[0]", "basins = watershed eye depth: 0.01",
        "show (merge-regions basins image: eye step: 0.08)",
      ])
  ) { arguments, _ in
    let regions = arguments.require("regions", as: RegionsValue.self).regions
    let plane = try arguments.plane("image", width: regions.width, height: regions.height)
    let step = arguments.number("step")
    let greys = zip(regions.areas, regions.statistics(of: plane)).map {
      Grey(sum: $1.mean * Double($0), pixels: Double($0))
    }
    var merging = RegionMerging(regions: greys, boundaries: regions.boundaries(of: plane))
    let numbers = merging.merge(
      joinRegions: { Grey(sum: $0.sum + $1.sum, pixels: $0.pixels + $1.pixels) },
      joinBoundaries: { $0.joined($1) },
      cost: { first, second, _ in
        let difference = abs(first.mean - second.mean)
        return difference < step ? difference : nil
      })
    return .object(RegionsValue(regions.relabelled(numbers)))
  }
}

/// What a region's pixels sum to.
private struct Grey {
  let sum, pixels: Double

  var mean: Double { sum / pixels }
}
