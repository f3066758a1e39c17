import Imaging
import Language

extension Command {
  static let topHat = Command(
    "top-hat", "what is narrower than a disc and brighter than around it, or darker",
    [
      Picture.parameter,
      .option("radius", .integer(.within(0...200)), default: .number(5), "of the disc, in pixels"),
      .option("dark", .truth, default: .truth(false), "what is darker: closing − image, not image − opening"),
      Picture.within,
    ],
    result: .object(ImageValue.typeName),
    help: Help(
      "Bright, it shows vessels; dark, gaps between them. Never below 0; 0 outside what counts.",
      examples: ["show (top-hat (phantom 1 size: 64)[0] radius: 4 dark: true)"],
      method: "Meyer's top-hat transforms, white and black, by a disc.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let radius = arguments.integer("radius")
    return picture.value(
      arguments.truth("dark")
        ? picture.plane.blackTopHat(radius: radius, within: picture.field)
        : picture.plane.whiteTopHat(radius: radius, within: picture.field))
  }
}
