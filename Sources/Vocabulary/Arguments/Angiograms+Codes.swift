import Language

extension Angiograms {
  /// Of what is no angiogram.
  static let codes: [CodeEntry] = [
    CodeEntry(
      "no-image", "a record without an image where an angiogram is asked for",
      .program("dark-threshold [a: 1] level: 1"))
  ]
}
