import Language
import Tensors

extension GraphError: CodedError {
  /// Of operations of a network.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "map-too-small", "a map that an operation of a network leaves without a pixel",
      .circumstance("The networks' rules for sizes find it before")),
    CodeEntry(
      "unknown-network-input", "an input that a network doesn't have",
      .circumstance("A mistake of cnp, not of the program")),
  ]
}
