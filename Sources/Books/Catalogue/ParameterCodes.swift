import Language

/// Codes of a book's params: of how they are declared, and of the values that they are given.
let parameterCodes: [CodeEntry] = [
  CodeEntry(
    "parameter-type", "a param's value of another type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int, default: large}
      ---
      """)),
  CodeEntry(
    "parameter-range", "a param's value outside of its range",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int, default: 8, min: 16}
      ---
      """)),
  CodeEntry(
    "parameter-choice", "a param's value that is none of its choices",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: choice, choices: [small, large], default: huge}
      ---
      """)),
  CodeEntry(
    "parameter-choices-missing", "a choice between nothing",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: choice, default: small}
      ---
      """)),
  CodeEntry(
    "parameter-key-misplaced", "a key that means nothing for a param of its type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: text, default: a, min: 1}
      ---
      """)),
  CodeEntry(
    "parameter-missing", "a param without a value when the book is run",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: int}
      ---
      """)),
  CodeEntry(
    "parameter-name", "a param whose name is none of the language",
    .program(
      """
      ---
      cnpbook: 1
      params:
        2nd: {type: int, default: 1}
      ---
      """)),
  CodeEntry(
    "parameter-type-missing", "a param without a type",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {default: 1}
      ---
      """)),
  CodeEntry(
    "parameter-type-unknown", "a param of no type that there is",
    .program(
      """
      ---
      cnpbook: 1
      params:
        size: {type: integer, default: 5}
      ---
      """)),
  CodeEntry("parameter-syntax", "a param that is not given as name=value", .circumstance("`-P size`")),
  CodeEntry("unknown-parameter", "a value for a param that the book doesn't have", .circumstance("`-P sise=64`")),
  CodeEntry("grid-values", "several values for a param that are none of it", .circumstance("`-P size=8..`")),
  CodeEntry("grid-too-large", "params that ask for more than 1000 runs", .circumstance("`-P seed=1..2000`")),
  CodeEntry("params-too-large", "a params file of more than 64 KiB", .circumstance("No small file is one")),
  CodeEntry(
    "params-type", "a params file that is more than names with values",
    .circumstance("A list in the file of `--params`")),
]
