import Angiography
import Base
import Language

extension PhantomError: CodedError {
  /// Of phantoms that can't be drawn.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "phantom-count", "a number of phantoms outside of its range",
      .circumstance("`phantom` refuses such a count before")
    ),
    CodeEntry(
      "phantom-size", "a phantom's size outside of its range", .circumstance("`phantom` refuses such a `size:` before")),
    CodeEntry(
      "phantom-non-perfusion", "shares of non-perfusion outside of their range",
      .circumstance("`phantom` refuses such `least:` and `most:` before")),
    CodeEntry(
      "phantom-negatives", "a share of negatives outside of \(rangeText(PhantomOptions.negativeShares))",
      .circumstance("`phantom` refuses such `negatives:` before")),
    CodeEntry(
      "phantom-noise", "a noise outside of its range", .circumstance("`phantom` refuses such a `noise:` before")),
    CodeEntry(
      "phantom-darkening", "a darkening outside of its range",
      .circumstance("`phantom` refuses such a `darkening:` before")),
    CodeEntry(
      "phantom-visit", "a visit outside of its range", .circumstance("`phantom` refuses such a `visit:` before")),
    CodeEntry(
      "phantom-growth", "a growth outside of its range", .circumstance("`phantom` refuses such a `growth:` before")),
  ]
}
