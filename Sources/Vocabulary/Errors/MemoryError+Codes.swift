import Base
import Language

extension MemoryError: CodedError {
  /// Of memory that there is not; images give it too.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "out-of-memory", "an image for which there is no memory", .circumstance("A large image on a small machine"))
  ]
}
