import Books
import Language

/// What `:load` is asked for: a book or a script, and perhaps values for the book's params.
struct LoadRequest {
  /// As it was given.
  let path: String
  let given: [ParameterValues.Given]

  /// Reads `book.cnpbook`, `"my book.cnpbook" epochs=3`, `book.cnpbook data="my eyes"`.
  ///
  /// - Throws: `missing-argument`.
  init(_ operand: String) throws(Failure) {
    var words = Self.words(of: operand)
    var given: [ParameterValues.Given] = []
    while words.count > 1, let last = words.last, let value = Self.value(last) {
      given.append(value)
      words.removeLast()
    }
    // Without quotes a path may have spaces.
    path = words.count == 1 ? Self.withoutQuotes(words[0]) : words.joined(separator: " ")
    self.given = given.reversed()
    guard !path.isEmpty else {
      throw Failure("missing-argument", "':load' needs a file", hint: ":load notebooks/quickstart.cnpbook")
    }
  }

  /// A word that gives a param its value; a path before its `=` is part of the file's name.
  private static func value(_ word: String) -> ParameterValues.Given? {
    guard let equals = word.firstIndex(of: "="), !word[..<equals].contains(where: { "/\"'.".contains($0) }) else {
      return nil
    }
    let name = word[..<equals]
    return try? ParameterValues.Given(
      argument: "\(name)=\(withoutQuotes(String(word[word.index(after: equals)...])))", after: "", in: ":load")
  }

  /// The words between white space; white space inside of quotes belongs to its word.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'", word.isEmpty || word.last == "=" {
        quote = character
      } else if quote == nil, character.isWhitespace {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func withoutQuotes(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else { return text }
    return String(text.dropFirst().dropLast())
  }
}
