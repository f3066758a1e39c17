import Imaging
import Language

extension Command {
  static let smoothOutline = Command(
    "smooth-outline", "a mask without narrow spurs and gaps",
    [
      Marking.parameter,
      .option("radius", .either(lengths), default: .number(2, .pixels), "of the disc, in px or mm"), scale,
    ],
    result: .object(MaskValue.typeName),
    help: Help(
      "An opening by a disc, which takes parts that it doesn't fit into, then a closing, which fills gaps that it doesn't fit into. "
        + lengthsInWords,
      examples: ["show (smooth-outline (phantom 1 size: 64)[0].mask radius: 2px)"])
  ) { arguments, _ in
    let marking = try Marking(arguments)
    let radius = try marking.pixels("radius", arguments)
    return .object(MaskValue(marking.opened(radius: radius).closed(radius: radius).mask))
  }

  static let grow = Command(
    "grow", "a mask with all that lies at most so far from it",
    [Marking.parameter, .option("by", .either(lengths), default: .number(1, .pixels), "how far, in px or mm"), scale],
    result: .object(MaskValue.typeName),
    help: Help(
      "Distances are Euclidean, between the middles of pixels. " + lengthsInWords,
      examples: [
        "found = dark-threshold (phantom 1 size: 64)", "show (grow found[0] by: 3px)",
        "show (grow found[0].mask by: 0.1mm mm-per-pixel: 0.05)",
      ]),
    codes: [
      CodeEntry(
        "unknown-scale", "a length in millimetres where nobody knows how large a pixel is",
        .program("grow (phantom 1 size: 64)[0].mask by: 0.1mm"))
    ]
  ) { arguments, _ in
    let marking = try Marking(arguments)
    return .object(MaskValue(marking.grown(by: try marking.pixels("by", arguments))))
  }

  static let shrink = Command(
    "shrink", "a mask without all that lies at most so far from its outside",
    [Marking.parameter, .option("by", .either(lengths), default: .number(1, .pixels), "how far, in px or mm"), scale],
    result: .object(MaskValue.typeName),
    help: Help(
      "Where it reaches the rim of the picture, or of a prediction's field of view, it keeps that. " + lengthsInWords,
      examples: ["show (shrink (phantom 1 size: 64)[0].mask by: 2px)"])
  ) { arguments, _ in
    let marking = try Marking(arguments)
    return .object(MaskValue(marking.shrunk(by: try marking.pixels("by", arguments))))
  }

  static let distances = Command(
    "distances", "how far each pixel is from a mask",
    [Marking.parameter], result: .object(ImageValue.typeName),
    help: Help(
      "In pixels, between the middles; 0 on the mask itself. `distances (not m)` is how deep inside a mask its pixels lie.",
      examples: [
        "m = (phantom 1 size: 64)[0].mask", "d = distances m", "show (d / max d)", "print max (distances (not m))",
      ],
      method: "The exact Euclidean distance transform (Felzenszwalb and Huttenlocher 2012)."),
    codes: [
      CodeEntry(
        "mask-empty", "a mask without a pixel, from which nothing has a distance",
        .program("m = (phantom 1 size: 64)[0].mask\ndistances (m and not m)"))
    ]
  ) { arguments, _ in
    let mask = try Marking(arguments).mask
    guard mask.pixels.contains(true) else {
      throw Failure("mask-empty", "this mask is empty: nothing has a distance to it")
    }
    return .object(ImageValue(mask.distances))
  }

  private static let lengths: [Accepts] = [
    .number(.pixels, .within(0...10_000)), .number(.millimetres, .within(0...1000)),
  ]
  private static let scale = Parameter.option(
    "mm-per-pixel", .optional(.number(.one, .within(0.00001...100))), default: Value.none,
    "what a length in mm is measured by; left out, what the sample or the prediction has")
  private static let lengthsInWords =
    "A number without a unit is in pixels; mm need a scale, of the sample or by `mm-per-pixel:`. Of a sample or a prediction "
    + "the result stays inside its field of view."
}
