import Imaging
import Language

extension Command {
  static let watershed = Command(
    "watershed", "the basins of a picture: what water floods from each dark place",
    [
      Picture.parameter,
      .option(
        "depth", .number(.one, .within(0...1)), default: .number(0.05),
        "basins start at `deep-minima` of this depth, in grey values"),
      .option(
        "from", .optional(.either([.object(RegionsValue.typeName), .object(MaskValue.typeName)])), default: Value.none,
        "regions, or a mask, whose parts the basins start from instead"),
      .option("connectivity", default: Connectivity.four, "the neighbours that water flows to"), Picture.within,
    ],
    result: .object(RegionsValue.typeName),
    help: Help(
      "Every pixel that counts goes to the basin whose flood comes first, from dark to bright; no line is left between basins. "
        + "Among equal values first come, first served.",
      examples: [
        "eye = (phantom 1 size: 64)[0]", "basins = watershed (smooth eye) within: eye.field depth: 0.1", "show basins",
        "dark = deep-minima (smooth eye sigma: 4) within: eye.field", "show (watershed eye from: dark)",
      ],
      method: "Meyer's priority flood (1994), as scikit-image's `watershed`."),
    codes: [
      CodeEntry(
        "no-basin", "a flood that starts nowhere",
        .program("eye = (phantom 1 size: 64)[0]\nwatershed eye from: (not eye.field)"))
    ],
    rules: [
      CallRule(on: "depth") { call throws(Failure) in
        guard call.isGiven("depth"), call.isNone("from") == false else { return }
        throw Failure("contradiction", "`from:` says where basins start; `depth:` would say it again")
      }
    ]
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let plane = picture.plane
    let connectivity: Connectivity = arguments.choice("connectivity")
    guard !arguments.isNone("from") else {
      return .object(
        RegionsValue(
          plane.watershed(
            depth: Float(arguments.number("depth")), within: picture.field, connectivity: connectivity)))
    }
    let markers =
      arguments.object("from", as: RegionsValue.self)?.regions
      ?? arguments.require("from", as: MaskValue.self).mask.components(connectivity)
    try requireSize(plane.width, plane.height, of: markers.width, markers.height, "from:")
    let starts = markers.labels.indices.contains { markers.labels[$0] > 0 && picture.field?.pixels[$0] ?? true }
    guard starts else {
      throw Failure(
        "no-basin", "no part of `from:` lies where pixels count: no basin would start",
        hint: "find the starts inside of it too: `within: eye.field`")
    }
    return .object(RegionsValue(plane.watershed(from: markers, within: picture.field, connectivity: connectivity)))
  }
}
