import Language
import Networks

extension SafetensorsError: CodedError {
  /// Of safetensors files.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "safetensors-header-too-large", "a safetensors file that announces an absurd header",
      .program("save \"no tensors at all\" \"net.safetensors\"\nopen \"net.safetensors\"")),
    CodeEntry(
      "safetensors-header-malformed", "a safetensors header that is not as the format has it",
      .circumstance("A file of another program, or a damaged one")),
    CodeEntry(
      "safetensors-duplicate-name", "two tensors of one name",
      .circumstance("A file of another program, or a damaged one")),
    CodeEntry(
      "safetensors-data-type-unsupported", "tensors of other numbers than 32-bit floats",
      .circumstance("A file of another program")),
    CodeEntry(
      "safetensors-data-type-unknown", "tensors of numbers that the format does not know",
      .circumstance("A damaged file")
    ),
    CodeEntry("safetensors-bad-shape", "a tensor of an impossible shape", .circumstance("A damaged file")),
    CodeEntry(
      "safetensors-length-differs", "a tensor whose bytes are not as many as its shape needs",
      .circumstance("A damaged file")),
    CodeEntry(
      "safetensors-bad-range", "a tensor whose bytes lie elsewhere than they should",
      .circumstance("A damaged file, or one that was cut short")),
    CodeEntry("safetensors-trailing-bytes", "bytes behind the last tensor", .circumstance("A damaged file")),
  ]
}
