import Imaging
import Language

extension Command {
  static let components = Command(
    "components", "the parts of a mask, numbered",
    [
      Marking.parameter,
      .option("connectivity", default: Connectivity.eight, "the neighbours by which a part hangs together"),
    ],
    result: .object(RegionsValue.typeName),
    help: Help(
      "Connected components, in the order of their first pixels, row by row.",
      examples: ["parts = components (phantom 1 size: 64)[0].mask", "show parts", "print parts.count, parts.table"])
  ) { arguments, _ in
    .object(RegionsValue(try Marking(arguments).mask.components(arguments.choice("connectivity"))))
  }
}
