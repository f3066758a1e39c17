import Language
import Methods

extension MethodError: CodedError {
  /// Of files of segmenters.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "not-a-segmenter", "a file without a segmenter of cnp",
      .program("open (save \"[1, 2]\" \"list.json\")")),
    CodeEntry(
      "not-a-calibrator", "a JSON file that says it is a calibrator, and isn't one",
      .program("open (save '{\"calibrator\": 1}' \"c.json\")")),
    CodeEntry(
      "segmenter-version-unknown", "a segmenter of another version's format", .circumstance("A file of a later cnp")),
    CodeEntry(
      "too-few-cases", "a method that learns from masks, tuned on the angiograms of one patient",
      .program("tune (phantom 1 size: 64) method: texture-ensemble tries: 2")),
    CodeEntry(
      "no-negatives", "a gate that is to be learnt where no mask is empty",
      .program("segment (phantom 1 size: 64) method: stacked trained-on: (phantom 3 size: 64 least: 3%) gate: learnt")),
    CodeEntry(
      "one-kind", "candidates that are all true, or all false",
      .circumstance("`fit-method … method: texture-ensemble` where masks mark nothing")),
    CodeEntry(
      "segmenter-method-unknown", "a segmenter of a method that is not there",
      .circumstance("A file of a later cnp, or one that was changed by hand")),
    CodeEntry(
      "segmenter-parameter-wrong", "a segmenter with a number that is missing, can't be, or is one too many",
      .circumstance("A file that was changed by hand")),
  ]
}
