import Imaging
import Language

extension Command {
  static let fillHoles = Command(
    "fill-holes", "a mask with its holes",
    [
      Marking.parameter,
      .option(
        "area", .optional(.integer(.within(1...100_000_000))), default: Value.none,
        "holes of more pixels stay; left out, none does"),
      .option("connectivity", default: Connectivity.eight, "the neighbours by which the mask hangs together"),
    ],
    result: .object(MaskValue.typeName),
    help: Help(
      "Holes are pixels from which no path outside the mask leads to the picture's rim, by four neighbours where the mask hangs "
        + "together by eight.",
      examples: [
        "show (fill-holes (phantom 1 size: 64)[0].mask)", "show (fill-holes (phantom 1 size: 64)[0] area: 20)",
      ])
  ) { arguments, _ in
    let marking = try Marking(arguments)
    let area = arguments.isNone("area") ? nil : arguments.integer("area")
    return .object(
      MaskValue(marking.inside(marking.mask.holesFilled(upTo: area, arguments.choice("connectivity")))))
  }

  static let removeIslands = Command(
    "remove-islands", "a mask without its small parts",
    [
      Marking.parameter,
      .option("area", .integer(.within(1...100_000_000)), default: .number(50), "parts of fewer pixels go"),
      .option("connectivity", default: Connectivity.eight, "the neighbours by which a part hangs together"),
    ],
    result: .object(MaskValue.typeName),
    help: Help(
      "Parts are connected components.", examples: ["show (remove-islands (phantom 1 size: 64)[0].mask area: 40)"])
  ) { arguments, _ in
    let mask = try Marking(arguments).mask
    return .object(
      MaskValue(mask.withoutComponents(smallerThan: arguments.integer("area"), arguments.choice("connectivity"))))
  }

  static let keepLargest = Command(
    "keep-largest", "the largest parts of a mask",
    [
      Marking.parameter, .option("count", .integer(.within(1...1_000_000)), default: .number(1), "how many"),
      .option("connectivity", default: Connectivity.eight, "the neighbours by which a part hangs together"),
    ],
    result: .object(MaskValue.typeName),
    help: Help(
      "Parts are connected components; of several with one area the upper left ones come first.",
      examples: ["show (keep-largest (phantom 1 size: 64)[0].mask count: 2)"])
  ) { arguments, _ in
    let parts = try Marking(arguments).mask.components(arguments.choice("connectivity"))
    let areas = parts.areas
    let largest = areas.indices.sorted { (-areas[$0], $0) < (-areas[$1], $1) }.prefix(arguments.integer("count"))
    let kept = Set(largest.map { $0 + 1 })
    return .object(MaskValue(parts.mask { kept.contains($0) }))
  }
}
