import Language
import Tensors

extension CommandGroup {
  /// On numbers, lists of numbers and grids.
  static let arithmetic = CommandGroup(
    "arithmetic", Command.reductions + Command.elementwiseFunctions + [.clip, .shape, .count, .assert], isFolded: true,
    chapter: "Datasets and figures", codes: TensorError.codes)
}
