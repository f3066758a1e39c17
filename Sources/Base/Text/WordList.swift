/// Words in a row, the last behind a word of its own: `PNG, JPEG or TIFF`.
public func wordList(_ words: [String], _ conjunction: String) -> String {
  guard words.count > 1 else { return words.first ?? "" }
  return "\(words.dropLast().joined(separator: ", ")) \(conjunction) \(words[words.count - 1])"
}
