import Imaging
import Language

extension Command {
  static let areaOpening = Command(
    "area-opening", "a picture without bright spots of small area, whatever their shape",
    [
      Picture.parameter,
      .option("area", .integer(.within(1...100_000_000)), default: .number(50), "spots of fewer pixels go"),
      .option("dark", .truth, default: .truth(false), "dark spots instead (area closing)"),
      .option("connectivity", default: Connectivity.four, "the neighbours of a pixel"), Picture.within,
    ],
    result: .object(ImageValue.typeName),
    help: Help(
      "Bright components of fewer pixels are lowered until they join a larger one; what counts ends at its rim, and the result "
        + "is 0 elsewhere.",
      examples: ["show (area-opening (phantom 1 size: 64)[0] area: 30 dark: true)"],
      method: "L. Vincent, Grayscale area openings and closings, 1993.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let (area, connectivity) = (arguments.integer("area"), arguments.choice("connectivity", as: Connectivity.self))
    return picture.value(
      arguments.truth("dark")
        ? picture.plane.areaClosed(area, within: picture.field, connectivity: connectivity)
        : picture.plane.areaOpened(area, within: picture.field, connectivity: connectivity))
  }
}
