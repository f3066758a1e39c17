import Language

/// Codes of a book's front matter.
let frontMatterCodes: [CodeEntry] = [
  CodeEntry(
    "front-matter-missing", "a book without a front matter",
    .circumstance("A `.cnpbook` that does not start with `---`")),
  CodeEntry(
    "front-matter-unclosed", "a front matter without its end",
    .program(
      """
      ---
      cnpbook: 1
      """)),
  CodeEntry(
    "front-matter-missing-key", "a front matter that does not say that it is one",
    .program(
      """
      ---
      title: Eyes
      ---
      """)),
  CodeEntry(
    "front-matter-too-large", "a front matter of more than 64 KiB, or of more than 200 params",
    .circumstance("No small book has one")),
  CodeEntry(
    "front-matter-type", "a value of another type than its key takes",
    .program(
      """
      ---
      cnpbook: 1
      seed: soon
      ---
      """)),
  CodeEntry(
    "book-version", "a book of another version",
    .program(
      """
      ---
      cnpbook: 2
      ---
      """)),
  CodeEntry(
    "engine-constraint", "a range of versions that can't be read",
    .program(
      """
      ---
      cnpbook: 1
      engine: newest
      ---
      """)),
  CodeEntry(
    "engine-version", "a book that asks for another version of cnp",
    .program(
      """
      ---
      cnpbook: 1
      engine: ">=99.0"
      ---
      """)),
  CodeEntry(
    "unknown-key", "a key that a front matter, or a param, doesn't have",
    .program(
      """
      ---
      cnpbook: 1
      sead: 7
      ---
      """)),
  CodeEntry(
    "yaml-syntax", "a front matter that is no YAML",
    .program(
      """
      ---
      cnpbook: 1
      title: "never closed
      ---
      """)),
  CodeEntry(
    "yaml-key-repeated", "a key that stands twice",
    .program(
      """
      ---
      cnpbook: 1
      seed: 1
      seed: 2
      ---
      """)),
  CodeEntry(
    "yaml-not-plain", "YAML with anchors, aliases or tags, or nested deeply",
    .program(
      """
      ---
      cnpbook: 1
      title: &here Eyes
      ---
      """)),
]
