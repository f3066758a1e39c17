import Language
import Networks

extension SavingError: CodedError {
  /// Of files of networks, and of segmenters of networks.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "not-a-network", "a safetensors file without a network of cnp",
      .circumstance("Another program's weights, or a checkpoint of a training")),
    CodeEntry(
      "not-a-checkpoint", "a file that is no checkpoint of a training",
      .circumstance("`checkpoint:` with `resume: true` names a saved network")),
    CodeEntry(
      "network-damaged", "a network or a checkpoint whose bytes are not those that were written",
      .circumstance("A bad disk, or a copy that was cut or changed")),
    CodeEntry(
      "network-version-unknown", "a network, or a segmenter of networks, of another version's format",
      .circumstance("A file of a later cnp")),
    CodeEntry(
      "network-description-malformed", "a network file whose description can't be",
      .circumstance("A file that was changed by hand")),
    CodeEntry(
      "network-tensor-missing", "a network file that lacks a tensor", .circumstance("A file that was changed by hand")),
    CodeEntry(
      "network-tensor-unexpected", "a network file with a tensor too many",
      .circumstance("A file that was changed by hand")),
    CodeEntry(
      "network-tensor-shape-differs", "a tensor of another shape than its network needs",
      .circumstance("A file that was changed by hand")),
    CodeEntry(
      "network-weights-impossible", "weights that no network has: NaN, infinity, a negative variance",
      .circumstance("A file that was changed by hand")),
  ]
}
