import Imaging
import Language

extension Command {
  static let reconstruct = Command(
    "reconstruct", "a marker grown as far as another picture allows",
    [
      .argument("x", Picture.accepts, "the marker: what is to grow, an image or a mask"),
      .option(
        "under", .optional(.object(ImageValue.typeName)), default: Value.none, "grown brighter, at most to this image"),
      .option(
        "over", .optional(.object(ImageValue.typeName)), default: Value.none, "grown darker, at least to this image"),
      .option("connectivity", default: Connectivity.eight, "the neighbours that growth goes to"),
      Picture.within,
    ],
    result: .object(ImageValue.typeName),
    help: Help(
      "The marker is dilated from pixel to pixel, never above `under:`, until nothing changes; `over:` erodes it instead. "
        + "Where it lies beyond that image it is brought to it first. One of both is to be given.",
      examples: [
        "eye = (phantom 1 size: 64)[0].image", "show (reconstruct (erode eye radius: 3) under: eye)",
        "show (reconstruct (eye + 0.1) over: eye)",
      ],
      method:
        "L. Vincent, Morphological grayscale reconstruction in image analysis, IEEE Transactions on Image Processing 2, "
        + "1993."),
    codes: [
      CodeEntry(
        "one-bound", "a reconstruction with no picture that bounds it, or two",
        .program("reconstruct (phantom 1 size: 64)[0].image"))
    ],
    rules: [
      CallRule { call throws(Failure) in
        guard let isOver = call.isNone("under"), let isUnder = call.isNone("over"), isOver == isUnder else { return }
        throw Failure("one-bound", "`reconstruct` takes `under:` or `over:`, one of them")
      }
    ]
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let (plane, connectivity) = (picture.plane, arguments.choice("connectivity", as: Connectivity.self))
    func bound(_ name: String) throws -> Plane { try arguments.plane(name, width: plane.width, height: plane.height) }
    return picture.value(
      arguments.isNone("under")
        ? plane.reconstructed(over: try bound("over"), within: picture.field, connectivity: connectivity)
        : plane.reconstructed(under: try bound("under"), within: picture.field, connectivity: connectivity))
  }
}
