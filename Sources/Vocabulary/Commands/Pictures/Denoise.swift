import Imaging
import Language

extension Command {
  static let denoise = Command(
    "denoise", "a picture without noise, with its edges, by total variation",
    [
      Picture.parameter,
      .option(
        "theta", .number(.one, .within(0.0001...10)), default: .number(0.1),
        "the weight θ of the variation, in grey values times pixels"),
      .option("solver", default: VariationSolver.dual, "which way to the one minimum"),
      .option("steps", .integer(.within(1...100_000)), default: .number(1000), "at most so many"), Picture.within,
    ],
    result: .record,
    help: Help(
      "The u with the least ½ ∫(u − image)² + θ ∫|∇u|. A record: `image`; `energies`, one after each round of 20 steps that "
        + "lowered it; `gap`, how far the last one can be above the minimum. Rounds end where the gap is 10⁻⁶ a pixel.",
      examples: [
        "d = denoise (phantom 1 size: 64)[0] theta: 0.05", "show d.image", "print d.energies, d.gap",
      ],
      method: "Rudin, Osher and Fatemi, Physica D 60, 1992; `dual`: Chambolle's projection (2004) with momentum; "
        + "`split-bregman`: Goldstein and Osher 2009.")
  ) { arguments, _ in
    let picture = try Picture(arguments)
    let found = picture.plane.denoised(
      theta: arguments.number("theta"), within: picture.field, solver: arguments.choice("solver"),
      steps: arguments.integer("steps"))
    return .record(
      Record([
        "image": picture.value(found.plane), "energies": .list(found.rounds.map { .number($0.energy) }),
        "gap": found.rounds.last.map { .number($0.gap) } ?? Value.none,
      ]))
  }
}
