import Language
import Tensors

/// Where a random command gets its numbers: from the book's seed, the cell and the command's place in it, or from a
/// `seed:` of its own.
enum Randomness {
  static let seedOption = Parameter.option(
    "seed", .optional(.integer(.within(0...9_007_199_254_740_991))), default: Value.none,
    "draws from this seed alone; left out, from the book's seed, the cell and the command's place in it")

  static func stream(_ arguments: Arguments, _ context: Context) -> RandomStream {
    if !arguments.isNone("seed") { return RandomStream(seed: UInt64(arguments.number("seed")), path: ["seed"]) }
    let key = context.randomKey
    return RandomStream(seed: key.seed, path: [key.cell, String(key.index)])
  }
}
