import Language
import Tensors

/// Where a random command gets its numbers: from the book's seed, the cell and the command's place in it, or from a
/// `seed:` of its own.
enum Randomness {
  static let seedOption = Parameter.option(
    "seed", .optional(.integer(.within(0...9_007_199_254_740_991))), default: Value.none,
    "draws from this seed alone; left out, from the book's seed, the cell and the command's place in it")

  /// The call's own seed.
  static func seed(of arguments: Arguments) -> UInt64? {
    arguments.isNone("seed") ? nil : UInt64(arguments.number("seed"))
  }

  static func stream(seed: UInt64?, _ context: Context) -> RandomStream {
    if let seed { return RandomStream(seed: seed, path: ["seed"]) }
    let key = context.randomKey
    return RandomStream(seed: key.seed, path: [key.cell, String(key.index)])
  }

  static func stream(_ arguments: Arguments, _ context: Context) -> RandomStream {
    stream(seed: seed(of: arguments), context)
  }
}
