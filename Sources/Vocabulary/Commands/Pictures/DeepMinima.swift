import Imaging
import Language

extension Command {
  static let deepMinima = Command(
    "deep-minima", "dark places from which one has to climb to get to a darker one",
    [
      Picture.parameter,
      .option("depth", .number(.one, .within(0...1)), default: .number(0.05), "the climb at least, in grey values"),
      .option("connectivity", default: Connectivity.eight, "the neighbours of a pixel"), Picture.within,
    ],
    result: .object(MaskValue.typeName),
    help: Help(
      "The plateaus without a darker neighbour, once minima that are less deep are filled up (h-minima). A depth of 0 gives all "
        + "of them. They are markers for `watershed`.",
      examples: ["eye = (phantom 1 size: 64)[0]", "show (deep-minima (smooth eye) within: eye.field depth: 0.1)"],
      method:
        "Soille, Morphological Image Analysis, §6.3: reconstruction by erosion of the image + depth, over the image.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    return .object(
      MaskValue(
        picture.plane.regionalMinima(
          depth: Float(arguments.number("depth")), within: picture.field, connectivity: arguments.choice("connectivity")
        )))
  }
}
