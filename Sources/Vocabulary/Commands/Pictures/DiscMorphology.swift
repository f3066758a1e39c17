import Imaging
import Language

extension Command {
  static let discMorphology = [
    morphology(
      "erode", "the darkest value under a disc; of a mask, what is left of it", { $0.eroded(radius: $1, within: $2) },
      { $0.eroded(radius: $1) }),
    morphology(
      "dilate", "the brightest value under a disc; of a mask, what it touches", { $0.dilated(radius: $1, within: $2) },
      { $0.dilated(radius: $1) }),
    morphology(
      "opening", "erode, then dilate: what is bright and narrower than the disc goes",
      { $0.opened(radius: $1, within: $2) }, { $0.opened(radius: $1) }),
    morphology(
      "closing", "dilate, then erode: what is dark and narrower than the disc goes",
      { $0.closed(radius: $1, within: $2) }, { $0.closed(radius: $1) }),
  ]

  private static func morphology(
    _ name: String, _ summary: String, _ ofPlane: @escaping @Sendable (Plane, Int, Mask?) -> Plane,
    _ ofMask: @escaping @Sendable (Mask, Double) -> Mask
  ) -> Command {
    Command(
      name, summary,
      [
        Picture.parameter,
        .option(
          "radius", .number(.pixels, .within(0...200)), default: .number(2, .pixels),
          "of the disc; for an image a whole number"), Picture.within,
      ],
      result: .oneOf([.object(ImageValue.typeName), .object(MaskValue.typeName)]),
      help: Help(
        "The disc is the pixels whose middles lie at most `radius` from its own. Of an image only pixels that count are "
          + "compared, and the result is 0 elsewhere. A mask gives a mask; it keeps the rim of the picture that it reaches. "
          + "`grow` and `shrink` stay inside the field of view of a prediction.",
        examples: [
          "eye = (phantom 1 size: 64)[0]", "show (\(name) eye radius: 2px)", "show (\(name) eye.mask radius: 1.5)",
        ]),
      rules: rules
    ) { arguments, _ in
      let radius = arguments.number("radius")
      if let mask = arguments.object("x", as: MaskValue.self)?.mask {
        try requireMemory(forElementsOf: [arguments["x"]])
        return .object(MaskValue(ofMask(mask, radius)))
      }
      let picture = try Picture(arguments)
      return picture.value(ofPlane(picture.plane, Int(radius), picture.field))
    }
  }
}

private let rules = [
  CallRule(on: "within") { call throws(Failure) in
    guard call["x"].kind == .object(MaskValue.typeName), call.isNone("within") == false else { return }
    throw Failure(
      "contradiction", "`within:` is for images; a mask lies where it lies", hint: "combine masks by `and`")
  },
  CallRule(on: "radius") { call throws(Failure) in
    guard [.object(ImageValue.typeName), .record].contains(call["x"].kind), let radius = call.number("radius"),
      radius != radius.rounded()
    else { return }
    throw Failure(
      "not-whole", "the disc over an image has a whole radius, not \(formatted(radius, decimals: 3)) px")
  },
]
